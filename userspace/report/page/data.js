// SPDX-License-Identifier: GPL-2.0-only
// The data of the page, and what is asked of it.

const data = JSON.parse(byId('data').textContent);

/* A text by its number. */
const text = number => number === null || number === undefined ? null :
	data.texts[number];

const columnAt = name => data.columns.findIndex(column => column[0] === name);

/* Of a file that could not be read: no reason, no kind. */
const UNREAD = 'could not be read';

const hosts = data.hosts.map(([name, path, kind, error], index) => ({
	index, name, path, kind, error,
	of: kind === null ? null : data.kinds[kind],
	search: `${name}\n${path}`.toLowerCase(),
}));

const hostByName = new Map(hosts.map(host => [host.name, host]));

for (const kind of data.kinds)
	if (kind)
		kind.hosts = [];
for (const host of hosts)
	if (host.of)
		host.of.hosts.push(host);

const kinds = data.kinds.filter(kind => kind);

function cell(kind, name) {
	return kind ? text(kind.cells[columnAt(name)]) : null;
}

for (const kind of kinds) {
	kind.search = [data.reasons[kind.reason][0], text(kind.summary)]
		.concat(kind.cells.map(text)).filter(word => word)
		.join('\n').toLowerCase();
}

const reasonOf = host => host.of ? data.reasons[host.of.reason][0] : UNREAD;
const usableOf = host => host.of ? host.of.usable : 'unread';

const usableWords = {
	yes: 'ready', no: 'not ready', unknown: 'not known', unread: UNREAD,
};

/* Reasons with their hosts: who is ready first, most hosts first. */
function reasonCounts() {
	const order = ['yes', 'no', 'unknown', 'unread'];
	const found = new Map();

	for (const host of hosts) {
		const name = reasonOf(host);
		const row = found.get(name) ||
			{ name, usable: usableOf(host), count: 0 };

		row.count++;
		found.set(name, row);
	}
	return [...found.values()].sort((a, b) =>
		order.indexOf(a.usable) - order.indexOf(b.usable) ||
		b.count - a.count);
}

const meaningOf = name => {
	const row = data.reasons.find(reason => reason[0] === name);

	return row ? row[2] : 'the list of hosts has the error of each';
};

const hostsOf = list => list.reduce((all, kind) => all.concat(kind.hosts), []);

/* "a, b, c and 7 more" */
function someNames(list, most) {
	const names = list.slice(0, most).map(host => host.name).join(', ');

	return list.length > most ?
		`${names} and ${numbers.format(list.length - most)} more` : names;
}

/* What most of these kinds are called, for a domain or a list. */
function modelsOf(list) {
	const models = new Map();

	for (const kind of list) {
		const name = kind.group === null ? 'processor not known' :
			data.groups[kind.group].name;

		models.set(name, (models.get(name) || 0) + kind.hosts.length);
	}
	return [...models].sort((a, b) => b[1] - a[1]).map(([name]) => name);
}

/* Marketing's signs take space and tell nothing. */
const shortModel = name => name.replace(/\((R|TM|r|tm)\)/g, '')
	.replace(/ (CPU|Processor|\d+-Core)\b/g, '').replace(/ @ .*/, '')
	.replace(/\s+/g, ' ').trim();
