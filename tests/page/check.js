// SPDX-License-Identifier: GPL-2.0-only
/*
 * check.js PROGRAM FOLDER [PICTURES]
 *
 * The page of --html in Chromium: what it shows is compared with what the program
 * says in JSON, and it is used by mouse and by keyboard. FOLDER is for fleets,
 * pages and Chromium's profile. With PICTURES the pages are only drawn into that
 * folder. Prints "ok NAME" or "not ok NAME: WHY".
 */
'use strict';

const { spawnSync } = require('child_process');
const fs = require('fs');
const http = require('http');
const path = require('path');
const { Chromium, Tab } = require('./chromium.js');

const [program, folder, pictures] = process.argv.slice(2);
const HOSTS = 10000, LARGEST = 5e6, FIRST_PAINT = 2000, AT_ONCE = 100;

let failed = 0;

function result(name, why) {
	console.log(why ? `not ok page/${name}: ${why}` : `ok page/${name}`);
	failed += Boolean(why);
}

/* Nothing where the two are the same. */
function differ(is, wanted) {
	const [a, b] = [is, wanted].map(value => String(JSON.stringify(value)));

	let same = 0;

	while (same < a.length && a[same] === b[same])
		same++;
	return a === b ? null : `${a.slice(Math.max(0, same - 60)).slice(0, 300)} and not ${
		b.slice(Math.max(0, same - 60)).slice(0, 300)}`;
}

function run(words, options) {
	return spawnSync(program, words, Object.assign(
		{ encoding: 'utf8', maxBuffer: 1e9 }, options));
}

const json = (...words) => JSON.parse(run(words).stdout);
const file = name => path.join(folder, name);
const url = (name, hash) => `file://${file(name)}.html${hash || ''}`;

function make(name, words) {
	const made = spawnSync(path.join(__dirname, 'fleets'), words,
		{ env: Object.assign({ PROGRAM: program }, process.env) });

	if (made.status)
		throw new Error(`fleets ${name}: ${made.stderr}`);
	return run(['fleet', `--html=${file(name)}.html`, file(name)]);
}

/* In the page: everything that is shown and not hidden, of a selector. */
const texts = selector => `[...document.querySelectorAll(${
	JSON.stringify(selector)})].map(one => one.textContent)`;
const press = selector =>
	`document.querySelector(${JSON.stringify(selector)}).click()`;

async function quiet(tab, name, expected) {
	result(`${name}: asks for nothing`, differ(tab.requests, expected));
	result(`${name}: no complaint`, differ(tab.complaints, []));
}

async function typeInto(tab, selector, words) {
	await tab.value(`(() => { const at = document.querySelector(${
		JSON.stringify(selector)}); at.focus(); at.select(); })()`);
	await tab.type(words);
}

async function overview(tab) {
	const said = json('fleet', '--json', file('mixed'));
	const wanted = said.reasons.map(row => [row.reason, row.hosts.length]);

	await tab.go(url('mixed'));
	wanted.push(['could not be read', said.errors]);
	const found = await tab.value(`[...document.querySelectorAll('.reason')].map(
		one => [one.querySelector('.name').textContent,
			Number(one.querySelector('.number').textContent)])`);

	result('overview: reasons', differ(found.sort(), wanted.sort()));
	result('overview: heading', differ(await tab.value(texts('h1')),
		[`${said.ready} of ${said.count} hosts ready`]));
	result('overview: groups', differ(await tab.value(texts('.card strong')),
		said.groups.map(group => `${group.hosts.length} hosts`)));
	result('overview: odd hosts', differ(
		(await tab.value(texts('.card summary'))).map(parseFloat),
		said.groups.map(group => group.odd.reduce(
			(sum, odd) => sum + odd.hosts.length, 0)).filter(sum => sum)));
	const to = said.domains.list.map(domain => domain.to.map(i => i - 1));

	result('overview: who may receive whom', differ(await tab.value(
		`[...document.querySelectorAll('.matrix tbody tr')].map(row =>
			[...row.querySelectorAll('td')].map(cell => cell.className))`),
	to.map((list, from) => to.map((_, into) => from === into ? 'same' :
		list.includes(into) ? 'way' : 'none'))));
	await tab.value(press('.matrix td button'));
	result('overview: why not', (await tab.value(texts('#migration .panel')))
		.join().includes('the processors are of one maker') ? null : 'no maker');
	await quiet(tab, 'overview', [url('mixed')]);
	return said;
}

