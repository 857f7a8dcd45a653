// SPDX-License-Identifier: GPL-2.0-only
// What is shown: the fleet, or the host that the address names.

let left = null; /* the host whose page was shown last */

const named = () => {
	const match = /^#host=(.*)$/.exec(location.hash);

	try {
		return match ? hostByName.get(decodeURIComponent(match[1])) : null;
	} catch (error) {
		return null;
	}
};

/* From a host to the table, with filters. */
function leave(filters) {
	history.pushState(null, '', '#hosts');
	show();
	filterBy(filters);
}

function setSections(titles) {
	fill(byId('sections'), titles.map(([id, title]) =>
		el('a', { href: `#${id}` }, title)));
}

function showHost(host) {
	left = host;
	document.title = `${host.name}: virtinfo`;
	fill(byId('main'), hostPage(host));
	setSections([...byId('main').querySelectorAll('section')].map(
		one => [one.id, one.querySelector('h2').textContent]));
	if (!data.one) {
		scrollTo(0, 0);
		byId('main').querySelector('h1').focus();
	}
}

function showFleet() {
	document.title = `${count(hosts.length, 'host')}: virtinfo`;
	if (!byId('hosts')) {
		fill(byId('main'), summary(filterBy), groups(filterBy),
			migration(filterBy), data.baselines.length ?
				baselines(showKinds) : null, hostTable());
		setSections([['reasons', 'Reasons'], ['groups', 'Groups'],
			['migration', 'Migration'], ['baseline', 'Baseline'],
			['hosts', 'Hosts']].filter(([id]) => byId(id)));
		update(state.page);
		say('');
	}
	const target = byId(location.hash.slice(1));
	const link = left && [...document.querySelectorAll('#rows .host')]
		.find(one => one.textContent === left.name);

	left = null;
	if (target)
		target.scrollIntoView();
	if (link)
		link.focus();
}

function show() {
	const host = data.one ? hosts[0] : named();

	if (data.one && byId('main').querySelector('h1'))
		return;
	if (host)
		showHost(host);
	else
		showFleet();
}

const themes = ['system', 'light', 'dark'];

const darkSystem = matchMedia('(prefers-color-scheme: dark)');

function setTheme(theme) {
	document.documentElement.dataset.theme = theme !== 'system' ? theme :
		darkSystem.matches ? 'dark' : 'light';
	byId('theme').textContent = `Theme: ${theme}`;
}

/* A browser may keep nothing for a file. */
function keptTheme(theme) {
	try {
		if (theme)
			localStorage.setItem('virtinfo-theme', theme);
		return localStorage.getItem('virtinfo-theme');
	} catch (error) {
		return null;
	}
}

function begin() {
	let theme = keptTheme();

	theme = themes.includes(theme) ? theme : 'system';
	setTheme(theme);
	byId('theme').addEventListener('click', () => {
		theme = themes[(themes.indexOf(theme) + 1) % themes.length];
		setTheme(theme);
		keptTheme(theme);
	});
	darkSystem.addEventListener('change', () => setTheme(theme));
	byId('about').textContent = data.one ? 'report of one host' : 'fleet report';
	byId('end').textContent = `virtinfo ${data.version}, ${data.made}`;
	show();
	addEventListener('hashchange', show);
	/* On paper there is no next page to turn to. */
	addEventListener('beforeprint', () => byId('rows') && drawRows(true));
	addEventListener('afterprint', () => byId('rows') && drawRows(false));
}

begin();
