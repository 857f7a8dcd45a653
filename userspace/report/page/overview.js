// SPDX-License-Identifier: GPL-2.0-only
// The fleet: who is ready and why not, groups, domains, baselines.

const MOST_GROUPS = 12;
const MOST_DOMAINS = 16;

function percent(part, all) {
	const value = 100 * part / all;

	return value > 0 && value < 0.1 ? '<0.1%' :
		`${value >= 99.95 && value < 100 ? 99.9 :
			value >= 10 ? Math.round(value) : value.toFixed(1)}%`;
}

function reasonBar(filter) {
	const rows = reasonCounts();
	const shade = {};

	for (const row of rows) {
		shade[row.usable] = (shade[row.usable] || 0) + 1;
		row.class = `tone-${row.usable}-${(shade[row.usable] - 1) % 6 + 1}`;
	}
	const bar = el('div', { class: 'bar', 'aria-hidden': 'true' },
		rows.map(row => {
			const part = el('span', { class: row.class,
				title: `${row.name}: ${row.count}` });

			part.style.flexGrow = row.count;
			return part;
		}));

	return [bar, el('ul', { class: 'legend' }, rows.map(row => el('li', {},
		button([el('span', { class: `swatch ${row.class}`,
			'aria-hidden': 'true' }),
		el('span', { class: 'name' }, row.name),
		el('span', { class: 'number' }, numbers.format(row.count)),
		el('span', { class: 'share' }, percent(row.count, hosts.length)),
		el('span', { class: 'meaning' }, meaningOf(row.name))],
		() => filter({ reason: row.name }),
		{ class: 'reason', 'data-reason': row.name }))))];
}

function summary(filter) {
	const of = { yes: 0, no: 0, unknown: 0, unread: 0 };

	for (const host of hosts)
		of[usableOf(host)]++;
	return el('section', { id: 'reasons', 'aria-labelledby': 'reasons-title' },
		el('h1', { id: 'reasons-title', tabindex: -1 },
			el('span', { class: 'figure' }, numbers.format(of.yes)),
			` of ${count(hosts.length, 'host')} ready`),
		el('p', { class: 'lead' }, [
			of.no ? `${numbers.format(of.no)} not ready` : null,
			of.unknown ? `${numbers.format(of.unknown)} not known` : null,
			of.unread ? `${numbers.format(of.unread)} could not be read` : null,
			data.left_out ? `${numbers.format(data.left_out)} left out` : null,
		].filter(part => part).join(' · ') || 'Every host runs virtual machines.'),
		el('div', { class: 'panel' }, reasonBar(filter)));
}

function oddOf(group, members) {
	const odd = members.filter(kind => kind.odd);

	return odd.length ? el('details', {},
		el('summary', {}, count(hostsOf(odd).length, 'odd host')),
		el('ul', { class: 'odd' }, odd.slice(0, 20).map(kind => {
			const first = kind.differences[0];
			const more = kind.differences.length - 1;

			return el('li', {},
				hostLink(kind.hosts[0]),
				kind.hosts.length > 1 ?
					` and ${numbers.format(kind.hosts.length - 1)} more` : null,
				first ? [': ', el('span', { class: 'code' }, text(first[1])),
					' ', text(first[3]) || 'not known',
					el('span', { class: 'soft' },
						`, usually ${text(first[2]) || 'not known'}`,
						more ? ` (${count(more, 'more difference')})` : null)] :
					null);
		}), odd.length > 20 ?
			el('li', {}, `and ${odd.length - 20} more kinds`) : null)) : null;
}

function groupCard(group, index, filter) {
	const members = kinds.filter(kind => kind.group === index);
	const all = hostsOf(members);
	const usual = data.kinds[group.kind] || members[0];
	const reason = data.reasons[usual.reason];

	return el('li', { class: 'card panel' },
		el('h3', {}, el('span', { class: 'chip' }, group.number),
			shortModel(group.name)),
		group.apart ? el('p', { class: 'soft' }, group.apart) : null,
		el('p', { class: 'row' }, el('strong', {}, count(all.length, 'host')),
			verdict(reason[0], usual.usable)),
		el('dl', { class: 'small' }, ['cpus', 'kernel', 'microcode', 'machine']
			.map(name => cell(usual, name) ? [el('dt', {}, name),
				el('dd', {}, cell(usual, name))] : null)),
		oddOf(group, members),
		button('Show hosts', () => filter({ group: index }),
			{ 'aria-label': `Show hosts of group ${group.number}` }));
}

