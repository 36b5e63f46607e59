// VS Code's own server: `lib/vscode/out/server-main.js` of the npm package code-server.
import { execFileSync, spawn } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installEdition, nodeBinary } from './editions.mjs';

const guard = fileURLToPath(new URL('./guard.cjs', import.meta.url));
const START_TIMEOUT_MS = 60_000;

const wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

/** Built-in extensions that only slow a test down, need a network or need modules that are not installed. */
const unwantedBuiltins = new RegExp(
  '^(copilot|git|git-base|github|tunnel-forwarding|mermaid-.*|ms-vscode\\..*|debug-auto-launch|merge-conflict|npm|' +
    'grunt|gulp|jake|php-language-features|extension-editing|terminal-suggest|typescript-language-features)$',
);

/** A folder of links to the built-in extensions worth having. */
export function linkBuiltinExtensions(root, folder) {
  const from = path.join(root, 'extensions');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  for (const name of fs.readdirSync(from)) {
    const wanted = !unwantedBuiltins.test(name) && fs.existsSync(path.join(from, name, 'package.json'));
    if (wanted) fs.symlinkSync(path.join(from, name), path.join(folder, name), 'dir');
  }
  return folder;
}

/** The environment without what would make this server believe that it belongs to another one. */
export function cleanEnvironment(extra = {}) {
  const environment = { ...process.env, EXTENSIONS_GALLERY: '{}', ...extra }; // no marketplace: nothing is looked up
  const foreign = [
    'VSCODE_IPC_HOOK_CLI',
    'ELECTRON_RUN_AS_NODE',
    'CODE_SERVER_PARENT_PID',
    'NODE_OPTIONS',
    'VSCODE_DEV',
  ];
  for (const name of foreign) delete environment[name];
  return environment;
}

/** `code --install-extension x.vsix` and the like; returns what it prints. */
export function runCli(args, chosen = installEdition()) {
  return execFileSync(nodeBinary(), [chosen.serverMain, ...args], {
    encoding: 'utf8',
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** A child in a process group of its own, which goes when this process goes, however that happens. */
export function spawnGuarded(node, args, { env, stdio = ['ignore', 'pipe', 'pipe'] }) {
  return spawn(node, ['--require', guard, ...args], {
    env: { ...env, VSCODE_HOST_GUARD_PARENT: String(process.pid) },
    detached: true,
    stdio,
  });
}

export function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // it has gone
  }
}

function serverArguments(chosen, token, options) {
  const { userDataDir, extensionsDir, log, workspaceTrust, smokeTestDriver, proposedApi } = options;
  const serverData = path.join(userDataDir, 'server');
  const builtins = linkBuiltinExtensions(chosen.root, path.join(serverData, 'builtin-extensions'));
  return [
    chosen.serverMain,
    ...['--host', '127.0.0.1', '--port', '0', '--connection-token', token],
    ...['--accept-server-license-terms', '--telemetry-level', 'off', '--disable-update-check'],
    ...['--disable-getting-started-override', '--disable-experiments', '--force-disable-user-env'],
    ...['--without-browser-env-var', '--log', log, '--server-data-dir', serverData],
    ...['--user-data-dir', userDataDir, '--extensions-dir', extensionsDir, '--builtin-extensions-dir', builtins],
    ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
    ...(smokeTestDriver ? ['--enable-smoke-test-driver'] : []),
    ...proposedApi.flatMap(id => ['--enable-proposed-api', id]),
  ];
}

/**
 * Starts the server and waits until it listens.
 * `smokeTestDriver` is what makes it heed extensionDevelopmentPath and extensionTestsPath in the page's URL.
 */
export async function startServer(options) {
  const { env = {}, onOutput = () => {} } = options;
  const chosen = installEdition();
  const token = crypto.randomBytes(16).toString('hex');
  const args = serverArguments(chosen, token, {
    log: 'info',
    workspaceTrust: false,
    smokeTestDriver: false,
    proposedApi: [],
    ...options,
  });
  const child = spawnGuarded(nodeBinary(), args, { env: cleanEnvironment(env) });
  const killAtExit = () => signalGroup(child, 'SIGKILL');
  process.once('exit', killAtExit);

  let output = '';
  const exited = new Promise(resolve => child.once('exit', (code, signal) => resolve(code ?? signal)));
  const listening = new Promise((resolve, reject) => {
    const fail = what => reject(new Error(`The VS Code server ${what}:\n${output}`));
    const timer = setTimeout(() => fail(`did not start within ${START_TIMEOUT_MS} ms`), START_TIMEOUT_MS);
    const read = data => {
      output = (output + data).slice(-20_000);
      onOutput(String(data));
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (!port) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    void exited.then(code => {
      clearTimeout(timer);
      fail(`ended (${code})`);
    });
  });
  const port = await listening;
  return {
    token,
    exited,
    pid: child.pid,
    authority: `127.0.0.1:${port}`,
    output: () => output,
    async stop() {
      signalGroup(child, 'SIGTERM');
      await Promise.race([exited, wait(2000)]);
      signalGroup(child, 'SIGKILL');
      await exited;
      process.off('exit', killAtExit);
    },
  };
}