/* What an engine is told: without the comments, which name files. */
const plain = text => text.split('\n').filter(
	line => line && !line.startsWith('#') && !line.includes('<!--') &&
		!line.includes('-->') && !/^ {5}/.test(line)).join('\n');

async function baselines(tab, said) {
	const vendor = said.baselines.findIndex(row => row.vendor === 'AuthenticAMD');
	const files = said.hosts.filter(host => host.vendor === 'AuthenticAMD' &&
		host.usable === 'yes').map(host => host.file);
	const panel = `[...document.querySelectorAll('#baseline .panel')][${vendor}]`;

	await tab.go(url('mixed'));
	const names = await tab.value(`[...${panel}.querySelectorAll(
		'.bar-of-buttons button')].map(one => one.textContent)`);

	result('baseline: engines', names.length >= 6 ? null : String(names));
	for (const [i, name] of names.entries()) {
		await tab.value(`${panel}.querySelectorAll('.bar-of-buttons button')[${
			i}].click()`);
		result(`baseline: ${name} as diff has it`, differ(
			plain(await tab.value(`${panel}.querySelector('pre:not(.notes)')
				.textContent`)),
			plain(run(['diff', `--baseline=${name}`, ...files]).stdout)));
	}
	await tab.value(`navigator.clipboard.writeText('')`);
	await tab.value(`${panel}.querySelector('.copy').click()`);
	const shown = await tab.value(
		`${panel}.querySelector('pre:not(.notes)').textContent`);

	result('baseline: copied', differ(
		await tab.value('navigator.clipboard.readText()'), shown));
	result('baseline: said', differ(await tab.value(texts('#said')), ['Copied.']));
	/* A browser without that interface. */
	await tab.value(`navigator.clipboard.writeText('')`);
	await tab.value(`(() => {
		const kept = navigator.clipboard;

		Object.defineProperty(navigator, 'clipboard',
			{ value: undefined, configurable: true });
		${panel}.querySelector('.copy').click();
		Object.defineProperty(navigator, 'clipboard',
			{ value: kept, configurable: true });
	})()`);
	/* A selection has no newline at its end. */
	result('baseline: copied by selection', differ(
		(await tab.value('navigator.clipboard.readText()')).trim(),
		shown.trim()));
	await quiet(tab, 'baseline', [url('mixed')]);
}

const names = `[...document.querySelectorAll('#rows .host')].map(
	one => one.textContent)`;
const found = `document.getElementById('found').textContent`;

async function hostTable(tab, said) {
	const all = said.hosts.map(host => host.host);
	const expect = fits => {
		const some = said.hosts.filter(fits).map(host => host.host);

		return [`${some.length} of ${all.length} hosts`, some.slice(0, 50)];
	};
	const now = async () => [await tab.value(found), await tab.value(names)];

	await tab.go(url('mixed'));
	result('table: all', differ(await now(),
		[`${all.length} hosts`, all.slice(0, 50)]));
	await typeInto(tab, '#search', 'rack3 epyc');
	result('table: no such host', differ((await now())[0],
		`0 of ${all.length} hosts`));
	await typeInto(tab, '#search', 'EPYC 7502');
	result('table: search', differ(await now(), expect(host =>
		(host['model-name'] || '').includes('EPYC 7502'))));
	result('table: search is told', differ(await tab.value(texts('#said')),
		[(await now())[0]]));
	await tab.value(press('#clear'));
	await tab.value(press('[data-reason="firmware-disabled"]'));
	result('table: by reason', differ(await now(), expect(host =>
		host.reason === 'firmware-disabled')));
	result('table: reason is pressed', differ(await tab.value(
		texts('.reason[aria-pressed="true"] .name')), ['firmware-disabled']));
	for (const name of ['group', 'domain']) {
		await tab.value(press('#clear'));
		await tab.value(`(() => { const at = document.getElementById('by-${name}');
			at.value = '1'; at.dispatchEvent(new Event('change')); })()`);
		result(`table: by ${name}`, differ(await now(), expect(host =>
			host[name] === '2')));
	}
	await tab.value(press('#clear'));
	await tab.value(press('.held .link'));
	const lacking = said.baselines[0].lacking[0];

	result('table: by feature', differ((await now())[1], all.filter(host =>
		lacking.without.concat(lacking.unknown).includes(host))));
	await tab.value(press('#kinds'));
	result('table: all again', differ((await now())[0], `${all.length} hosts`));

	const order = new Intl.Collator('en', { numeric: true });
	const sorted = down => said.hosts.slice().sort((a, b) =>
		(a.microcode === null) - (b.microcode === null) ||
		(down ? -1 : 1) * order.compare(a.microcode || '', b.microcode || ''))
		.map(host => host.host).slice(0, 50);

	for (const [aria, down] of [['ascending', false], ['descending', true]]) {
		await tab.value(press('th[data-sort="microcode"] button'));
		result(`table: sorted ${aria}`, differ([await tab.value(names),
			await tab.value(`[...document.querySelectorAll('#hosts th[data-sort]')]
				.map(one => one.getAttribute('aria-sort'))
				.filter(word => word !== 'none')`)],
		[sorted(down), [aria]]));
	}
	await tab.value(press('th[data-sort="host"] button'));
	await tab.value(press('#after'));
	result('table: second page', differ(await tab.value(names),
		all.slice(50, 100)));
	await tab.value(press('#before'));
	result('table: first page', differ(await tab.value(names), all.slice(0, 50)));
	await tab.value('dispatchEvent(new Event("beforeprint"))');
	result('table: on paper', differ(await tab.value(names), all));
	await tab.value('dispatchEvent(new Event("afterprint"))');
	await quiet(tab, 'table', [url('mixed')]);
}

