// The VS Code from npm, shown in the browser of the person who starts it: code-server with its own front end,
// which keeps the key that SecretStorage needs to survive a reload of the page.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { edition, installEdition, nodeBinary } from '../../test/vscode-host/lib/editions.mjs';
import { cleanEnvironment, linkBuiltinExtensions, spawnGuarded } from '../../test/vscode-host/lib/server.mjs';
import { startTokenProxy } from './token-proxy.mjs';

const START_TIMEOUT_MS = 60_000;

/** Throws an error that says what to do where npm has no VS Code to offer. */
export function requireServedEditor() {
  const supported = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);
  if (supported) return installEdition(edition('newest'));
  throw new Error(
    'No VS Code was found: install VS Code so that "code" is on the PATH ' +
      '(in VS Code: "Shell Command: Install \'code\' command in PATH").',
  );
}

/**
 * Makes the workbench believe in another display language, so that the translations which extensions bring are
 * used. VS Code's own words stay English: they come in language packs from the marketplace.
 */
function withLanguage(locale) {
  const firstScript = 'globalThis._VSCODE_FILE_ROOT =';
  return html =>
    html.replace(firstScript, `globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(locale)};\n${firstScript}`);
}

/**
 * Starts it with the extensions of the given folders installed.
 * @returns {Promise<{ url: string, exited: Promise<number | string> }>}
 */
export async function serveEditor(session, { userDataDir, folder, extensions, env, port, locale }) {
  const { folder: home, root } = requireServedEditor();
  const extensionsDir = session.path('extensions');
  installByLink(extensionsDir, extensions);
  const builtins = linkBuiltinExtensions(root, session.path('builtin-extensions'));
  const config = session.path('config.yaml');
  fs.writeFileSync(config, '');

  // A socket in a folder that only its owner can enter; the token proxy is the one way in.
  const socket = session.path('editor.sock');
  const logFile = session.path('editor.log');
  const log = fs.openSync(logFile, 'a');
  const child = session.own(
    spawnGuarded(
      nodeBinary(),
      [
        path.join(home, 'node_modules/code-server/out/node/entry.js'),
        ...['--socket', socket, '--socket-mode', '600', '--auth', 'none', '--config', config],
        ...['--user-data-dir', userDataDir, '--extensions-dir', extensionsDir, '--builtin-extensions-dir', builtins],
        ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
        ...['--disable-workspace-trust', '--disable-proxy', '--ignore-last-opened'],
      ],
      { env: cleanEnvironment({ ...env, ...privateFolders(session) }), stdio: ['ignore', log, log] },
    ),
  );
  const exited = new Promise(resolve => child.once('exit', (code, signal) => resolve(code ?? signal)));
  await untilReady(socket, exited, logFile);
  const proxy = await startTokenProxy({
    socket,
    port,
    firstPage: `/?folder=${encodeURIComponent(folder)}`,
    ...(locale ? { changePage: withLanguage(locale) } : {}),
  });
  return { url: proxy.url, exited };
}

/** For what code-server would otherwise leave in the home folder: logs, a heartbeat, sockets. */
function privateFolders(session) {
  const folders = {
    XDG_DATA_HOME: session.path('xdg-data'),
    XDG_CONFIG_HOME: session.path('xdg-config'),
    XDG_RUNTIME_DIR: session.path('xdg-runtime'),
  };
  for (const folder of Object.values(folders)) fs.mkdirSync(folder, { mode: 0o700 });
  return folders;
}

/** A link instead of a copy: after a rebuild, "Developer: Reload Window" runs the new code. */
function installByLink(extensionsDir, extensions) {
  fs.mkdirSync(extensionsDir, { recursive: true });
  for (const extension of extensions) {
    const { publisher, name, version } = JSON.parse(fs.readFileSync(path.join(extension, 'package.json'), 'utf8'));
    fs.symlinkSync(extension, path.join(extensionsDir, `${publisher}.${name}-${version}`), 'dir');
  }
}

async function untilReady(socket, exited, logFile) {
  let ended = false;
  void exited.then(() => (ended = true));
  const until = performance.now() + START_TIMEOUT_MS;
  while (!ended && performance.now() < until) {
    if (await answers(socket)) return;
    await wait(100);
  }
  throw new Error(
    `VS Code from npm ${ended ? 'ended' : 'did not start'}:\n${fs.readFileSync(logFile, 'utf8').slice(-4000)}`,
  );
}

function answers(socket) {
  return new Promise(resolve => {
    const request = http.get({ socketPath: socket, path: '/healthz', timeout: 2000 }, response => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('error', () => resolve(false));
    request.on('timeout', () => request.destroy());
  });
}