function groups(filter) {
	const cards = data.groups.map((group, index) => [group, index])
		.filter(([, index]) => kinds.some(kind => kind.group === index))
		.map(([group, index]) => groupCard(group, index, filter));
	const list = el('ul', { class: 'cards' }, cards.slice(0, MOST_GROUPS));
	const more = cards.length > MOST_GROUPS ?
		button(`Show all ${cards.length} groups`, () => {
			fill(list, cards);
			more.remove();
			list.children[MOST_GROUPS].querySelector('button').focus();
		}) : null;

	return section('groups', 'Groups of like hosts',
		el('p', { class: 'lead' },
			'One processor model, alike in what guests get. What differs in single hosts is shown as odd.'),
		list, more);
}

const kindsOfDomain = domain => kinds.filter(kind => kind.domain === domain);

/* What keeps a guest from moving one way. */
function reasons([from, into, answer, findings, all]) {
	return el('div', { class: 'panel' },
		el('h3', {}, `From domain ${from + 1} to domain ${into + 1}: ${text(answer)}`),
		findings.map(([known, rule, reg, fields, here, there], i) => [
			i && findings[i - 1][1] === rule ? null : el('p', {},
				text(known) === 'unsafe' ? 'Does not hold: ' :
					'Not known whether ', text(rule)),
			el('p', { class: 'finding' },
				el('span', { class: 'code' }, [text(reg), text(fields)]
					.filter(word => word).join(': ')),
				/* Of flags the fields say all. */
				fields !== null && text(here).startsWith('0x') ? null :
					el('span', { class: 'soft' }, ` ${text(here)} here`,
						there === null ? null : `, ${text(there)} there`))]),
		all > findings.length ? el('p', { class: 'soft' },
			`and ${count(all - findings.length, 'more finding')}`) : null,
		el('p', { class: 'soft' },
			'virtinfo diff of two of their files says all, and what mends it.'));
}

function matrix(filter) {
	const to = data.domains.to;
	const why = new Map(data.domains.why.map(way => [`${way[0]} ${way[1]}`, way]));
	const shownWhy = el('div', { 'aria-live': 'polite' });
	const shown = to.slice(0, MOST_DOMAINS).map((_, i) => i);
	const title = i => `domain ${i + 1}`;

	function mark(from, into) {
		const same = from === into;
		const moves = same || to[from].includes(into);
		const way = why.get(`${from} ${into}`);
		const unknown = way && text(way[2]) !== 'unsafe';
		const word = same ? 'both ways' : moves ?
			to[into].includes(from) ? 'safe' : 'safe, one way' :
			unknown ? 'not known' : 'unsafe';
		const sign = [el('span', { class: 'mark', 'aria-hidden': 'true' },
			same ? '⇄' : moves ? '→' : unknown ? '?' : '✕'),
		el('span', { class: 'unseen' }, word)];

		return el('td', { title: `${title(from)} to ${title(into)}: ${word}`,
			class: same ? 'same' : moves ? 'way' : 'none' },
		moves || !way ? sign : button(sign, () => fill(shownWhy, reasons(way))));
	}

	return [el('div', { class: 'wide', role: 'region', tabindex: 0,
		'aria-label': 'Who may receive whom' },
	el('table', { class: 'matrix' },
		el('caption', { class: 'unseen' },
			'Rows: where the guest is. Columns: where it goes.'),
		el('thead', {}, el('tr', {}, el('td', {}),
			shown.map(i => el('th', { scope: 'col' },
				el('span', { class: 'unseen' }, 'to domain '), i + 1)))),
		el('tbody', {}, shown.map(from => el('tr', {},
			el('th', { scope: 'row' },
				el('span', { class: 'chip' }, from + 1),
				button(modelsOf(kindsOfDomain(from)).slice(0, 2).map(shortModel)
					.join(', '), () => filter({ domain: from }),
				{ class: 'link', 'aria-label': `Show hosts of ${title(from)}` }),
				el('span', { class: 'soft' },
					count(hostsOf(kindsOfDomain(from)).length, 'host'))),
			shown.map(into => mark(from, into))))))), shownWhy];
}

function migration(filter) {
	let body;

	if (!data.domains)
		body = el('p', { class: 'notice' },
			'Not compared: there are many kinds of hosts. --guest=plain compares them whatever it costs.');
	else if (!data.domains.to.length)
		body = el('p', { class: 'notice' },
			'Of no host enough is known to say where its guests may move.');
	else
		body = [el('p', { class: 'lead' },
			`From the host of a row to that of a column, for a ${data.domains.guest} guest: ` +
			'⇄ both ways, within a domain; → safe; ✕ unsafe; ? not known, ' +
			'which is never safe. Press ✕ or ? to see why.'),
		matrix(filter),
		data.domains.to.length > MOST_DOMAINS ? el('p', { class: 'soft' },
			`${data.domains.to.length - MOST_DOMAINS} smaller domains are not in this table; the list of hosts can be filtered by each.`) :
			null];
	return section('migration', 'Migration', body);
}
