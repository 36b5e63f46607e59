// Opens a real VS Code: its server with the Node extension host, and its workbench in a headless Chromium.
import crypto from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { chromium } from './chromium.mjs';
import { installEdition, sharedModules } from './editions.mjs';
import { startServer } from './server.mjs';
import { quietSettings } from './settings.mjs';

const requireShared = createRequire(path.join(sharedModules, 'x.js'));

/** User settings are a file; what it already says wins over ours, what the caller asks for wins over both. */
function writeSettings(userDataDir, settings) {
  const file = path.join(userDataDir, 'User/settings.json');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  let present = {};
  try {
    present = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    // none yet, or with comments: start afresh
  }
  fs.writeFileSync(file, JSON.stringify({ ...quietSettings, ...present, ...settings }, null, 2));
}

/** Serves what code-server's own front end, which is not used here, would serve. */
async function answerFrontEndRoutes(context) {
  // A part of the key that SecretStorage encrypts with: with it, secrets survive a reload of the page.
  const key = crypto.randomBytes(32);
  await context.route(
    url => url.pathname.endsWith('/mint-key'),
    route => route.fulfill({ status: 200, contentType: 'application/octet-stream', body: key }),
  );
  await context.route(
    url => url.pathname.startsWith('/_static/'),
    route => {
      const script = route.request().url().endsWith('.js');
      return route.fulfill({
        status: 200,
        contentType: script ? 'text/javascript' : 'image/svg+xml',
        headers: { 'Service-Worker-Allowed': '/' },
        body: script ? '' : '<svg xmlns="http://www.w3.org/2000/svg"/>',
      });
    },
  );
}

/**
 * Makes the workbench believe in another display language, so that the translations which extensions bring
 * are used. VS Code's own words stay English: they come in language packs from the marketplace.
 */
async function setDisplayLanguage(context, language) {
  if (!/^[a-z]{2,3}(-[a-z]+)?$/.test(language)) throw new Error(`not a display language: ${language}`);
  await context.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = '${language}';`);
}

/** The address of the page: what to open travels in its query. */
function workbenchUrl(server, options) {
  const { folder, workspace, extensionDevelopmentPath, extensionTestsPath, disableExtensions } = options;
  const remote = file => {
    const segments = path.resolve(file).split(path.sep).map(encodeURIComponent);
    return `vscode-remote://${server.authority}${segments.join('/')}`;
  };
  const payload = [
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
    ...extensionDevelopmentPath.map(file => ['extensionDevelopmentPath', remote(file)]),
    ...(extensionTestsPath ? [['extensionTestsPath', remote(extensionTestsPath)]] : []),
    ...(disableExtensions ? [['disableExtensions', 'true']] : []),
  ];
  const url = new URL(`http://${server.authority}`);
  url.searchParams.set('tkn', server.token);
  if (workspace) url.searchParams.set('workspace', path.resolve(workspace));
  else if (folder) url.searchParams.set('folder', path.resolve(folder));
  else url.searchParams.set('ew', 'true');
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/** Calls `resolve` when the run is over: the workbench says so, or something that it needs has gone. */
async function watchForExit({ page, browser, server, onConsole }, resolve) {
  // The two functions through which the smoke test driver reports.
  await page.exposeFunction('codeAutomationExit', code => resolve({ code }));
  await page.exposeFunction('codeAutomationLog', (type, args) => onConsole?.(type, args));
  page.on('crash', () => resolve({ code: 1, reason: 'the browser page crashed' }));
  browser.on('disconnected', () => resolve({ code: 1, reason: 'the browser went away' }));
  void server.exited.then(code => resolve({ code: 1, reason: `the VS Code server ended (${code})` }));
}

const defaults = {
  extensionDevelopmentPath: [],
  settings: {},
  viewport: { width: 1280, height: 800 },
  displayLanguage: 'en',
};

/**
 * Opens a workbench. With extensionDevelopmentPath and extensionTestsPath it is an extension test run, as on
 * the desktop; without, the extensions installed in `extensionsDir` run, as for a user.
 *
 * @param {{ folder?: string, workspace?: string, userDataDir?: string, extensionsDir?: string,
 *   extensionDevelopmentPath?: string[], extensionTestsPath?: string, disableExtensions?: boolean,
 *   settings?: object, viewport?: { width: number, height: number }, displayLanguage?: string,
 *   workspaceTrust?: boolean, env?: object, log?: string, proposedApi?: string[],
 *   onOutput?: (text: string) => void, onConsole?: (type: string, args: unknown[]) => void }} given
 */
export async function openWorkbench(given = {}) {
  const options = { ...defaults, ...given };
  const started = performance.now();
  installEdition();
  const scratch = options.userDataDir ? undefined : fs.mkdtempSync(path.join(os.tmpdir(), 'vscode-host-'));
  const userDataDir = path.resolve(options.userDataDir ?? path.join(scratch, 'user-data'));
  const extensionsDir = path.resolve(options.extensionsDir ?? path.join(userDataDir, 'extensions'));
  fs.mkdirSync(extensionsDir, { recursive: true });
  writeSettings(userDataDir, options.settings);
  fs.rmSync(path.join(userDataDir, 'logs'), { recursive: true, force: true });

  let server;
  let browser;
  const close = async () => {
    await browser?.close().catch(() => {});
    await server?.stop();
    if (scratch) fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const smokeTestDriver = options.extensionDevelopmentPath.length > 0;
    server = await startServer({ ...options, userDataDir, extensionsDir, smokeTestDriver });
    browser = await requireShared('playwright-core').chromium.launch({
      ...chromium(),
      args: ['--disable-dev-shm-usage', '--font-render-hinting=none', '--disable-gpu'],
    });
    const context = await browser.newContext({
      viewport: options.viewport,
      // A browser knows no pseudo-language.
      locale: /^(en|qps-ploc)$/.test(options.displayLanguage) ? 'en-US' : options.displayLanguage,
      permissions: ['clipboard-read', 'clipboard-write'],
      reducedMotion: 'reduce',
    });
    await answerFrontEndRoutes(context);
    if (options.displayLanguage !== 'en') await setDisplayLanguage(context, options.displayLanguage);
    const page = await context.newPage();
    let ended;
    const exit = new Promise(resolve => (ended = resolve));
    await watchForExit({ page, browser, server, onConsole: options.onConsole }, ended);
    const url = workbenchUrl(server, options);
    await page.goto(url);
    await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    const milliseconds = Math.round(performance.now() - started);
    return { server, browser, context, page, url, exit, close, userDataDir, extensionsDir, milliseconds };
  } catch (error) {
    await close();
    throw error;
  }
}