const registerRows = `[...document.querySelectorAll('.register summary')].map(
	one => [one.querySelector('.name').textContent,
		one.lastChild.textContent])`;

async function oneHost(tab, said, name, ofKind) {
	const of = said.hosts.find(host => host.host === name);
	const check = json('check', '--json', `--input=${of.file}`);
	const show = json('show', '--json', `--input=${of.file}`);

	result(`${name}: heading`, differ(await tab.value(texts('h1')), [name]));
	result(`${name}: verdict`, differ(
		(await tab.value(texts('.callout'))).join().includes(
			check.verdict.reason) && (await tab.value(texts('.callout p'))).some(
			line => line === check.verdict.summary), true));
	result(`${name}: evidence`, differ(
		await tab.value(texts('.stage li')),
		check.rungs.reduce((all, stage) => all.concat(stage.evidence), [])));
	const read = show.groups[0].registers;

	/* What differs between like CPUs, as APIC IDs do, is not a kind's. */
	const varying = new Map(await tab.value(`data.values.map(value =>
		[data.registers[value[0]].name, (/bits (0x[0-9a-f]+) differ/.exec(
			value[3]) || [])[1]]).filter(value => value[1])`));
	const left = (key, value) => {
		const bits = BigInt(varying.get(key) || 0);

		return `0x${(BigInt(value) & ~bits).toString(16).padStart(
			value.length - 2, '0')}`;
	};

	result(`${name}: some registers vary`, differ(varying.size > 2, ofKind));
	result(`${name}: registers`, differ(
		(await tab.value(registerRows)).filter(row => row[1].startsWith('0x'))
			.sort(),
		Object.keys(read).filter(key => read[key].status === 'read')
			.map(key => [key, left(key, read[key].value)]).sort()));
	await typeInto(tab, '.registers-search', 'apic_id');
	await tab.value('new Promise(done => setTimeout(done, 50))');
	const apic = await tab.value(`[...document.querySelectorAll(
		'.register[open] .fields .value')].filter(one =>
		one.previousSibling.textContent === 'initial_apic_id').map(
		one => one.textContent)`);

	result(`${name}: what varies`, differ(apic, [ofKind ?
		'differs between like CPUs' : String(
			read['0x00000001:0:ebx'].fields.initial_apic_id)]));
	await typeInto(tab, '.registers-search', 'feature_control');
	await tab.value('new Promise(done => setTimeout(done, 50))');
	const fields = await tab.value(`[...document.querySelectorAll(
		'.register[open] .fields tbody tr')].map(row =>
		[row.cells[1].textContent, row.cells[2].textContent])`);
	const wanted = Object.entries(read.IA32_FEATURE_CONTROL.fields).map(
		([key, value]) => [key, value === true ? 'yes' :
			value === false ? 'no' : String(value)]);

	result(`${name}: fields`, differ(fields, wanted));
}

