// SPDX-License-Identifier: GPL-2.0-only
// One host: verdict, evidence, features, registers with what they mean.

/* Fewer registers than that are opened by a search. */
const OPENED = 8;

const titles = [['model-name', 'Processor'], ['vendor', 'Vendor'],
	['cpus', 'CPUs'], ['extension', 'Extension'],
	['state', 'Extension, by firmware'], ['paging', 'Second-level translation'],
	['machine', 'Machine'], ['bios', 'Firmware'], ['kernel', 'Kernel'],
	['microcode', 'Microcode'], ['source', 'Source']];

function callout(host) {
	const kind = host.of;

	if (!kind)
		return el('div', { class: 'callout is-unread' },
			el('p', { class: 'big' }, UNREAD), el('p', {}, host.error));
	return el('div', { class: `callout is-${kind.usable}` },
		el('p', { class: 'big' }, verdict(reasonOf(host), kind.usable),
			kind.status === undefined ? null : el('span', { class: 'soft' },
				`exit status ${kind.status}`)),
		el('p', {}, text(kind.summary)),
		kind.remedy === null ? null :
			el('p', { class: 'remedy' }, el('strong', {}, 'What to do: '),
				text(kind.remedy)));
}

function facts(host) {
	const kind = host.of;
	const rows = [['File', host.path]];
	const at = name => cell(kind, name);

	if (kind.group !== null && !data.one)
		rows.push(['Group', button(
			`${data.groups[kind.group].number}${kind.odd ? ' (odd)' : ''}`,
			() => leave({ group: kind.group }), { class: 'link' })]);
	if (kind.domain !== null && !data.one)
		rows.push(['Domain of migration', button(String(kind.domain + 1),
			() => leave({ domain: kind.domain }), { class: 'link' })]);
	if (kind.under !== undefined)
		rows.push(['Running under', text(kind.under)]);
	if (kind.sampled !== undefined && kind.sampled !== null)
		rows.push(['Sampled', text(kind.sampled)]);
	if (at('family'))
		rows.push(['Family, model, stepping', ['family', 'model', 'stepping']
			.map(name => at(name) || 'not known').join(', ')]);
	for (const [name, title] of titles)
		if (at(name))
			rows.push([title, at(name)]);
	return section('facts', 'What it is', el('div', { class: 'panel' },
		el('dl', { class: 'facts' }, rows.map(([title, value]) =>
			el('div', {}, el('dt', {}, title), el('dd', {}, value)))),
		(kind.notes || []).map(note => el('p', { class: 'soft' }, text(note)))));
}

function differences(kind) {
	return kind.differences.length ? section('differences',
		'How it differs from its group',
		el('p', { class: 'lead' },
			`From the most frequent kind of group ${data.groups[kind.group].number}.`),
		el('div', { class: 'panel flush' }, table('Differences',
			['What', 'Here', 'Usually', 'Cause'],
			kind.differences.map(([cause, what, usual, here]) => [
				el('span', { class: 'code' }, text(what)),
				text(here) || 'not known', text(usual) || 'not known',
				text(cause)])))) : null;
}

function checks(kind) {
	return section('checks', 'Checks', el('ol', { class: 'stages panel' },
		kind.stages.map(([name, status, reason, evidence, remedy]) => el('li',
			{ class: `stage is-${text(status)}` },
			el('h3', {}, text(name) === 'kvm' ? 'KVM' : text(name), ' ', el('span', { class: 'status' },
				el('span', { class: 'sign', 'aria-hidden': 'true' }),
				text(status), reason === null ? null : `: ${text(reason)}`)),
			evidence.length ? el('ul', {}, evidence.map(
				line => el('li', {}, text(line)))) : null,
			remedy === null ? null : el('p', { class: 'remedy' }, text(remedy))))));
}

function features(kind) {
	return section('features', 'Features', el('div', { class: 'panel flush' },
		table('Features', ['Feature', 'All CPUs', 'Field'],
			kind.features.map(([title, answer, name]) => [text(title),
				el('span', { class: `answer is-${text(answer)}` }, text(answer)),
				name === null ? null : el('span', { class: 'code soft' },
					text(name))]))));
}

/* A value's lines, see struct page of report/page_parts.h. */
function register(number) {
	const [id, address, value, rest, ...fields] = data.values[number];
	const info = data.registers[Number(id)];

	return { info, address, value, rest, fields, read: value.startsWith('0x') ||
		fields.some(field => field) };
}

function fieldRows(of) {
	const rows = of.info.fields.map(([name, title, meaning, high, low], i) =>
		of.fields[i] ? el('tr', { class: of.fields[i] === 'no' ? 'off' : null },
			el('td', { class: 'right soft' },
				high === low ? high : `${high}:${low}`),
			el('th', { scope: 'row', class: 'code' }, name),
			el('td', { class: `value${of.fields[i] === 'yes' ? ' on' : ''}` },
				of.fields[i]),
			el('td', {}, title, meaning && meaning !== title ?
				el('span', { class: 'meaning' }, meaning) : null)) : null);

	return [el('div', { class: 'wide' }, el('table', { class: 'fields' },
		el('thead', {}, el('tr', {}, ['Bits', 'Field', 'Value', 'Meaning']
			.map(title => el('th', { scope: 'col' }, title)))),
		el('tbody', {}, rows))),
	of.rest ? el('p', { class: 'soft' }, of.rest) : null,
	el('p', { class: 'soft source' }, of.info.source)];
}

