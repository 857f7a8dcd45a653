// SPDX-License-Identifier: GPL-2.0-only
// What the overview and the page of a host both show.

/* A verdict in one word, with a sign that does not need its colour. */
function verdict(reason, usable) {
	return el('span', { class: `verdict is-${usable}` },
		el('span', { class: 'sign', 'aria-hidden': 'true' }), reason);
}

function section(id, title, ...children) {
	return el('section', { id, 'aria-labelledby': `${id}-title` },
		el('h2', { id: `${id}-title` }, title), children);
}

function heldDown(baseline, showKinds) {
	const rows = baseline.lacking.map(row => {
		const list = row.without.concat(row.unknown)
			.map(kind => data.kinds[kind]).filter(kind => kind);
		const who = hostsOf(list);
		const fields = row.features.map(name => name.split('.').pop());

		return el('li', {},
			el('span', { class: 'code' }, fields.slice(0, 6).join(', '),
				fields.length > 6 ?
					` and ${fields.length - 6} more` : null),
			el('span', { class: 'soft' },
				row.nr_without ? ' held down by ' : ' not known of ',
				someNames(who, 3),
				row.nr_without && row.nr_unknown ?
					`; of ${numbers.format(row.nr_unknown)} not known` : null,
				'. '),
			button(`Show ${count(who.length, 'host')}`, () =>
				showKinds(`without ${fields[0]}`, list),
			{ class: 'link' }));
	});
	const few = rows.slice(0, 5), more = rows.slice(5);

	if (!rows.length)
		return el('p', { class: 'soft' }, data.one ? null :
			'No host holds a feature down: all offer the same.');
	return [el('p', {}, 'Features that some hosts have and the baseline lacks:'),
		el('ul', { class: 'held' }, few),
		more.length ? el('details', {},
			el('summary', {}, `${count(more.length, 'more set')} of hosts`),
			el('ul', { class: 'held' }, more)) : null];
}

/* Lines are lists of what is between their tabs. */
const linesOf = lines => lines.map(parts => `${parts.join('\t')}\n`).join('');

/* The configuration of one engine at a time, to copy. */
function engines(baseline, id) {
	const shown = el('pre', { tabindex: 0, id: `${id}-text` });
	const notes = el('div', {});
	const copy = button('Copy', () => {
		copyText(shown.textContent, shown).then(() => {
			copy.textContent = 'Copied';
			setTimeout(() => { copy.textContent = 'Copy'; }, 2000);
		});
	}, { class: 'copy' });
	const choices = baseline.engines.map(engine => button(engine.name,
		() => choose(engine), { 'aria-pressed': 'false' }));

	function choose(engine) {
		choices.forEach((choice, i) => choice.setAttribute('aria-pressed',
			String(baseline.engines[i] === engine)));
		shown.setAttribute('aria-label', engine.title);
		shown.textContent = linesOf(engine.lines);
		fill(notes, el('p', { class: 'soft' }, engine.title),
			engine.notes.length ? el('pre', { class: 'notes' },
				linesOf(engine.notes)) : null);
	}
	if (!baseline.engines.length)
		return el('p', { class: 'soft' },
			'The files of these hosts have changed since: no baseline.');
	choose(baseline.engines[0]);
	return el('div', { class: 'engines' },
		el('div', { class: 'row' }, el('div', { class: 'bar-of-buttons',
			role: 'group', 'aria-label': 'Engine' }, choices), copy),
		notes, shown);
}

function commonFeatures(baseline) {
	return el('details', {},
		el('summary', {}, `All ${count(baseline.common.length, 'common feature')}`),
		el('p', { class: 'code features' }, baseline.common.join(' ')));
}

function baselines(showKinds) {
	return section('baseline', 'Baseline',
		el('p', { class: 'lead' }, data.one ?
			'The CPU that this host offers guests, for each engine.' :
			'The largest CPU that guests can have on every ready host of a vendor.'),
		data.baselines.map((baseline, i) => el('div', { class: 'panel' },
			el('h3', {}, `${baseline.vendor || 'Vendor not known'}: ` +
				`${count(baseline.common.length, 'feature')}` +
				(data.one ? '' : ` on ${count(baseline.hosts, 'ready host')}`)),
			baseline.suggested ? el('p', {}, baseline.suggested.length ?
				`Without ${baseline.suggested.join(', ')} all others have ` +
				`${baseline.gains.length} more.` :
				'No so few hosts gain a feature.') : null,
			el('div', { class: 'columns' },
				el('div', {}, heldDown(baseline, showKinds),
					commonFeatures(baseline)),
				engines(baseline, `baseline-${i}`)))));
}