async function hostPages(tab, said) {
	const name = said.reasons.find(row => row.reason === 'firmware-disabled')
		.hosts[0];

	await tab.go(url('mixed'));
	await typeInto(tab, '#search', name);
	await tab.value(press('#rows .host'));
	await tab.value('new Promise(done => setTimeout(done, 50))');
	result('host: its heading has the focus', differ(
		await tab.value('document.activeElement.tagName'), 'H1'));
	await oneHost(tab, said, name, true);
	result('host: difference', (await tab.value(texts('#differences tbody tr')))
		.some(row => row.includes('firmware-disabled') && row.includes('ready')) ?
		null : 'the reason is not one');
	await tab.value('history.back()');
	await tab.value('new Promise(done => setTimeout(done, 200))');
	result('host: back, with its filter and focus', differ(
		[await tab.value(found), await tab.value(
			'document.activeElement.textContent')],
		[`1 of ${said.count} hosts`, name]));
	await tab.go(url('mixed', '#host=notes.txt'));
	result('host: one that is none', (await tab.value(texts('.callout'))).join()
		.includes('notes.txt:1: not a capture') ? null : 'no error');
	await tab.go(url('mixed', '#host=%E0%A4%A'));
	result('host: a damaged address', differ(
		await tab.value('Boolean(document.getElementById("rows"))'), true));
	await quiet(tab, 'host', [url('mixed')]);
}

/* Go on with Tab until what has the focus fits. */
async function tabTo(tab, selector, most) {
	for (let i = 0; i < (most || 60); i++) {
		await tab.key('Tab');
		if (await tab.value(`document.activeElement.matches(${
			JSON.stringify(selector)})`))
			return true;
	}
	return false;
}

async function keyboard(tab, said) {
	await tab.go(url('mixed'));
	result('keyboard: skip link', differ(await tabTo(tab, '.skip', 1), true));
	result('keyboard: focus is seen', differ(await tab.value(`(() => {
		const box = document.activeElement.getBoundingClientRect();
		const style = getComputedStyle(document.activeElement);

		return [box.top >= 0, style.outlineStyle, parseFloat(style.outlineWidth)];
	})()`), [true, 'solid', 2]));
	await tab.key('Enter');
	await tab.key('Tab');
	result('keyboard: the skip link skips', differ(await tab.value(
		'document.activeElement.closest("main") !== null'), true));
	await tab.go(url('mixed'));
	result('keyboard: theme', differ(await tabTo(tab, '#theme'), true));
	await tab.key(' ');
	result('keyboard: theme changed', differ(await tab.value(
		'document.documentElement.dataset.theme'), 'light'));
	result('keyboard: search', differ(await tabTo(tab, '#search', 200), true));
	await tab.type('rack2-node34');
	result('keyboard: found', differ(await tab.value(found),
		`1 of ${said.count} hosts`));
	result('keyboard: sort', differ(
		await tabTo(tab, 'th[data-sort="reason"] button'), true));
	await tab.key(' ');
	result('keyboard: sorted', differ(await tab.value(`document.querySelector(
		'th[data-sort="reason"]').getAttribute('aria-sort')`), 'ascending'));
	result('keyboard: host', differ(await tabTo(tab, '#rows .host'), true));
	await tab.key('Enter');
	await tab.value('new Promise(done => setTimeout(done, 100))');
	result('keyboard: opened', differ(await tab.value(texts('h1')),
		['rack2-node34']));
	result('keyboard: register', differ(
		await tabTo(tab, '.register summary', 100), true));
	await tab.key('Enter');
	await tab.value('new Promise(done => setTimeout(done, 100))');
	result('keyboard: register opened', differ(await tab.value(
		'document.querySelectorAll(".register[open] .fields").length'), 1));
	await quiet(tab, 'keyboard', [url('mixed')]);
}

async function serve(answer) {
	const server = http.createServer(answer);

	await new Promise(done => server.listen(0, '127.0.0.1', done));
	return { at: `http://127.0.0.1:${server.address().port}`,
		end: () => {
			server.closeAllConnections();
			server.close();
		} };
}

/* Characters that are obeyed and not shown, as base/safe.c has them. */
const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;

