import assert from 'node:assert/strict';
import net, { type AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { filesWith, refusal, removeConnections, run, testExports, until } from './commands';

describe('the embedded sandbox', () => {
  before(removeConnections);
  after(async () => {
    await run('fxiaoke.sandbox.stop');
    await removeConnections();
  });

  it('starts, connects and is active', async () => {
    const { url, connectionId } = await run<{ url: string; connectionId: string }>('fxiaoke.sandbox.start', {});
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
    const list = await run<{ id: string; active: boolean }[]>('fxiaoke.connection.list');
    assert.deepEqual(
      list.map(({ id, active }) => [id, active]),
      [[connectionId, true]],
    );
    assert.ok((await run<unknown[]>('fxiaoke.object.list')).length > 200);
  });

  it('is one and the same when it is started twice', async () => {
    const first = await run('fxiaoke.sandbox.start', {});
    assert.deepEqual(await run('fxiaoke.sandbox.start', {}), first);
  });

  it('has as many records as asked for', async () => {
    await run('fxiaoke.sandbox.start', { records: 25 });
    const { total } = await run<{ total: number }>('fxiaoke.record.query', { object: 'AccountObj', open: false });
    assert.ok(total > 0 && total <= 25, `total ${total}`);
  });

  it('stays stopped until it is started, and its connection is good again then', async () => {
    await run('fxiaoke.sandbox.stop');
    assert.match(await refusal(run('fxiaoke.object.list', { refresh: true })), /sandbox is stopped/);
    await run('fxiaoke.sandbox.start', {});
    assert.ok((await run<unknown[]>('fxiaoke.object.list', { refresh: true })).length > 200);
  });

  it('says in the tree that it is stopped, and starts from there', async () => {
    await run('fxiaoke.sandbox.start', {});
    const { objectsTree } = await testExports();
    assert.ok((await objectsTree.getChildren()).length > 2);
    let refreshed = 0;
    const listener = objectsTree.onDidChangeTreeData(() => refreshed++);
    await run('fxiaoke.sandbox.stop');
    listener.dispose();
    assert.equal(refreshed, 1);
    const [reason, wayOn, ...rest] = await objectsTree.getChildren();
    assert.deepEqual(
      [reason?.item.label, wayOn?.item.label, rest.length],
      ['The local sandbox is stopped. Start it to go on.', 'Start the local sandbox', 0],
    );
    const command = wayOn?.item.command;
    assert.ok(command);
    await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
    assert.ok((await objectsTree.getChildren()).length > 2);
  });

  it('says that its port is in use, and starts on the next call', async () => {
    const holder = net.createServer().listen(0, '127.0.0.1');
    await new Promise(resolve => holder.once('listening', resolve));
    const { port } = holder.address() as AddressInfo;
    try {
      const message = await refusal(run('fxiaoke.sandbox.start', { port }));
      assert.equal(
        message,
        `The local sandbox cannot listen on port ${port}: another program uses it. Choose another port, or leave it out to get a free one.`,
      );
    } finally {
      await new Promise(resolve => holder.close(resolve));
    }
    // What it said itself is in the log; it is no mistake of ours, of which the stack would be there.
    const userData = process.env['FXIAOKE_TEST_USER_DATA'] ?? '';
    await until('the log', () => filesWith(userData, ['sandbox: The sandbox could not start: listen EADDRINUSE'])[0]);
    assert.deepEqual(filesWith(userData, ['SandboxStartError']), []);
    const { url } = await run<{ url: string }>('fxiaoke.sandbox.start', { port });
    assert.equal(url, `http://127.0.0.1:${port}`);
  });

  for (const wrong of [{ port: 65_536 }, { port: '80' }, { records: 1.5 }])
    it(`refuses ${JSON.stringify(wrong)} and goes on as it was`, async () => {
      const { url } = await run<{ url: string }>('fxiaoke.sandbox.start', {});
      assert.match(await refusal(run('fxiaoke.sandbox.start', wrong)), /must be a whole number from 0 to/);
      assert.equal((await run<{ url: string }>('fxiaoke.sandbox.start', {})).url, url);
    });

  it('takes another name, employee and role, and no other host, app or secret', async () => {
    const { connectionId: id } = await run<{ connectionId: string }>('fxiaoke.sandbox.start', {});
    for (const change of [{ host: 'open.example.com' }, { appId: 'X' }, { appSecret: 'X' }, { permanentCode: 'X' }]) {
      const message = await refusal(run('fxiaoke.connection.edit', { id, name: 'New', ...change }));
      assert.match(message, /^Sandbox is the local sandbox, .* nothing was changed/);
    }
    await run('fxiaoke.connection.edit', { id, name: 'Playground', userId: '1003' });
    const [{ name, userId }] = await run<[{ name: string; userId: string }]>('fxiaoke.connection.list');
    assert.deepEqual([name, userId], ['Playground', '1003']);
    assert.ok((await run<unknown[]>('fxiaoke.object.list', { refresh: true })).length > 200);
    await run('fxiaoke.connection.edit', { id, name: 'Sandbox', userId: '1000' });
  });

  it('ends with its connection', async () => {
    const { url, connectionId: id } = await run<{ url: string; connectionId: string }>('fxiaoke.sandbox.start', {});
    await run('fxiaoke.connection.remove', { id });
    let gone = false;
    await until('the end of the process', () => {
      void fetch(url).catch(() => (gone = true));
      return gone;
    });
    await run('fxiaoke.sandbox.start', {});
  });

  it('listens on this machine only', async () => {
    const { url } = await run<{ url: string }>('fxiaoke.sandbox.start', {});
    assert.equal(vscode.Uri.parse(url).authority.split(':')[0], '127.0.0.1');
  });
});
