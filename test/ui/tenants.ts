import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Workbench } from './workbench';

/** What the sandbox says when it listens. */
export interface Login {
  url: string;
  appId: string;
  appSecret: string;
  permanentCode: string;
  userId: string;
}

/** A tenant of the tests' own, in a process that they end. */
export async function startTenant(): Promise<{ login: Login; process: ChildProcess }> {
  const child = fork(path.resolve(__dirname, '../../../dist/sandbox.js'), [], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [login] = (await once(child, 'message')) as [Login];
  return { login, process: child };
}

/** The first half of the form that adds a connection. */
export async function beginConnection(window: Workbench, host: string, name: string): Promise<void> {
  await window.pick('Another host');
  await window.answer('Host of the OpenAPI', host);
  await window.answer('A name for this tenant', name);
  await window.pick('Client credentials');
}

export async function finishConnection(window: Workbench, login: Login, role = 'development'): Promise<void> {
  await window.answer('App ID', login.appId);
  await window.answer('App secret', login.appSecret);
  await window.answer('Permanent code', login.permanentCode);
  await window.answer('Employee ID', login.userId);
  await window.pick(role);
}

/** Adds a connection by its form, as a person does; it is the one at work afterwards. */
export async function addConnection(window: Workbench, login: Login, name: string, role?: string): Promise<void> {
  await window.command('Fxiaoke: Add Connection');
  await beginConnection(window, login.url, name);
  await finishConnection(window, login, role);
  await window.statusItem(name).waitFor();
}

/** No token that the tenant gave is good any more. */
export async function expireTokens({ url, appSecret }: Login): Promise<void> {
  const options = { method: 'DELETE', headers: { 'x-sandbox-secret': appSecret } };
  const { ok, status } = await fetch(`${url}/sandbox/admin/tokens`, options);
  if (!ok) throw new Error(`The tenant did not expire its tokens (HTTP ${status}).`);
}