async function hostile(tab) {
	const page = fs.readFileSync(`${file('hostile')}.html`, 'utf8');
	const said = json('fleet', '--json', file('hostile'));
	const elements = `['img', 'svg', 'b', 'i', 'iframe', 'object', 'base'].filter(
		name => document.body.querySelector(name))`;

	result('hostile: no byte is obeyed', CONTROLS.test(page) ? 'one is' : null);
	result('hostile: no tag in the data', differ(
		page.split(/<script type="application\/json" id="data">/)[1]
			.split('</script>')[0].match(/[<>&]/), null));
	await tab.go(url('hostile'));
	result('hostile: all hosts', differ((await tab.value(names)).sort(),
		said.hosts.map(host => host.host).sort()));
	for (const host of ['', ...said.hosts.map(one => one.host)]) {
		if (host) {
			await tab.value(`location.hash =
				'#host=' + encodeURIComponent(${JSON.stringify(host)})`);
			await tab.value('new Promise(done => setTimeout(done, 20))');
		}
		const name = `hostile: ${host ? JSON.stringify(host).slice(0, 40) :
			'the fleet'}`;

		result(name, differ([await tab.value('typeof window.hit'),
			await tab.value(elements),
			await tab.value('document.scripts.length'),
			CONTROLS.test(await tab.value('document.body.innerText')),
			host ? await tab.value('document.querySelector("h1").textContent') :
				''],
		['undefined', [], 2, false, host]));
	}
	await quiet(tab, 'hostile', [url('hostile')]);
	/* Were there a hole in the script, the policy would still stop it. */
	const asked = [];
	const server = await serve((request, answer) => {
		asked.push(request.url);
		answer.end();
	});

	await tab.value(`(() => {
		const script = document.createElement('script');

		script.textContent = 'window.hit = 1';
		document.body.append(script);
		const image = document.createElement('img');

		image.setAttribute('onerror', 'window.hit = 1');
		image.src = '${server.at}/x.png';
		document.body.append(image);
		fetch('${server.at}/sent').catch(() => {});
	})()`);
	await tab.value('new Promise(done => setTimeout(done, 200))');
	result('hostile: the policy holds', differ([await tab.value(
		'typeof window.hit'), tab.complaints.length > 0], ['undefined', true]));
	result('hostile: nothing was sent', differ(asked, []));
	server.end();
}

async function many(tab) {
	const size = fs.statSync(`${file('many')}.html`).size;
	const paints = [], answers = [];

	result(`many: ${HOSTS} hosts in ${size} bytes`,
		size < LARGEST ? null : 'too large');
	for (let i = 0; i < 3; i++) {
		await tab.go(url('many'));
		paints.push(await tab.value(`new Promise(done =>
			new PerformanceObserver(list => list.getEntries().filter(
				one => one.name === 'first-contentful-paint').forEach(
				one => done(one.startTime)))
				.observe({ type: 'paint', buffered: true }))`));
		answers.push(await tab.value(`(() => {
			const from = performance.now();
			const at = document.getElementById('search');

			at.value = 'node77';
			at.dispatchEvent(new Event('input'));
			document.body.getBoundingClientRect();
			return performance.now() - from;
		})()`));
	}
	const [paint, answer] = [paints, answers].map(list => Math.min(...list));

	result(`many: first paint after ${Math.round(paint)} ms`,
		paint < FIRST_PAINT ? null : 'too late');
	result(`many: a filter answers in ${Math.round(answer)} ms`,
		answer < AT_ONCE ? null : 'too late');
	result('many: found', differ(await tab.value(found),
		`111 of ${HOSTS.toLocaleString('en')} hosts`));
	result('many: a page of rows', differ(await tab.value(
		'document.querySelectorAll("#rows tr").length'), 50));
	await quiet(tab, 'many', [url('many')]);
}

async function fromServer(tab) {
	const asked = [];
	const server = await serve((request, answer) => {
		asked.push(request.url);
		answer.setHeader('Content-Type', 'text/html');
		answer.end(fs.readFileSync(`${file('mixed')}.html`));
	});
	const from = `${server.at}/page`;

	await tab.go(from);
	await tab.value('new Promise(done => setTimeout(done, 300))');
	result('server: shown', differ((await tab.value(names)).length, 50));
	result('server: asked once', differ(asked, ['/page']));
	await quiet(tab, 'server', [from]);
	server.end();
}

