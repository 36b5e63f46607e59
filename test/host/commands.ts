import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TestExports } from '../../src/extension';
import type { CommandId } from '../../src/commands';

export { setFaults } from '../support/faults';

const projectFolder = path.resolve(__dirname, '../../..');

/** The line that the sandbox prints when it listens. */
export interface SandboxLogin {
  url: string;
  appId: string;
  appSecret: string;
  permanentCode: string;
  ea: string;
  userId: string;
}

/** A sandbox of the tests' own, which they may stop. */
export async function startSandbox(): Promise<{ login: SandboxLogin; process: ChildProcess }> {
  // The suites sign in more often than ten times a minute.
  const child = fork(path.join(projectFolder, 'dist/sandbox.js'), ['--token-limit', 'off'], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const login = await new Promise<SandboxLogin>((resolve, reject) => {
    child.once('message', message => resolve(message as SandboxLogin));
    child.once('exit', code => reject(new Error(`The sandbox ended with ${code ?? 'a signal'}`)));
  });
  return { login, process: child };
}

export function run<T = unknown>(id: CommandId, argument?: object): Promise<T> {
  return Promise.resolve(vscode.commands.executeCommand<T>(id, ...(argument ? [argument] : [])));
}

export function connect(login: SandboxLogin, more: object = {}): Promise<{ id: string; name: string; ea: string }> {
  const { url, appId, appSecret, permanentCode, userId } = login;
  return run('fxiaoke.connection.add', { name: 'Test', host: url, appId, appSecret, permanentCode, userId, ...more });
}

/** The message of a rejection, which must come. */
export async function refusal(promise: PromiseLike<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof Error);
    return error.message;
  }
  return assert.fail('It should have been refused');
}

export async function testExports(): Promise<TestExports> {
  const extension = vscode.extensions.getExtension<TestExports | undefined>('crm-devkit.fxiaoke-crm');
  const exports = await extension?.activate();
  assert.ok(exports);
  return exports;
}

/** Asks until there is an answer. */
export async function until<T>(what: string, get: () => T | undefined | false): Promise<T> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const value = get();
    if (value !== undefined && value !== false) return value;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  return assert.fail(`Waited in vain for ${what}`);
}

/** The text of the editor that shows a document of that scheme whose path ends so. */
export function shown(scheme: string, ending: string): Promise<vscode.TextDocument> {
  return until(`${scheme} …${ending}`, () =>
    vscode.window.visibleTextEditors
      .map(editor => editor.document)
      .find(({ uri }) => uri.scheme === scheme && uri.path.endsWith(ending)),
  );
}

/** A file of its own for each: the name of a closed untitled document is given away before the editor let go of it. */
export function openRequests(content: string): Thenable<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const file = path.join(folder, `${String(fs.readdirSync(folder).length)}.fxhttp`);
  fs.writeFileSync(file, content);
  return vscode.workspace.openTextDocument(file);
}

export async function closeEditors(): Promise<void> {
  const untitled = vscode.window.visibleTextEditors.map(({ document }) => document).filter(each => each.isUntitled);
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  // VS Code would hand out the name, and the text, of one that is still being closed.
  await until('the end of all editors', () => vscode.window.visibleTextEditors.length === 0);
  await until('the end of what is not saved', () => untitled.every(({ isClosed }) => isClosed));
}

/** Removes every connection, so that each suite starts with none. */
export async function removeConnections(): Promise<void> {
  const list = await run<{ id: string }[]>('fxiaoke.connection.list');
  for (const { id } of list) await run('fxiaoke.connection.remove', { id });
}

/** Files below a folder that hold one of the texts, in any of the encodings in which they may be written. */
export function filesWith(folder: string, texts: readonly string[]): string[] {
  const needles = texts.flatMap(text => [Buffer.from(text), Buffer.from(text, 'utf16le')]);
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath, entry.name))
    .filter(file => {
      const content = fs.readFileSync(file);
      return needles.some(needle => content.includes(needle));
    });
}
