import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import { closeEditors, connect, refusal, removeConnections, run, shown, startSandbox, testExports } from './commands';

const object = 'WebImVisitorObj';

describe('what can be done with a record', () => {
  let sandbox: ChildProcess;
  let connection: string;
  let twin: string;
  let id: string;

  before(async () => {
    const { login, process } = await startSandbox();
    sandbox = process;
    await removeConnections();
    ({ id: twin } = await connect(login, { name: 'Twin' }));
    ({ id: connection } = await connect(login, { name: 'Main' }));
    await run('fxiaoke.connection.select', { id: connection });
  });
  beforeEach(async () => {
    id = await create('one');
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await closeEditors();
  });
  after(async () => {
    // A tree in sight asks on its own.
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    await removeConnections();
    sandbox.kill();
  });

  const create = async (name: string) =>
    (await run<{ id: string }>('fxiaoke.record.create', { object, data: { name }, open: false })).id;
  const openRecord = async () => {
    await run('fxiaoke.record.get', { object, id });
    return shown('fxiaoke-record', `${id}.json`);
  };
  const type = async (document: vscode.TextDocument, from: string, to: string) => {
    const at = document.getText().indexOf(from);
    assert.ok(at >= 0, from);
    const edit = new vscode.WorkspaceEdit();
    const range = new vscode.Range(document.positionAt(at), document.positionAt(at + from.length));
    edit.replace(document.uri, range, to);
    assert.ok(await vscode.workspace.applyEdit(edit));
  };
  const uriOf = (of: string, tenant = connection) => `fxiaoke-record://${tenant}/${object}/${of}.json`;
  const textOf = async (uri: string) =>
    (await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true))).getText();
  const activeDiff = () => {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputTextDiff);
    return [input.original.toString(), input.modified.toString()];
  };

  it('shows the answer as it came', async () => {
    const body = await run<{ errorCode: number; data: Record<string, unknown> }>('fxiaoke.record.showResponse', {
      object,
      id,
    });
    assert.deepEqual([body.errorCode, body.data['_id']], [0, id]);
    const document = await shown('fxiaoke-response', '.json');
    assert.match(document.getText(), /"errorCode"/);
  });

  it('is compared with another record', async () => {
    const other = await create('two');
    const sides = await run<{ left: string; right: string }>('fxiaoke.record.compare', { object, id, with: other });
    assert.deepEqual(sides, { left: uriOf(id), right: uriOf(other) });
    assert.deepEqual(activeDiff(), [uriOf(id), uriOf(other)]);
    assert.deepEqual(
      [(await textOf(sides.left)).includes('"one"'), (await textOf(sides.right)).includes('"two"')],
      [true, true],
    );
  });

  it('is compared with the other one that is selected', async () => {
    const other = await create('two');
    const { right } = await run<{ right: string }>('fxiaoke.record.compare', { object, ids: [id, other] });
    assert.equal(right, uriOf(other));
  });

  it('is compared with the same id in another tenant, and says why where that has none', async () => {
    const sides = await run('fxiaoke.record.compareTenants', { object, id, with: 'Twin' });
    assert.deepEqual(sides, { left: uriOf(id), right: uriOf(id, twin) });
    const missing = { object, id: '64f0c0ffee00000000000001', with: 'Twin' };
    assert.match(await refusal(run('fxiaoke.record.compareTenants', missing)), /traceId/);
  });

  it('is compared, once changed, with what was read', async () => {
    const document = await openRecord();
    await type(document, '"one"', '"changed"');
    const { left, right } = await run<{ left: string; right: string }>('fxiaoke.record.compareWithLastRead', {
      object,
      id,
    });
    assert.deepEqual([right, document.isDirty], [uriOf(id), true]);
    assert.match(await textOf(left), /"one"/);
  });

  it('is read anew and compared with what was read before', async () => {
    await openRecord();
    // As somebody else would: this window is told nothing.
    await run('fxiaoke.record.update', { object, id, data: { name: 'elsewhere' }, connection: twin, open: false });
    const { left, right } = await run<{ left: string; right: string }>('fxiaoke.record.compareWithLastRead', {
      object,
      id,
    });
    assert.match(await textOf(left), /"one"/);
    assert.match(await textOf(right), /"elsewhere"/);
  });

  it('is copied as the request that reads it, and as the update where it was changed', async () => {
    const get = await run<string>('fxiaoke.record.copyAsRequest', { object, id });
    assert.match(get, /^### get WebImVisitorObj\n# @connection Main\nPOST \/cgi\/crm\/v2\/data\/get\n/);
    assert.ok(get.includes(id));
    await type(await openRecord(), '"one"', '"changed"');
    const update = await run<string>('fxiaoke.record.copyAsRequest', { object, id });
    assert.match(update, /POST \/cgi\/crm\/v2\/data\/update\n/);
    assert.match(update, /"name": "changed"/);
    assert.equal(await vscode.env.clipboard.readText(), update);
  });

  it('is copied as a cURL command without secrets', async () => {
    const text = await run<string>('fxiaoke.record.copyAsCurl', { object, id });
    assert.match(text, /^curl /);
    assert.ok(text.includes(id) && text.includes('/cgi/crm/v2/data/get'));
    assert.ok(text.includes('"$FXIAOKE_ACCESS_TOKEN"'));
  });

  it('is found in the tree, or its folder is', async () => {
    const { objectsTree } = await testExports();
    await objectsTree.getChildren();
    assert.equal(await run('fxiaoke.record.reveal', { object, id }), true);
    const message = await refusal(run('fxiaoke.record.reveal', { object, id, connection: 'Twin' }));
    assert.match(message, /Select Twin/);
  });
});
