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
  type SandboxLogin,
} from './commands';

interface BatchOutcome {
  succeeded: string[];
  failed: { id: string; errorCode: number; message: string; traceId: string }[];
}
type CrmRecord = Record<string, unknown> & { _id: string };

describe('records', () => {
  let sandbox: ChildProcess;
  let login: SandboxLogin;
  let connectionId: string;
  const object = 'WebImVisitorObj';

  before(async () => {
    ({ login, process: sandbox } = await startSandbox());
    await removeConnections();
    ({ id: connectionId } = await connect(login));
  });
  afterEach(closeEditors);
  after(async () => {
    await removeConnections();
    sandbox.kill();
  });

  const create = async (name: string) =>
    (await run<{ id: string }>('fxiaoke.record.create', { object, data: { name }, open: false })).id;
  const lifeStatus = async (id: string) =>
    (await run<CrmRecord>('fxiaoke.record.get', { object, id, open: false }))['life_status'];

  it('are reached through the tree, page by page', async () => {
    const { objectsTree } = await testExports();
    const groups = await objectsTree.getChildren();
    const customers = groups.find(({ item }) => item.label === 'Customers & leads');
    const account = (await objectsTree.getChildren(customers)).find(({ item }) => item.description === 'AccountObj');
    const [records, bin] = await objectsTree.getChildren(account);
    assert.deepEqual([records?.item.label, bin?.item.label], ['Records', 'Recycle bin']);
    const firstPage = await objectsTree.getChildren(records);
    assert.equal(firstPage.length, 51);
    const more = firstPage.at(-1)?.item.command;
    assert.ok(more);
    await vscode.commands.executeCommand(more.command, ...((more.arguments ?? []) as unknown[]));
    const secondPage = await objectsTree.getChildren(records);
    assert.equal(secondPage.length, 101);
    const ids = secondPage.slice(0, 100).map(idOf);
    assert.equal(new Set(ids).size, 100);
    assert.deepEqual(ids.slice(0, 50), firstPage.slice(0, 50).map(idOf));
    assert.ok((await objectsTree.getChildren(bin)).length > 0);
  });

  it('open as JSON under their URI', async () => {
    const id = await create('访客甲');
    const record = await run<CrmRecord>('fxiaoke.record.get', { object, id });
    assert.equal(record._id, id);
    const document = await shown('fxiaoke-record', `/${object}/${id}.json`);
    assert.equal(document.uri.toString(), `fxiaoke-record://${connectionId}/${object}/${id}.json`);
    assert.equal(document.languageId, 'json');
    const text = document.getText();
    const parsed = JSON.parse(text) as CrmRecord;
    assert.deepEqual(Object.keys(parsed).slice(0, 2), ['_id', 'name']);
    assert.equal(parsed['name'], '访客甲');
    assert.equal(
      Object.keys(parsed).some(key => key.endsWith('__r')),
      false,
    );
  });

  it('are saved field by field', async () => {
    const id = await create('before');
    await run('fxiaoke.record.get', { object, id });
    const document = await shown('fxiaoke-record', `${id}.json`);
    const edit = new vscode.WorkspaceEdit();
    const at = document.getText().indexOf('"before"');
    edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + 8)), '"after"');
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.ok(await document.save());
    const saved = await run<CrmRecord>('fxiaoke.record.get', { object, id, open: false });
    assert.equal(saved['name'], 'after');
    await until('the new version in the editor', () =>
      document.getText().includes(`"version": "${String(saved['version'])}"`),
    );
  });

  it('stay unsaved, with every letter kept, when the text is not JSON', async () => {
    const id = await create('kept');
    await run('fxiaoke.record.get', { object, id });
    const document = await shown('fxiaoke-record', `${id}.json`);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 1), ' not json ');
    assert.ok(await vscode.workspace.applyEdit(edit));
    const text = document.getText();
    assert.equal(
      await document.save().then(
        saved => saved,
        () => false,
      ),
      false,
    );
    assert.equal(document.isDirty, true);
    assert.equal(document.getText(), text);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    assert.equal((await run<CrmRecord>('fxiaoke.record.get', { object, id, open: false }))['name'], 'kept');
  });

  it('go through their life: invalidate, recover, invalidate, delete', async () => {
    const id = await create('mortal');
    assert.deepEqual(await run('fxiaoke.record.invalidate', { object, ids: [id] }), { succeeded: [id], failed: [] });
    const answer = await shown('fxiaoke-response', 'invalidate WebImVisitorObj.json');
    assert.equal(answer.languageId, 'json');
    assert.match(answer.getText(), /\n {2}"errorCode": 0/);
    assert.equal(await lifeStatus(id), 'invalid');
    assert.deepEqual(await run('fxiaoke.record.recover', { object, ids: [id] }), { succeeded: [id], failed: [] });
    assert.equal(await lifeStatus(id), 'normal');
    await run('fxiaoke.record.invalidate', { object, ids: [id], open: false });
    assert.deepEqual(await run('fxiaoke.record.delete', { object, ids: [id] }), { succeeded: [id], failed: [] });
    await refusal(run('fxiaoke.record.get', { object, id, open: false }));
  });

  it('tell of each of several which failed and why', async () => {
    const [valid, invalid] = [await create('valid'), await create('invalid')];
    await run('fxiaoke.record.invalidate', { object, ids: [invalid], open: false });
    const { succeeded, failed } = await run<BatchOutcome>('fxiaoke.record.delete', { object, ids: [valid, invalid] });
    assert.deepEqual(succeeded, [invalid]);
    assert.deepEqual(
      failed.map(({ id }) => id),
      [valid],
    );
    assert.equal(typeof failed[0]?.errorCode, 'number');
    assert.ok(failed[0]?.message.includes(failed[0].traceId));
    assert.equal(await lifeStatus(valid), 'normal');
  });

  it('change owner, lock and unlock', async () => {
    const id = await create('owned');
    assert.deepEqual(await run('fxiaoke.record.changeOwner', { object, ids: [id], owner: '1001' }), {
      succeeded: [id],
      failed: [],
    });
    assert.deepEqual(await run('fxiaoke.record.lock', { object, ids: [id] }), { succeeded: [id], failed: [] });
    const locked = await run<CrmRecord>('fxiaoke.record.get', { object, id, open: false });
    assert.deepEqual([locked['owner'], locked['lock_status']], [['1001'], '1']);
    assert.deepEqual(await run('fxiaoke.record.unlock', { object, ids: [id] }), { succeeded: [id], failed: [] });
  });

  it('update without an editor', async () => {
    const id = await create('plain');
    assert.deepEqual(await run('fxiaoke.record.update', { object, id, data: { name: 'changed' } }), { id });
    assert.equal((await run<CrmRecord>('fxiaoke.record.get', { object, id, open: false }))['name'], 'changed');
  });

  it('are queried in the shape of the API, custom objects too', async () => {
    const id = await create('查询我');
    const { records, total } = await run<{ records: CrmRecord[]; total: number }>('fxiaoke.record.query', {
      object,
      filters: [{ field_name: 'name', operator: 'EQ', field_values: ['查询我'] }],
      fields: ['_id', 'name'],
    });
    assert.deepEqual([records.map(({ _id }) => _id), total], [[id], 1]);
    await shown('fxiaoke-response', 'query WebImVisitorObj.json');
    const objects = await run<{ apiName: string; kind: string }[]>('fxiaoke.object.list');
    const custom = objects.find(({ kind }) => kind === 'custom');
    assert.ok(custom);
    assert.ok(custom.apiName.endsWith('__c'));
    const result = await run<{ records: CrmRecord[] }>('fxiaoke.record.query', { object: custom.apiName, open: false });
    assert.ok(result.records.length > 0);
  });

  it('show the answer of a refused write too', async () => {
    const data = { name: 'x', no_such_field: 1 };
    const message = await refusal(run('fxiaoke.record.create', { object, data }));
    const answer = await shown('fxiaoke-response', 'create WebImVisitorObj.json');
    const { errorCode, traceId } = JSON.parse(answer.getText()) as { errorCode: number; traceId: string };
    assert.ok(message.includes(String(errorCode)) && message.includes(traceId));
  });

  it('take the owner in the shape of the API too', async () => {
    const id = await create('handed over');
    await run('fxiaoke.record.changeOwner', { object, ids: [id], owner: ['1001'], open: false });
    assert.deepEqual((await run<CrmRecord>('fxiaoke.record.get', { object, id, open: false }))['owner'], ['1001']);
  });

  for (const wrong of [
    { filters: 'name = x' },
    { filters: [{ field_name: 'name', operator: 'EQ', field_values: 'x' }] },
    { orders: [{ fieldName: 'name' }] },
  ]) {
    it(`are not queried by ${JSON.stringify(wrong)}, which is not the shape of the API`, async () => {
      const message = await refusal(run('fxiaoke.record.query', { object, open: false, ...wrong }));
      assert.match(message, /The argument (filters|orders) does not have the shape/);
    });
  }

  it('are described', async () => {
    const describe = await run<{ api_name: string; fields: object }>('fxiaoke.object.describe', {
      object: 'AccountObj',
    });
    assert.equal(describe.api_name, 'AccountObj');
    assert.ok('account_level' in describe.fields);
    await shown('fxiaoke-response', 'describe AccountObj.json');
  });

  const wrong = [
    {
      what: 'an unknown object',
      id: 'fxiaoke.record.get',
      argument: { object: 'NoSuchObj', id: '64f0c0ffee00000000000001' },
    },
    {
      what: 'a record that does not exist',
      id: 'fxiaoke.record.get',
      argument: { object, id: '64f0c0ffee00000000000001' },
    },
    { what: 'a query over the limit', id: 'fxiaoke.record.query', argument: { object, limit: 101 } },
    {
      what: 'a query with an offset beyond 10,000',
      id: 'fxiaoke.record.query',
      argument: { object, limit: 100, offset: 10_100 },
    },
    {
      what: 'an unknown field',
      id: 'fxiaoke.record.create',
      argument: { object, data: { name: 'x', no_such_field: 1 } },
    },
  ] as const;
  for (const { what, id, argument } of wrong) {
    it(`refuse ${what} with the code and the trace id`, async () => {
      assert.match(await refusal(run(id, { ...argument, open: false })), /\b\d{5}\b.*traceId E-O\./);
    });
  }

  it('cannot be changed in a read-only tenant, whatever the entry point', async () => {
    const id = await create('protected');
    await connect(login, { name: 'Guarded', role: 'readOnly' });
    const outcomes = await Promise.all([
      refusal(run('fxiaoke.record.invalidate', { object, ids: [id], connection: 'Guarded' })),
      refusal(run('fxiaoke.record.update', { object, id, data: { name: 'x' }, connection: 'Guarded' })),
      refusal(run('fxiaoke.record.create', { object, data: { name: 'x' }, connection: 'Guarded' })),
    ]);
    for (const message of outcomes) assert.match(message, /Guarded is read-only/);
    assert.equal(await lifeStatus(id), 'normal');
    await run('fxiaoke.connection.select', { id: connectionId });
  });

  it('are explained when the sandbox is gone, and are there again afterwards', async () => {
    const other = await startSandbox();
    const { id } = await connect(other.login, { name: 'Short-lived' });
    other.process.kill();
    await new Promise(resolve => other.process.once('exit', resolve));
    const message = await refusal(run('fxiaoke.record.query', { object, connection: id, open: false }));
    assert.match(message, /could not be reached.*ECONNREFUSED/);
    await run('fxiaoke.connection.remove', { id });
    await run('fxiaoke.connection.select', { id: connectionId });
    assert.ok(await create('alive'));
  });
});

function idOf(node: TreeNode): unknown {
  return node.argument?.['id'];
}
