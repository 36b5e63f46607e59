import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import type { TreeNode } from '../../src/base/vscode/nodeTree';
import {
  closeEditors,
  connect,
  refusal,
  removeConnections,
  run,
  shown,
  startSandbox,
  testExports,
  until,
} from './commands';

interface Entry {
  id: string;
  title: string;
  operation: string;
  object?: string;
  errorCode: number;
  milliseconds: number;
  traceId: string;
  thirdTraceId: string;
  request?: string;
}

describe('history', () => {
  let sandbox: ChildProcess;
  const list = () => run<Entry[]>('fxiaoke.history.list');
  const operations = async () => (await list()).map(({ operation, object }) => `${operation} ${object ?? ''}`.trim());
  const labelOf = ({ label }: vscode.TreeItem) => (typeof label === 'string' ? label : (label?.label ?? ''));
  const nodes = async () => await (await testExports()).historyTree.getChildren();

  before(async () => {
    const started = await startSandbox();
    sandbox = started.process;
    await removeConnections();
    await connect(started.login);
  });
  beforeEach(() => run('fxiaoke.history.clear', {}));
  afterEach(closeEditors);
  after(async () => {
    await removeConnections();
    sandbox.kill();
  });

  const create = async (name: string) =>
    (await run<{ id: string }>('fxiaoke.record.create', { object: 'AccountObj', data: { name }, open: false })).id;

  it('has the answers of all commands, those that were not opened too, newest first', async () => {
    const id = await create('In the history');
    await run('fxiaoke.record.get', { object: 'AccountObj', id });
    await run('fxiaoke.record.query', { object: 'AccountObj', limit: 1, open: false });
    await run('fxiaoke.record.update', { object: 'AccountObj', id, data: { name: 'Still there' }, open: false });
    await refusal(run('fxiaoke.record.get', { object: 'NoSuchObj', id, open: false }));
    assert.deepEqual(await operations(), [
      'get NoSuchObj',
      'update AccountObj',
      'query AccountObj',
      'get AccountObj',
      'create AccountObj',
    ]);
    const labels = (await nodes()).map(({ item }) => item.label);
    assert.deepEqual(labels[3], 'get AccountObj In the history');
  });

  it('has nothing of what the tree reads for itself', async () => {
    await run('fxiaoke.object.list', { refresh: true });
    assert.deepEqual(await operations(), []);
  });

  it('explains a failed one below it, with the trace ids to copy', async () => {
    await refusal(run('fxiaoke.record.get', { object: 'NoSuchObj', id: 'x', open: false }));
    const [entry] = await list();
    const [node] = await nodes();
    const below = ((await node!.children!()) as TreeNode[]).map(({ item }) => labelOf(item));
    assert.match(below[0]!, new RegExp(`^${entry!.errorCode} `));
    const copied = await run<string>('fxiaoke.history.copyTraceIds', { id: entry!.id });
    assert.equal(copied, `traceId ${entry!.traceId}\nthirdTraceId ${entry!.thirdTraceId}`);
    assert.equal(await vscode.env.clipboard.readText(), copied);
    assert.ok(below.at(-1)!.includes(entry!.traceId));
  });

  it('opens an answer again', async () => {
    await create('Seen again');
    const [entry] = await list();
    await run('fxiaoke.history.open', { id: entry!.id });
    const document = await shown('fxiaoke-response', 'create AccountObj.json');
    assert.match(document.getText(), /"errorCode": 0/);
  });

  it('does not keep an answer twice that is opened', async () => {
    await run('fxiaoke.record.query', { object: 'AccountObj', limit: 1 });
    await shown('fxiaoke-response', 'query AccountObj.json');
    assert.equal((await list()).length, 1);
  });

  it('repeats a call through the gate, and opens it as a request', async () => {
    await create('Again');
    const [entry] = await list();
    const { errorCode } = await run<{ errorCode: number }>('fxiaoke.history.repeat', { id: entry!.id, open: false });
    assert.equal(errorCode, 0);
    assert.deepEqual(await operations(), ['create AccountObj', 'create AccountObj']);
    const text = await run<string>('fxiaoke.history.copyAsRequest', { id: entry!.id });
    assert.match(text, /^### create AccountObj\n# @connection Test\nPOST \/cgi\/crm\/v2\/data\/create\n\n\{\n/);
    const editor = await until('a request file', () => vscode.window.activeTextEditor);
    assert.equal(editor.document.getText(), text);
  });

  it('repeats nothing in a tenant that the connection leads to only now', async () => {
    const { login, process } = await startSandbox();
    const { id } = await connect(login, { name: 'Moving' });
    const data = { name: 'Here' };
    await run('fxiaoke.record.create', { object: 'AccountObj', data, connection: id, open: false });
    const [entry] = await list();
    const other = await startSandbox();
    const { url, appId, appSecret, permanentCode } = other.login;
    await run('fxiaoke.connection.edit', { id, host: url, appId, appSecret, permanentCode });
    const message = await refusal(run('fxiaoke.history.repeat', { id: entry!.id, open: false }));
    assert.match(message, /^Nothing was sent\. This went to .+, and the connection Moving leads to /);
    assert.equal((await list()).length, 1);
    await run('fxiaoke.connection.remove', { id });
    for (const each of [process, other.process]) each.kill();
    await run('fxiaoke.connection.select', { id: 'Test' });
  });

  it('compares two, the older one on the left', async () => {
    await create('One');
    await create('Two');
    const [newer, older] = await list();
    const compared = await run<Entry[]>('fxiaoke.response.compare', { ids: [newer!.id, older!.id] });
    assert.deepEqual(
      compared.map(({ id }) => id),
      [older!.id, newer!.id],
    );
    await until('a diff', () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputTextDiff;
    });
  });

  it('saves an answer as a file', async () => {
    await create('Saved');
    const [entry] = await list();
    const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, 'saved.json');
    await run('fxiaoke.history.save', { id: entry!.id, uri: uri.toString() });
    const text = Buffer.from(await vscode.workspace.fs.readFile(uri)).toString();
    assert.equal((JSON.parse(text) as { errorCode: number }).errorCode, 0);
  });

  it('refuses what it does not have', async () =>
    assert.match(await refusal(run('fxiaoke.history.open', { id: 'nothing' })), /no longer in the history/));
});
