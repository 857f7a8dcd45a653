// SPDX-License-Identifier: GPL-2.0-only
// Elements. Text is only ever text: nothing here or elsewhere parses markup.
'use strict';

/*
 * An element with attributes ("on" + an event is a listener; null and false
 * leave one out) and children: elements, texts, lists of these, null for none.
 */
function el(tag, attributes, ...children) {
	const made = document.createElement(tag);

	for (const [name, value] of Object.entries(attributes || {})) {
		if (value === null || value === false || value === undefined)
			continue;
		if (name.startsWith('on'))
			made.addEventListener(name.slice(2), value);
		else
			made.setAttribute(name, value === true ? '' : String(value));
	}
	put(made, children);
	return made;
}

function put(parent, children) {
	for (const child of children) {
		if (Array.isArray(child))
			put(parent, child);
		else if (child !== null && child !== undefined)
			parent.append(child);
	}
}

function fill(parent, ...children) {
	parent.textContent = '';
	put(parent, children);
	return parent;
}

function byId(id) {
	return document.getElementById(id);
}

function button(text, press, attributes) {
	return el('button', Object.assign({ type: 'button', onclick: press },
		attributes), text);
}

const numbers = new Intl.NumberFormat('en');

function count(number, one, many) {
	return `${numbers.format(number)} ${number === 1 ? one : many || one + 's'}`;
}

/* For who does not see it. */
function say(text) {
	byId('said').textContent = text;
}

/* A table: titles of columns, then rows of cells. */
function table(name, titles, rows) {
	return el('div', { class: 'wide', role: 'region', tabindex: 0,
		'aria-label': name },
	el('table', {},
		el('thead', {}, el('tr', {}, titles.map(
			title => el('th', { scope: 'col' }, title)))),
		el('tbody', {}, rows.map(cells => el('tr', {},
			cells.map((cell, i) => i ? el('td', {}, cell) :
				el('th', { scope: 'row' }, cell)))))));
}

/* Where the browser gives no clipboard the text is selected and copied. */
function copyText(text, shown) {
	const done = () => say('Copied.');

	function byHand() {
		const range = document.createRange();

		range.selectNodeContents(shown);
		getSelection().removeAllRanges();
		getSelection().addRange(range);
		if (document.execCommand('copy'))
			done();
		else
			say('Selected: press Ctrl+C to copy.');
	}
	if (navigator.clipboard)
		return navigator.clipboard.writeText(text).then(done, byHand);
	byHand();
	return Promise.resolve();
}
