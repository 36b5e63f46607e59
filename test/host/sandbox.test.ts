import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { refusal, removeConnections, run } from './commands';

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

  it('listens on this machine only', async () => {
    const { url } = await run<{ url: string }>('fxiaoke.sandbox.start', {});
    assert.equal(vscode.Uri.parse(url).authority.split(':')[0], '127.0.0.1');
  });
});
