import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { projectFolder } from './prepare.mjs';

const guard = fileURLToPath(new URL('../../test/vscode-host/lib/guard.cjs', import.meta.url));

/**
 * Runs Node with the arguments, in the project's folder unless told; its output goes to ours. It ends when this process goes.
 * @returns {Promise<{ ok: boolean, reason?: string }>}
 */
export function runNode(args, { env = {}, limitMs, cwd = projectFolder } = {}) {
  const child = spawn(process.execPath, ['--require', guard, ...args], {
    cwd,
    env: { ...process.env, ...env, VSCODE_HOST_GUARD_PARENT: String(process.pid) },
    stdio: 'inherit',
  });
  const forward = signal => child.kill(signal);
  process.on('SIGTERM', forward);
  process.on('SIGINT', ignore); // a terminal sends it to the child as well, which ends by itself
  return new Promise(resolve => {
    let late = false;
    const timer = setTimeout(
      () => {
        late = true;
        child.kill('SIGKILL');
      },
      limitMs ?? 2 ** 31 - 1,
    );
    const done = result => {
      clearTimeout(timer);
      process.off('SIGTERM', forward);
      process.off('SIGINT', ignore);
      resolve(result);
    };
    child.once('error', error => done({ ok: false, reason: error.message }));
    child.once('exit', (code, signal) => {
      if (late) done({ ok: false, reason: `did not end within ${limitMs / 1000} s` });
      else done(code === 0 ? { ok: true } : { ok: false, reason: `exit code ${code ?? signal}` });
    });
  });
}

function ignore() {}