async function ofOneHost(tab, said) {
	const of = said.hosts.find(host => host.usable === 'yes');
	const made = run(['status', `--html=${file('one')}.html`,
		`--input=${of.file}`]);

	result('one: written', differ([made.status, made.stdout, made.stderr],
		[0, '', '']));
	await tab.go(url('one'));
	await oneHost(tab, said, of.host, false);
	result('one: sections', differ(await tab.value(texts('nav a')), ['What it is',
		'Checks', 'Features', 'Baseline', 'Registers']));
	await quiet(tab, 'one', [url('one')]);
	const printed = run(['status', '--html', `--input=${of.file}`]);
	const undated = text => text.replace(/"made":"[^"]*"/, '');

	result('one: the same to standard output', undated(printed.stdout) ===
		undated(fs.readFileSync(`${file('one')}.html`, 'utf8')) ? null : 'it differs');
}

/*
 * Text that is too near to its ground: by WCAG 2.1, 1.4.3. A ground with a
 * picture does not count, it has no text.
 */
const pale = `(() => {
	const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
	const light = colour => {
		const [r, g, b] = numbers(colour).slice(0, 3).map(value => value / 255)
			.map(value => value <= .03928 ? value / 12.92 :
				((value + .055) / 1.055) ** 2.4);

		return .2126 * r + .7152 * g + .0722 * b;
	};
	const ground = at => {
		for (; at; at = at.parentElement) {
			const colour = getComputedStyle(at).backgroundColor;

			if (numbers(colour)[3] !== 0)
				return colour;
		}
		return 'rgb(255, 255, 255)';
	};
	const bad = [];
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);

	while (walker.nextNode()) {
		const at = walker.currentNode.parentElement;
		const style = getComputedStyle(at);

		if (!walker.currentNode.textContent.trim() || !at.getClientRects().length ||
		    at.closest('.unseen, script, style, :disabled'))
			continue;
		const [a, b] = [light(style.color), light(ground(at))];
		const contrast = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
		const large = parseFloat(style.fontSize) >= 24;

		if (contrast < (large ? 3 : 4.5))
			bad.push(at.tagName + '.' + at.className + ' ' + contrast.toFixed(2));
	}
	return [...new Set(bad)];
})()`;

async function looks(tab, said) {
	const odd = `#host=${said.reasons.find(
		row => row.reason === 'firmware-disabled').hosts[0]}`;

	for (const scheme of ['light', 'dark'])
		for (const [name, hash] of [['mixed', ''], ['mixed', odd],
			['hostile', ''], ['one', '']]) {
			const what = `looks: ${name}${hash} ${scheme}`;

			await tab.look(1280, 900, scheme);
			await tab.go(url(name, hash));
			await tab.value(`document.querySelectorAll('details').forEach(
				(one, i) => { one.open = i < 12; })`);
			await tab.value('new Promise(done => setTimeout(done, 50))');
			result(`${what}: contrast`, differ(await tab.value(pale), []));
			for (const width of [1280, 390]) {
				await tab.look(width, 900, scheme);
				result(`${what}: fits ${width}`, differ(await tab.value(
					'document.documentElement.scrollWidth'), width));
			}
		}
	const ground = 'getComputedStyle(document.body).backgroundColor';

	await tab.look(1280, 900, 'dark');
	await tab.go(url('mixed'));
	await tab.value('localStorage.clear()');
	await tab.go(url('mixed'));
	const dark = await tab.value(ground);

	await tab.value(press('#theme'));
	const light = await tab.value(ground);

	result('looks: the switch', dark !== light ? null : dark);
	await tab.go(url('mixed'));
	result('looks: the switch is kept', differ(await tab.value(ground), light));
	await tab.value('localStorage.clear()');
	await tab.look(1280, 900, 'light');
}

/* What a screen reader is told. */
async function accessible(tab) {
	for (const [name, hash] of [['mixed', ''], ['one', '']]) {
		await tab.go(url(name, hash));
		const { nodes } = await tab.send('Accessibility.getFullAXTree');
		const of = role => nodes.filter(node => !node.ignored && node.role &&
			node.role.value === role);
		const nameless = ['button', 'link', 'searchbox', 'combobox',
			'region'].filter(role => of(role).some(node =>
			!(node.name && node.name.value.trim())));

		result(`${name}: everything has a name`, differ(nameless, []));
		result(`${name}: landmarks`, differ(['banner', 'navigation', 'main',
			'contentinfo'].filter(role => of(role).length !== 1), []));
		result(`${name}: one h1`, differ(await tab.value(
			'document.querySelectorAll("h1").length'), 1));
		result(`${name}: headings go down by one`, differ(await tab.value(
			`[...document.querySelectorAll('h1, h2, h3, h4')].map(
				one => Number(one.tagName[1])).filter((level, i, all) =>
				i && level > all[i - 1] + 1)`), []));
		result(`${name}: columns have headings`, differ(await tab.value(
			`[...document.querySelectorAll('thead th')].filter(
				one => one.scope !== 'col').length`), 0));
	}
}

