// Starts the sandbox alone and prints its one line of JSON: npm run sandbox -- [--port N] [--records N] [--seed N]
// Works on a fresh clone: installs and builds first when that is needed. Chatter goes to stderr.
import { fork, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const bundle = path.join(root, 'dist', 'sandbox.js');

function run(command, args) {
  // Windows finds npm only through a shell. stdout must stay free for the one line.
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error(`${command} ${args.join(' ')} failed.`);
    process.exit(1);
  }
}

const newest = folder =>
  Math.max(
    ...readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter(entry => entry.isFile())
      .map(entry => statSync(path.join(entry.parentPath ?? entry.path, entry.name)).mtimeMs),
  );

function isStale() {
  if (!existsSync(bundle)) return true;
  return Math.max(...['sandbox', 'base'].map(name => newest(path.join(root, 'src', name)))) > statSync(bundle).mtimeMs;
}

if (!existsSync(path.join(root, 'node_modules', 'esbuild'))) run('npm', ['ci', '--no-audit', '--no-fund']);
if (isStale()) run(process.execPath, ['esbuild.js']);

const child = fork(bundle, process.argv.slice(2), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
// The sandbox ends by itself when the channel to it closes; a signal asks it to.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill('SIGTERM'));
child.on('exit', code => process.exit(code ?? 0));