function registerRow(of) {
	const body = el('div', { class: 'body' });
	const row = el('details', { class: 'register', ontoggle: () => {
		if (row.open && !body.firstChild)
			fill(body, fieldRows(of));
	} }, el('summary', {}, el('span', { class: 'code name' }, of.info.name),
		of.info.name.startsWith(of.address) ? null :
			el('span', { class: 'code soft' }, of.address),
		el('span', { class: 'code right' }, of.value)), body);

	return row;
}

const matches = (of, word) => of.info.name.toLowerCase().includes(word) ||
	of.address.includes(word) || of.info.fields.some(
	([name, title]) => name.includes(word) ||
		title.toLowerCase().includes(word));

function notRead(all) {
	const missing = all.filter(of => !of.read);

	return missing.length ? el('details', {},
		el('summary', {}, `${count(missing.length, 'register')} without a value`),
		el('ul', { class: 'code missing' }, missing.map(of => el('li', {},
			of.info.name, el('span', { class: 'soft' }, ` ${of.value}`))))) : null;
}

function others(cpus) {
	return cpus.others.length ? el('details', {},
		el('summary', {}, `${count(cpus.others.length,
			'other CPUID leaf', 'other CPUID leaves')} (EAX EBX ECX EDX)`),
		el('pre', { tabindex: 0 }, cpus.others.map(text).join('\n'))) : null;
}

function registersOf(cpus) {
	const all = cpus.values.map(register);
	const read = all.filter(of => of.read);
	const list = el('div', { class: 'registers panel flush' });
	const found = el('p', { class: 'soft', role: 'status' });

	function draw(word) {
		const shown = read.filter(of => !word || matches(of, word));
		const rows = shown.map(registerRow);

		fill(list, rows);
		found.textContent = `${numbers.format(shown.length)} of ` +
			count(read.length, 'register');
		if (word && rows.length <= OPENED)
			rows.forEach(row => { row.open = true; });
	}
	draw('');
	return [cpus.findings.length ? el('div', { class: 'notice' },
		el('p', {}, el('strong', {}, 'Findings')),
		el('ul', {}, cpus.findings.map(([name, field, words]) => el('li', {},
			el('span', { class: 'code' }, text(name),
				field === null ? null : `.${text(field)}`),
			`: ${text(words)}`)))) : null,
	el('div', { class: 'filters' }, el('label', { class: 'grow' },
		el('span', {}, 'Search registers and fields'),
		el('input', { type: 'search', class: 'registers-search',
			autocomplete: 'off', spellcheck: 'false', placeholder: 'ept, 0x48b, …',
			oninput: event => draw(event.target.value.trim().toLowerCase()) }))),
	found, list, notRead(all), others(cpus)];
}

function registers(kind) {
	const body = el('div', { class: 'stack' });
	const choose = at => {
		const cpus = kind.cpus[at];

		fill(body, el('p', { class: 'lead' }, [text(cpus.cpus), text(cpus.vendor),
			text(cpus.model), text(cpus.extension), text(cpus.state),
			text(cpus.paging)].filter(word => word).join(' · ')),
		registersOf(cpus));
	};

	if (!kind.cpus.length)
		return section('registers', 'Registers', el('p', { class: 'soft' },
			'The input has no register of a CPU.'));
	choose(0);
	return section('registers', 'Registers', kind.cpus.length > 1 ?
		el('div', { class: 'filters' }, el('label', {}, el('span', {}, 'CPUs'),
			el('select', { onchange: event => choose(event.target.value) },
				kind.cpus.map((cpus, i) => el('option', { value: i },
					text(cpus.cpus)))))) : null, body);
}

function hostPage(host) {
	const kind = host.of;

	return [data.one ? null : el('p', { class: 'row back' },
		el('a', { href: '#hosts' }, '← All hosts')),
	el('h1', { tabindex: -1 }, host.name),
	callout(host),
	kind ? facts(host) : null,
	kind ? differences(kind) : null,
	kind && !kind.stages ? el('p', { class: 'notice' },
		'The file has changed since it was read: its evidence and registers are not here.') : null,
	kind && !data.one && kind.hosts.length > 1 ? el('p', { class: 'notice plain' },
		`Evidence and registers below are those of ${count(kind.hosts.length, 'host')} that are alike in them, without names, times and numbers of guests.`) : null,
	kind && kind.stages ? [checks(kind), features(kind),
		data.one && data.baselines.length ? baselines(null) : null,
		registers(kind)] : null];
}
