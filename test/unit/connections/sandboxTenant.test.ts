import assert from 'node:assert/strict';
import { RefusedError } from '../../../src/api/errors';
import { Emitter } from '../../../src/base/emitter';
import { sandboxId, SandboxTenant, type SandboxHost } from '../../../src/connections/sandboxTenant';
import type { Connection } from '../../../src/connections/connection';
import { acme, input, world } from '../fakes';

/** A sandbox that moves to another port at each start, and takes the secrets it is given. */
function setUp() {
  const started: Parameters<SandboxHost['start']>[0][] = [];
  let port = 4710;
  let running = false;
  const host: SandboxHost = {
    get isRunning() {
      return running;
    },
    onDidChange: new Emitter().event,
    start: options => {
      if (!running) {
        port++;
        started.push(options);
      }
      running = true;
      const { appSecret = 'sandbox-app-secret', permanentCode = 'sandbox-permanent-code' } = options;
      const url = `http://127.0.0.1:${port}`;
      return Promise.resolve({ url, appId: 'FSAID_sandbox', appSecret, permanentCode, userId: '1000' });
    },
    stop: () => {
      running = false;
      return Promise.resolve();
    },
  };
  const all = world();
  const { store, connections } = all.openWindow();
  return {
    ...all,
    store,
    connections,
    started,
    host,
    isRunning: () => running,
    sandbox: new SandboxTenant(host, store),
  };
}

const known: Connection = { ...acme, id: sandboxId, sandbox: true };
const stopped = (error: unknown) => error instanceof RefusedError && error.code === 'sandboxStopped';

describe('connections/sandboxTenant', () => {
  it('starts, signs in and becomes the active connection', async () => {
    const { sandbox, connections, store, tenant } = setUp();
    const { url, connection } = await sandbox.start(connections, {});
    assert.equal(url, 'http://127.0.0.1:4711');
    assert.equal(tenant.signIns[0]!.url.origin, url);
    assert.equal(connection.id, sandboxId);
    assert.equal(connection.sandbox, true);
    assert.equal(connection.role, 'development');
    assert.equal(store.active()?.id, sandboxId);
  });

  it('stays one connection with its name, role, employee and secrets when it is started again', async () => {
    const { sandbox, connections, store, started } = setUp();
    const { connection } = await sandbox.start(connections, {});
    await connections.edit(connection, { name: 'Playground', role: 'production', userId: '1003' });
    await sandbox.stop();
    const again = await sandbox.start(connections, {});
    assert.equal(again.url, 'http://127.0.0.1:4712');
    assert.equal(store.list().length, 1);
    const { name, role, userId } = again.connection;
    assert.deepEqual([name, role, userId], ['Playground', 'production', '1003']);
    assert.deepEqual(started[1], { appSecret: 'sandbox-app-secret', permanentCode: 'sandbox-permanent-code' });
  });

  it('has the port that was asked for, though calls start it at the same time', async () => {
    const { sandbox, connections, store, started } = setUp();
    await store.save(known);
    await Promise.all([sandbox.origin(), sandbox.start(connections, { port: 4000 }), sandbox.origin()]);
    assert.equal(started.at(-1)?.port, 4000);
  });

  it('does not restart one that runs, unless another port or size is wanted', async () => {
    const { sandbox, connections, started } = setUp();
    await sandbox.start(connections, {});
    await sandbox.start(connections, {});
    assert.equal(started.length, 1);
    await sandbox.start(connections, { records: 5 });
    await sandbox.start(connections, { port: 4000 });
    assert.deepEqual(
      started.map(({ records, port }) => [records, port]),
      [
        [undefined, undefined],
        [5, undefined],
        [undefined, 4000],
      ],
    );
  });

  it('starts when its address is first needed', async () => {
    const { sandbox, store, started } = setUp();
    await store.save(known);
    assert.equal(await sandbox.origin(), 'http://127.0.0.1:4711');
    assert.equal(await sandbox.origin(), 'http://127.0.0.1:4711');
    assert.equal(started.length, 1);
  });

  it('ends with its connection, whichever window that is removed in', async () => {
    const { sandbox, connections, openWindow, store, isRunning, clock } = setUp();
    const { connection } = await sandbox.start(connections, {});
    await connections.remove(connection);
    assert.equal(isRunning(), false);
    const again = await sandbox.start(connections, {});
    assert.equal(isRunning(), true);
    clock.now += 1_000;
    await openWindow().connections.remove(again.connection);
    await store.refresh();
    assert.equal(isRunning(), false);
    await assert.rejects(sandbox.origin(), stopped);
  });

  it('goes on when another connection is added or removed, before it is connected too', async () => {
    const { sandbox, connections, host, isRunning } = setUp();
    await host.start({});
    const other = await connections.add(input);
    assert.equal(isRunning(), true);
    await sandbox.start(connections, {});
    await connections.remove(other);
    assert.equal(isRunning(), true);
  });

  it('is not taken for a tenant that a person calls so', async () => {
    const { sandbox, connections } = setUp();
    await connections.add({ ...input, name: sandboxId, role: 'production', userId: '7' });
    const { connection } = await sandbox.start(connections, {});
    assert.deepEqual([connection.name, connection.role, connection.userId], ['Sandbox', 'development', '1000']);
  });

  it('is not started against the will of the person who stopped it', async () => {
    const { sandbox, connections, started } = setUp();
    await sandbox.start(connections, {});
    await sandbox.stop();
    await assert.rejects(sandbox.origin(), stopped);
    assert.equal(started.length, 1);
    await sandbox.start(connections, {});
    assert.equal(await sandbox.origin(), 'http://127.0.0.1:4712');
  });
});
