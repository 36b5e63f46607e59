import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { SandboxLogin } from '../src/sandbox/sandboxProcess';

/** The sandbox that ships, in a process of its own. */
export interface RunningSandbox {
  readonly login: SandboxLogin;
  /** Milliseconds from its start until it listens. */
  readonly readyAfter: number;
  /** Resident memory in MB; undefined where the system does not tell it in a file. */
  memory(): number | undefined;
  stop(): Promise<void>;
}

export async function startSandbox(...args: string[]): Promise<RunningSandbox> {
  const started = performance.now();
  const child = fork(path.resolve('dist/sandbox.js'), args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const login = await new Promise<SandboxLogin>((resolve, reject) => {
    child.once('message', message => resolve(message as SandboxLogin));
    child.once('exit', code => reject(new Error(`The sandbox ended with code ${code ?? 'none'}.`)));
  });
  return {
    login,
    readyAfter: performance.now() - started,
    memory: () => residentMemory(child.pid ?? 0),
    stop: () =>
      new Promise(resolve => {
        child.once('exit', () => resolve());
        child.kill();
      }),
  };
}

function residentMemory(pid: number): number | undefined {
  try {
    const [, kilobytes] = /^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}

/** Runs the work with a sandbox, which is gone afterwards. */
export async function withSandbox<T>(args: string[], work: (sandbox: RunningSandbox) => Promise<T>): Promise<T> {
  const sandbox = await startSandbox(...args);
  try {
    return await work(sandbox);
  } finally {
    await sandbox.stop();
  }
}

export const withoutLimits = ['--rate-limit', 'off', '--token-limit', 'off'];