async function onPaper(tab) {
	await tab.go(url('one'));
	const { data } = await tab.send('Page.printToPDF', {});

	result('paper: one host', Buffer.from(data, 'base64').length > 10000 ?
		null : 'nothing');
	await tab.send('Emulation.setEmulatedMedia', { media: 'print' });
	result('paper: no controls', differ(await tab.value(
		`[...document.querySelectorAll('.top, .filters, .copy')].filter(
			one => one.getClientRects().length).length`), 0));
	await tab.send('Emulation.setEmulatedMedia', { media: '' });
}

/* Half a page is never there. */
function outputs() {
	const target = file('kept.html');
	const full = spawnSync('bash', ['-c', 'trap "" XFSZ; ulimit -f 16; ' +
		'exec "$0" fleet --html="$1" "$2"', program, target, file('mixed')],
	{ encoding: 'utf8' });

	result('output: no room', differ([full.status,
		full.stderr.split('\n').length, fs.existsSync(target)], [1, 2, false]));
	fs.writeFileSync(target, 'old');
	spawnSync('bash', ['-c', 'trap "" XFSZ; ulimit -f 16; ' +
		'exec "$0" fleet --html="$1" "$2"', program, target, file('mixed')]);
	result('output: the old page stays', differ(
		fs.readFileSync(target, 'utf8'), 'old'));
	result('output: nothing beside it', differ(
		fs.readdirSync(folder).filter(name => name.includes('kept')),
		['kept.html']));
	const closed = spawnSync('bash', ['-c',
		'"$0" fleet --html "$1" | true; echo ${PIPESTATUS[0]}', program,
		file('mixed')], { encoding: 'utf8' });

	result('output: a closed pipe', differ(closed.stderr, ''));
	const device = spawnSync('bash', ['-c',
		'"$0" fleet --html "$1" >/dev/full', program, file('mixed')],
	{ encoding: 'utf8' });

	result('output: a full disk', differ([device.status,
		device.stderr.split('\n').length], [1, 2]));
}

async function draw(tab, said) {
	const odd = said.reasons.find(row => row.reason === 'firmware-disabled')
		.hosts[0];

	fs.mkdirSync(pictures, { recursive: true });
	for (const scheme of ['light', 'dark'])
		for (const width of [1280, 390])
			for (const [name, hash] of [['fleet', ''], ['host', `#host=${odd}`]]) {
				const to = path.join(pictures, `${name}-${width}-${scheme}.png`);

				await tab.look(width, 900, scheme);
				await tab.go(url('mixed', hash));
				await tab.value('new Promise(done => setTimeout(done, 200))');
				fs.writeFileSync(to, await tab.picture(6000));
				console.log(to);
			}
}

async function checks(tab, chromium) {
	await chromium.send('Browser.grantPermissions', { permissions:
		['clipboardReadWrite', 'clipboardSanitizedWrite'] });
	await tab.send('Page.bringToFront');
	await tab.look(1280, 900, 'light');
	const said = await overview(tab);

	await baselines(tab, said);
	await hostTable(tab, said);
	await hostPages(tab, said);
	await keyboard(tab, said);
	await ofOneHost(tab, said);
	await accessible(tab);
	await onPaper(tab);
	await fromServer(tab);
	make('hostile', ['hostile', file('hostile')]);
	await hostile(tab);
	await looks(tab, said);
	make('many', ['many', file('many'), String(HOSTS)]);
	await many(tab);
}

async function main() {
	const made = make('mixed', ['mixed', file('mixed')]);

	if (!pictures)
		result('mixed: written', differ([made.status, made.stdout, made.stderr],
			[3, '', '']));
	const chromium = new Chromium(file('profile'));

	try {
		const tab = await Tab.open(chromium);

		if (pictures)
			return await draw(tab, json('fleet', '--json', file('mixed')));
		outputs();
		await checks(tab, chromium);
	} finally {
		await chromium.end();
	}
}

main().catch(error => result('all of it', error.stack))
	.finally(() => { process.exitCode = failed ? 1 : 0; });
