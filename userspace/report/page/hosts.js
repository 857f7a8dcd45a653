// SPDX-License-Identifier: GPL-2.0-only
// The table of hosts: search, filters, order, a page of rows at a time.

const ROWS = 50;
const collator = new Intl.Collator('en', { numeric: true });

const hostLink = host => el('a', {
	href: `#host=${encodeURIComponent(host.name)}`, class: 'host' }, host.name);

const beginning = words => words.length > 100 ?
	`${words.slice(0, 100)}…` : words;

const columns = [
	{ id: 'host', title: 'Host', key: host => host.name,
		show: host => [hostLink(host), el('span', { class: 'under' },
			shortModel(cell(host.of, 'model-name') || ''))] },
	{ id: 'reason', title: 'Verdict', key: reasonOf,
		show: host => verdict(reasonOf(host), usableOf(host)) },
	{ id: 'group', title: 'Group', right: true,
		key: host => host.of && host.of.group !== null ?
			String(host.of.group + 1) : null,
		show: host => host.of && host.of.group !== null ?
			[host.of.odd ? el('span', { class: 'tag' }, 'odd') : null,
				' ', data.groups[host.of.group].number] : null },
	{ id: 'domain', title: 'Domain', right: true,
		key: host => host.of && host.of.domain !== null ?
			String(host.of.domain + 1) : null },
	{ id: 'model-name', title: 'Processor',
		show: host => shortModel(cell(host.of, 'model-name') || '') ||
			(host.error ? el('span', { class: 'soft' }, beginning(host.error)) :
				null) },
	{ id: 'cpus', title: 'CPUs', right: true },
	{ id: 'kernel', title: 'Kernel' },
	{ id: 'microcode', title: 'Microcode' },
];

for (const column of columns) {
	column.key = column.key || (host => cell(host.of, column.id));
	column.show = column.show || column.key;
}

const state = { words: '', reason: '', group: '', domain: '', kinds: null,
	label: '', sort: 'host', down: false, page: 0, found: hosts };

/* Of a column, the place of each host; those without a value are last. */
function ranks(column) {
	if (!column.ranks) {
		const keys = hosts.map(column.key);
		const known = [...new Set(keys.filter(key => key !== null))]
			.sort(collator.compare);
		const place = new Map(known.map((key, i) => [key, i]));

		column.ranks = keys.map(key => key === null ? -1 : place.get(key));
	}
	return column.ranks;
}

function fits(host, words) {
	if (state.reason && reasonOf(host) !== state.reason ||
	    state.kinds && !state.kinds.has(host.of))
		return false;
	if (state.group !== '' &&
	    (!host.of || String(host.of.group) !== state.group))
		return false;
	if (state.domain !== '' &&
	    (!host.of || String(host.of.domain) !== state.domain))
		return false;
	return words.every(word => host.search.includes(word) ||
		(host.of ? host.of.search : host.error.toLowerCase()).includes(word));
}

function find() {
	const words = state.words.toLowerCase().split(/\s+/).filter(word => word);
	const of = ranks(columns.find(column => column.id === state.sort));
	const sign = state.down ? -1 : 1;

	state.found = hosts.filter(host => fits(host, words)).sort((a, b) =>
		(of[a.index] < 0) - (of[b.index] < 0) ||
		sign * (of[a.index] - of[b.index]) || a.index - b.index);
}

const rowOf = host => el('tr', {}, columns.map((column, i) =>
	el(i ? 'td' : 'th', { scope: i ? null : 'row',
		class: `c-${column.id}${column.right ? ' right' : ''}` },
	column.show(host))));

function drawRows(all) {
	const first = all ? 0 : state.page * ROWS;
	const pages = Math.max(1, Math.ceil(state.found.length / ROWS));

	fill(byId('rows'), state.found.slice(first, all ? undefined : first + ROWS)
		.map(rowOf));
	byId('place').textContent = `Page ${state.page + 1} of ${pages}`;
	byId('before').disabled = !state.page;
	byId('after').disabled = state.page + 1 >= pages;
	byId('pages').hidden = pages === 1;
}

