// SPDX-License-Identifier: GPL-2.0-only
/*
 * Chromium without a screen, by its DevTools protocol over a pipe: descriptor 3
 * takes messages and 4 gives them, each with a NUL behind it.
 * https://chromedevtools.github.io/devtools-protocol
 */
'use strict';

const { spawn } = require('child_process');

/* No answer to one message takes longer, however busy the machine is. */
const PATIENCE = 120000;

class Chromium {
	constructor(profile) {
		this.waiting = new Map();
		this.last = 0;
		this.rest = Buffer.alloc(0);
		this.listener = () => {};
		this.process = spawn(process.env.CHROMIUM || 'chromium', [
			'--headless=new', '--remote-debugging-pipe', '--no-sandbox',
			'--disable-gpu', '--disable-dev-shm-usage', '--no-first-run',
			'--disable-extensions', '--disable-background-networking',
			'--disable-component-update', '--disable-sync', '--mute-audio',
			'--hide-scrollbars', '--force-device-scale-factor=1',
			`--user-data-dir=${profile}`, 'about:blank',
		], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
		this.process.stdio[4].on('data', chunk => this.take(chunk));
		this.gone = new Promise(resolve => {
			this.process.on('exit', resolve);
			this.process.on('error', error => {
				this.fail(error);
				resolve();
			});
		});
		this.process.on('exit', status =>
			this.fail(new Error(`chromium ended: ${status}`)));
	}

	fail(error) {
		this.dead = error;
		for (const { reject } of this.waiting.values())
			reject(error);
		this.waiting.clear();
	}

	take(chunk) {
		let end;

		this.rest = Buffer.concat([this.rest, chunk]);
		while ((end = this.rest.indexOf(0)) >= 0) {
			this.receive(JSON.parse(this.rest.subarray(0, end).toString()));
			this.rest = this.rest.subarray(end + 1);
		}
	}

	receive(message) {
		const waiting = this.waiting.get(message.id);

		if (!waiting)
			return this.listener(message);
		this.waiting.delete(message.id);
		if (message.error)
			waiting.reject(new Error(`${waiting.method}: ${message.error.message}`));
		else
			waiting.resolve(message.result);
	}

	send(method, params, sessionId) {
		const id = ++this.last;

		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => {
				this.waiting.delete(id);
				reject(new Error(`${method}: no answer`));
			}, PATIENCE);

			timer.unref();
			if (this.dead)
				return reject(this.dead);
			this.waiting.set(id, { method,
				resolve: result => { clearTimeout(timer); resolve(result); },
				reject: error => { clearTimeout(timer); reject(error); } });
			this.process.stdio[3].write(
				JSON.stringify({ id, method, params, sessionId }) + '\0');
		});
	}

	async end() {
		if (!this.dead)
			await this.send('Browser.close').catch(() => {});
		await this.gone;
	}
}

/* One tab: what it asks for, what its console says, what it shows. */
class Tab {
	static async open(chromium) {
		const tab = new Tab();
		const { targetId } = await chromium.send('Target.createTarget',
			{ url: 'about:blank' });

		tab.chromium = chromium;
		tab.id = targetId;
		tab.session = (await chromium.send('Target.attachToTarget',
			{ targetId, flatten: true })).sessionId;
		tab.requests = [];
		tab.complaints = [];
		tab.loaded = new Set();
		tab.onload = () => {};
		chromium.listener = message => tab.hear(message);
		for (const domain of ['Page', 'Runtime', 'Network', 'Log', 'Audits'])
			await tab.send(`${domain}.enable`);
		await tab.send('Page.setLifecycleEventsEnabled', { enabled: true });
		return tab;
	}

	send(method, params) {
		return this.chromium.send(method, params, this.session);
	}

	hear({ method, params, sessionId }) {
		if (sessionId !== this.session)
			return;
		if (method === 'Network.requestWillBeSent')
			this.requests.push(params.request.url);
		else if (method === 'Runtime.exceptionThrown')
			this.complaints.push(params.exceptionDetails.text + ' ' +
				(params.exceptionDetails.exception || {}).description);
		else if (method === 'Runtime.consoleAPICalled')
			this.complaints.push(`console.${params.type}`);
		else if (method === 'Log.entryAdded')
			this.complaints.push(params.entry.text);
		else if (method === 'Audits.issueAdded' &&
			 params.issue.code === 'ContentSecurityPolicyIssue')
			this.complaints.push(JSON.stringify(params.issue.details));
		else if (method === 'Page.javascriptDialogOpening')
			this.complaints.push(`dialog ${params.message}`);
		else if (method === 'Page.lifecycleEvent' && params.name === 'load') {
			this.loaded.add(params.loaderId);
			this.onload(params.loaderId);
		}
	}

	/* Load a page; what came before is forgotten. */
	async go(url) {
		await this.load('about:blank');
		this.requests = [];
		this.complaints = [];
		await this.load(url);
	}

	async load(url) {
		const { loaderId, errorText } =
			await this.send('Page.navigate', { url });

		if (errorText)
			throw new Error(`${url}: ${errorText}`);
		/* The event may come before the answer. */
		if (!this.loaded.has(loaderId))
			await new Promise(resolve => {
				this.onload = id => id === loaderId && resolve();
			});
	}

	/* The value of an expression in the page, once it is there. */
	async value(expression) {
		const { result, exceptionDetails } = await this.send('Runtime.evaluate',
			{ expression, returnByValue: true, awaitPromise: true,
				userGesture: true });

		if (exceptionDetails)
			throw new Error(`${expression}: ${exceptionDetails.text} ` +
				`${(exceptionDetails.exception || {}).description}`);
		return result.value;
	}

	async key(name, modifiers) {
		const codes = { Tab: 9, Enter: 13, Escape: 27, ' ': 32 };
		const key = { key: name, code: name === ' ' ? 'Space' : name,
			windowsVirtualKeyCode: codes[name] || name.charCodeAt(0),
			modifiers: modifiers || 0,
			text: name === 'Enter' ? '\r' : name.length === 1 ? name :
				undefined };

		await this.send('Input.dispatchKeyEvent',
			Object.assign({ type: key.text ? 'keyDown' : 'rawKeyDown' }, key));
		await this.send('Input.dispatchKeyEvent',
			Object.assign({}, key, { type: 'keyUp', text: undefined }));
	}

	async type(words) {
		for (const letter of words)
			await this.key(letter);
	}

	async look(width, height, scheme) {
		await this.send('Emulation.setDeviceMetricsOverride',
			{ width, height, deviceScaleFactor: 1, mobile: width < 600 });
		await this.send('Emulation.setEmulatedMedia', { media: '',
			features: [{ name: 'prefers-color-scheme', value: scheme }] });
	}

	/* A PNG of the whole page, at most so high. */
	async picture(highest) {
		const height = await this.value(
			'Math.ceil(document.documentElement.scrollHeight)');
		const width = await this.value('innerWidth');
		const { data } = await this.send('Page.captureScreenshot', {
			captureBeyondViewport: true,
			clip: { x: 0, y: 0, width, scale: 1,
				height: Math.min(height, highest || 8000) } });

		return Buffer.from(data, 'base64');
	}
}

module.exports = { Chromium, Tab };
