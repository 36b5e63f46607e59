// Installs a folder's packages when what its lockfile names is not there. Node builtins only.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const read = file => {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return undefined;
  }
};

/** Whether `npm ci` has something to do: npm keeps a list of what it installed beside it. */
export function isInstalled(folder) {
  const wanted = read(path.join(folder, 'package-lock.json'));
  const present = read(path.join(folder, 'node_modules/.package-lock.json'));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(
    ([name, { version, optional, peer }]) =>
      !name.startsWith('node_modules/') || optional || peer || present[name]?.version === version,
  );
}

/** The npm that runs this script, or the one on the PATH. */
function npmCommand() {
  const running = process.env.npm_execpath;
  if (running && /npm-cli\.[cm]?js$/.test(running)) return { command: process.execPath, args: [running], shell: false };
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

const explanations = [
  [
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|network)\b/i,
    'The npm registry could not be reached: check the network, and npm’s "registry" and "proxy" settings.',
  ],
  [/\bE40[13]\b/, 'The npm registry refused to answer: check npm’s "registry" setting and its credentials.'],
  [/\bE404\b|ETARGET/, 'The npm registry does not have a package that is needed: is it a mirror that lags behind?'],
  [/\b(EACCES|EPERM|EROFS)\b/, 'A folder could not be written: does the clone belong to another user?'],
  [/\bENOSPC\b/, 'The disk is full: about 1.5 GB are needed for packages and editors.'],
  [/\bEUSAGE\b/, 'package.json and package-lock.json do not belong together: run "npm install" once.'],
];

/** Runs `npm ci` in the folder when needed; throws an error that says in words what went wrong. */
export function ensureInstalled(folder, what) {
  if (isInstalled(folder)) return false;
  console.error(`Installing ${what} …`);
  const { command, args, shell } = npmCommand();
  const result = spawnSync(
    command,
    [
      ...args,
      'ci',
      '--ignore-scripts',
      '--include=dev',
      '--include=optional',
      '--engine-strict=false',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ],
    { cwd: folder, encoding: 'utf8', shell, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 },
  );
  if (result.error?.code === 'ENOENT')
    throw new Error('npm was not found on the PATH: install Node together with npm.');
  if (result.error) throw result.error;
  if (result.status !== 0) {
    const output = `${result.stdout}${result.stderr}`.trim();
    const why = explanations.find(([pattern]) => pattern.test(output))?.[1] ?? 'npm says why:';
    throw new Error(`Packages could not be installed in ${folder}. ${why}\n\n${output}`);
  }
  return true;
}
