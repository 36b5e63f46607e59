// Opens a real VS Code with the extension connected to the sandbox, on a fresh clone too:
//   npm start [-- --port N] [--browser] [--locale zh-cn]
// The VS Code is the `code` on the PATH, else (or with --browser) the one from npm, shown in a browser. --locale is
// the language in which the extension speaks.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { quietSettings } from '../test/vscode-host/lib/settings.mjs';
import { findDesktop, openDesktop } from './lib/desktop.mjs';
import { prepare, projectFolder } from './lib/prepare.mjs';
import { runNode } from './lib/run.mjs';
import { startSandbox } from './lib/sandbox.mjs';
import { requireServedEditor, serveEditor } from './lib/served-editor.mjs';
import { Session } from './lib/session.mjs';

// Served editors save by themselves after a pause, which would send half-typed values to the tenant.
const demoSettings = { ...quietSettings, 'files.autoSave': 'off' };

const demo = path.join(projectFolder, 'scripts/demo');

const USAGE = 'Usage: npm start [-- --port N] [--browser] [--locale zh-cn]';

function readArguments() {
  const { port, browser, locale } = parse();
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new Error(`"${port}" is not a port.`);
  if (locale && !/^[a-z]{2}(-[a-z]+)?$/.test(locale)) throw new Error(`"${locale}" is not a locale such as zh-cn.`);
  return { port: Number(port), browser, locale };
}

function parse() {
  const options = {
    port: { type: 'string', default: process.env.PORT || '0' },
    browser: { type: 'boolean', default: false },
    locale: { type: 'string' },
  };
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new Error(`${error.message}\n${USAGE}`, { cause: error });
  }
}

/** A throw-away profile and workspace. */
function fillSession(session) {
  const userDataDir = session.path('user');
  fs.mkdirSync(path.join(userDataDir, 'User'), { recursive: true });
  fs.writeFileSync(path.join(userDataDir, 'User/settings.json'), JSON.stringify(demoSettings, null, 2));
  const folder = session.path('workspace');
  fs.cpSync(path.join(demo, 'workspace'), folder, { recursive: true });
  return { userDataDir, folder };
}

async function main(session, { port, browser, locale }) {
  const code = browser ? undefined : findDesktop();
  if (!code) requireServedEditor();
  const built = await runNode(['esbuild.js']);
  if (!built.ok) throw new Error(`The build failed: ${built.reason}.`);

  const { child, credentials } = await startSandbox(session);
  const sandboxEnded = new Promise(resolve => child.once('exit', resolve));
  console.log(`The sandbox listens on ${credentials.url}`);
  const window = {
    ...fillSession(session),
    extensions: [projectFolder, demo],
    env: { ...process.env, FXIAOKE_DEMO_CONNECTION: JSON.stringify(credentials) },
    port,
    locale,
  };
  if (code) {
    console.log('Opening VS Code. Close its window, or press Ctrl+C here, to end everything.');
    await Promise.race([openDesktop(session, { code, ...window }), sandboxEnded]);
    return 0;
  }
  const { url, exited } = await serveEditor(session, window);
  console.log(`\nOpen VS Code in a browser: ${url}\n\nPress Ctrl+C to end everything.`);
  const what = await Promise.race([exited.then(() => 'VS Code'), sandboxEnded.then(() => 'The sandbox')]);
  throw new Error(`${what} ended.`);
}

let session;
let ending = false;

async function end(exitCode) {
  if (ending) return;
  ending = true;
  await session?.end();
  process.exit(exitCode);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(130));

try {
  const options = readArguments();
  prepare();
  session = new Session();
  await end(await main(session, options));
} catch (error) {
  if (!ending) console.error(explain(error));
  await end(1);
}

function explain(error) {
  if (error.code === 'EADDRINUSE') return `Port ${error.port} is in use: choose another with --port, or leave it out.`;
  if (error.code === 'EACCES' && error.port) return `Port ${error.port} may not be used: choose one above 1023.`;
  return error.message;
}