/* Draw again what the filters find, from its first page if that is another. */
function update(page) {
	state.page = page || 0;
	find();
	drawRows(false);
	const found = state.found.length === hosts.length ?
		count(hosts.length, 'host') :
		`${numbers.format(state.found.length)} of ${count(hosts.length, 'host')}`;

	byId('found').textContent = found;
	say(found);
	for (const name of ['reason', 'group', 'domain'])
		if (byId(`by-${name}`))
			byId(`by-${name}`).value = state[name];
	byId('search').value = state.words;
	byId('kinds').hidden = !state.kinds;
	byId('kinds').textContent = `${state.label} ✕`;
	byId('kinds').setAttribute('aria-label', `Take off the filter ${state.label}`);
	byId('clear').hidden = state.found.length === hosts.length;
	for (const one of document.querySelectorAll('.reason'))
		one.setAttribute('aria-pressed',
			String(one.dataset.reason === state.reason));
	for (const head of document.querySelectorAll('#hosts th[data-sort]'))
		head.setAttribute('aria-sort', head.dataset.sort !== state.sort ?
			'none' : state.down ? 'descending' : 'ascending');
}

const nothing = () => ({ words: '', reason: '', group: '', domain: '',
	kinds: null, label: '' });

/* From elsewhere on the page: only these filters, and go there. */
function filterBy(filters) {
	const same = filters.reason && filters.reason === state.reason;

	Object.assign(state, nothing());
	for (const [name, value] of Object.entries(same ? {} : filters))
		state[name] = name === 'kinds' || name === 'label' ? value :
			String(value);
	update();
	byId('hosts').scrollIntoView();
	byId('search').focus({ preventScroll: true });
}

const showKinds = (label, list) => filterBy({ kinds: new Set(list), label });

function sortBy(id) {
	state.down = state.sort === id ? !state.down : false;
	state.sort = id;
	update();
}

function choice(name, title, values) {
	return values.length > 1 ? el('label', {}, el('span', {}, title),
		el('select', { id: `by-${name}`, onchange: event => {
			state[name] = event.target.value;
			update();
		} }, el('option', { value: '' }, 'all'),
		values.map(([value, words]) => el('option', { value }, words)))) : null;
}

function turn(by) {
	state.page += by;
	drawRows(false);
	say(byId('place').textContent);
	byId('hosts').scrollIntoView();
}

function hostTable() {
	const domains = data.domains ? data.domains.to : [];

	return section('hosts', 'Hosts',
		el('form', { class: 'filters', role: 'search',
			onsubmit: event => event.preventDefault() },
		el('label', { class: 'grow' }, el('span', {}, 'Search'),
			el('input', { type: 'search', id: 'search', autocomplete: 'off',
				spellcheck: 'false',
				placeholder: 'name, processor, kernel, BIOS, …',
				oninput: event => {
					state.words = event.target.value;
					update();
				} })),
		choice('reason', 'Verdict', reasonCounts().map(row =>
			[row.name, `${row.name} (${numbers.format(row.count)})`])),
		choice('group', 'Group', data.groups.map((group, i) =>
			[String(i), `${group.number}: ${shortModel(group.name)}`])),
		choice('domain', 'Domain', domains.map((_, i) =>
			[String(i), String(i + 1)]))),
		el('p', { class: 'row' }, el('strong', { id: 'found' }),
			button('', () => {
				state.kinds = null;
				update();
			}, { id: 'kinds', class: 'tag', hidden: true }),
			button('Clear filters', () => {
				Object.assign(state, nothing());
				update();
				byId('search').focus();
			}, { id: 'clear', class: 'link', hidden: true })),
		el('div', { class: 'panel flush' }, el('table', { class: 'list' },
			el('caption', { class: 'unseen' }, 'Hosts. Headings sort.'),
			el('thead', {}, el('tr', {}, columns.map(column => el('th', {
				scope: 'col', 'data-sort': column.id,
				class: `c-${column.id}${column.right ? ' right' : ''}` },
			button(column.title, () => sortBy(column.id),
				{ class: 'sort' }))))),
			el('tbody', { id: 'rows' }))),
		el('div', { id: 'pages', class: 'row pages' },
			button('Previous', () => turn(-1), { id: 'before' }),
			el('span', { id: 'place' }),
			button('Next', () => turn(1), { id: 'after' })));
}
