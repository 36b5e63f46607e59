import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import { connect, refusal, removeConnections, run, startSandbox, testExports } from './commands';

describe('objects', () => {
  let sandbox: ChildProcess;
  let connection: string;
  const object = 'LeadsObj';
  const pinned = async () => {
    const { objectsTree } = await testExports();
    const nodes = await objectsTree.getChildren();
    return nodes
      .filter(({ item }) => item.contextValue === 'fxiaoke.object.pinned')
      .map(({ item }) => item.description);
  };

  before(async () => {
    const started = await startSandbox();
    sandbox = started.process;
    await removeConnections();
    ({ id: connection } = await connect(started.login));
  });
  after(async () => {
    await removeConnections();
    sandbox.kill();
  });

  const commands = [
    'fxiaoke.object.list',
    'fxiaoke.object.describe',
    'fxiaoke.object.refresh',
    'fxiaoke.object.pin',
    'fxiaoke.object.unpin',
    'fxiaoke.object.copyApiName',
  ] as const;
  for (const command of commands)
    it(`refuse a connection that does not exist: ${command}`, async () => {
      assert.match(await refusal(run(command, { object, connection: 'nobody' })), /no connection “nobody”/);
    });

  it('are pinned to the top and unpinned by name', async () => {
    await run('fxiaoke.object.pin', { object });
    await run('fxiaoke.object.pin', { object: 'ContactObj', connection });
    assert.deepEqual(await pinned(), [object, 'ContactObj']);
    await run('fxiaoke.object.unpin', { object });
    await run('fxiaoke.object.unpin', { object: 'ContactObj', connection });
    assert.deepEqual(await pinned(), []);
  });

  it('say that none is pinned', async () => {
    assert.match(await refusal(run('fxiaoke.object.unpin', {})), /No object is pinned/);
  });

  it('copy their API name', async () => {
    await run('fxiaoke.object.copyApiName', { object });
    assert.equal(await vscode.env.clipboard.readText(), object);
  });

  it('show records that came from elsewhere after a refresh of theirs alone', async () => {
    const { objectsTree } = await testExports();
    await run('fxiaoke.object.pin', { object });
    const first = async () => {
      const [leads] = await objectsTree.getChildren();
      const [records] = await objectsTree.getChildren(leads);
      return (await objectsTree.getChildren(records))[0]?.item.label;
    };
    const before = await first();
    const name = `From elsewhere ${Date.now()}`;
    // As a file would send it: nothing tells the tree.
    const document = await vscode.workspace.openTextDocument({
      language: 'fxiaoke-request',
      content: `POST /cgi/crm/v2/data/create\n\n{"data":{"object_data":{"dataObjectApiName":"${object}","name":"${name}"}}}\n`,
    });
    const { errorCode } = await run<{ errorCode: number }>('fxiaoke.request.send', { uri: document.uri, open: false });
    assert.equal(errorCode, 0);
    assert.equal(await first(), before);
    await run('fxiaoke.object.refresh', { object });
    assert.equal(await first(), name);
    await run('fxiaoke.object.unpin', { object });
  });

  it('need neither argument nor tenant to be named where none is needed', async () => {
    await removeConnections();
    await run('fxiaoke.object.copyApiName', { object: 'AccountObj' });
    assert.equal(await vscode.env.clipboard.readText(), 'AccountObj');
    assert.match(await refusal(run('fxiaoke.object.refresh', {})), /^There is no connection yet/);
  });
});
