// Starts the sandbox alone and prints its one line of JSON: npm run sandbox -- [--port N] [--records N] [--seed N]
// Works on a fresh clone: installs and builds first when that is needed. Chatter goes to stderr.
import { fork } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { prepare, projectFolder } from './lib/prepare.mjs';
import { runNode } from './lib/run.mjs';

const bundle = path.join(projectFolder, 'dist', 'sandbox.js');

const newest = folder =>
  Math.max(
    ...readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter(entry => entry.isFile())
      .map(entry => statSync(path.join(entry.parentPath ?? entry.path, entry.name)).mtimeMs),
  );

function isStale() {
  if (!existsSync(bundle)) return true;
  const source = ['sandbox', 'base'].map(name => newest(path.join(projectFolder, 'src', name)));
  return Math.max(...source) > statSync(bundle).mtimeMs;
}

async function main() {
  prepare();
  if (isStale()) {
    const { ok, reason } = await runNode(['esbuild.js']);
    if (!ok) throw new Error(`The build failed: ${reason}.`);
  }
  const child = fork(bundle, process.argv.slice(2), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  // The sandbox ends by itself when the channel to it closes; a signal asks it to.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill('SIGTERM'));
  child.on('exit', code => process.exit(code ?? 0));
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
