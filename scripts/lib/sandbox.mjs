import path from 'node:path';
import readline from 'node:readline';
import { spawnGuarded } from '../../test/vscode-host/lib/server.mjs';
import { projectFolder } from './prepare.mjs';

const START_TIMEOUT_MS = 30_000;

/**
 * Starts the local OpenAPI server, which says on one line where it listens and how to sign in.
 * @returns {Promise<{ child: import('node:child_process').ChildProcess, credentials: {
 *   url: string, appId: string, appSecret: string, permanentCode: string, ea: string, userId: string } }>}
 */
export async function startSandbox(session) {
  const script = path.join(projectFolder, 'dist/sandbox.js');
  const child = session.own(
    spawnGuarded(process.execPath, [script], { env: process.env, stdio: ['pipe', 'pipe', 'pipe'] }),
  );
  let errors = '';
  child.stderr.on('data', data => (errors = (errors + data).slice(-4000)));
  const line = await new Promise((resolve, reject) => {
    const fail = what => reject(new Error(`The sandbox ${what}.\n${errors}`));
    const timer = setTimeout(() => fail(`did not start within ${START_TIMEOUT_MS / 1000} s`), START_TIMEOUT_MS);
    readline.createInterface({ input: child.stdout }).once('line', text => {
      clearTimeout(timer);
      resolve(text);
    });
    child.once('exit', code => {
      clearTimeout(timer);
      fail(`ended at once (${code})`);
    });
  });
  return { child, credentials: JSON.parse(line) };
}
