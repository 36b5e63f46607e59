import assert from 'node:assert/strict';
import { ApiError, TransportError } from '../../../src/api/errors';
import { CancelledError } from '../../../src/base/cancelled';
import { Gate, type PlannedWrite } from '../../../src/connections/gate';
import type { RecordChange } from '../../../src/records/recordChange';
import { RecordService, type BatchOperation, type SeenRecord } from '../../../src/records/recordService';
import { issueWritePermit } from '../../../src/api/writePermit';
import { FakeTenant, input, signedIn, tokenPath, world, type Reply } from '../fakes';

async function setUp(reply: () => Reply = () => ({ errorCode: 0, dataId: 'new' }), agrees = true) {
  const tenant = new FakeTenant(({ url }) => (url.pathname === tokenPath ? signedIn() : reply()));
  const { connections } = world(tenant).openWindow();
  const connection = await connections.add(input);
  const asked: PlannedWrite[] = [];
  const confirm = (write: PlannedWrite) => {
    asked.push(write);
    return Promise.resolve(agrees);
  };
  const service = new RecordService(
    connections,
    new Gate(
      confirm,
      () => 'always',
      id => connections.store.find(id),
    ),
    String,
  );
  const changes: RecordChange[] = [];
  service.onDidChange(change => changes.push(change));
  const context = { connection, object: 'AccountObj', byProgram: true };
  return { tenant, connections, connection, service, asked, changes, context };
}

const fails = (code: 'dropped' | 'unreachable') => () => {
  const context = { method: 'POST', url: 'https://open.fxiaoke.com/', thirdTraceId: 't', mayChangeData: true };
  return new TransportError(code, context, code);
};

const planned = ({ operation, object, count, byProgram }: PlannedWrite) => [operation, object, count, byProgram];

describe('records/recordService', () => {
  it('reads without asking', async () => {
    const { service, connection, asked } = await setUp();
    await service.get(connection, 'AccountObj', 'a');
    await service.query(connection, 'AccountObj', {});
    assert.equal(asked.length, 0);
  });

  it('creates through the gate, counts details and tells who listens', async () => {
    const { service, context, asked, changes } = await setUp();
    assert.equal((await service.create(context, {}, { DetailObj: [{}, {}] })).id, 'new');
    assert.deepEqual(asked.map(planned), [['create', 'AccountObj', 3, true]]);
    const connectionId = context.connection.id;
    assert.deepEqual(changes, [{ connectionId, object: 'AccountObj', operation: 'create', ids: ['new'] }]);
  });

  it('updates through the gate and tells who listens', async () => {
    const { service, context, asked, changes } = await setUp();
    await service.update(context, 'a', { name: 'x' });
    assert.deepEqual(asked.map(planned), [['update', 'AccountObj', 1, true]]);
    assert.deepEqual(
      changes.map(({ operation, ids }) => [operation, ids]),
      [['update', ['a']]],
    );
  });

  it('asks about the records and fields by name', async () => {
    const { service, context, asked } = await setUp();
    await service.update(context, 'a', { name: 'x', owner: ['1000'] });
    await service.batch(context, 'lock', ['a', 'b']);
    assert.deepEqual(
      asked.map(({ ids, fields }) => [ids, fields]),
      [
        [['a'], ['name', 'owner']],
        [['a', 'b'], undefined],
      ],
    );
  });

  it('tells who listens of each record it reads', async () => {
    const { service, connection } = await setUp(() => ({ errorCode: 0, data: { _id: 'a' } }));
    const seen: SeenRecord[] = [];
    const listening = service.onDidRead(record => seen.push(record));
    await service.get(connection, 'AccountObj', 'a');
    listening.dispose();
    await service.get(connection, 'AccountObj', 'a');
    assert.deepEqual(seen, [{ connectionId: connection.id, object: 'AccountObj', record: { _id: 'a' } }]);
  });

  it('asks about as many records as it sends, however often each is named', async () => {
    const { service, context, asked, tenant } = await setUp();
    const { succeeded } = await service.batch(context, 'delete', ['a', 'b', 'a', 'b', 'a']);
    assert.deepEqual(asked.map(planned), [['delete', 'AccountObj', 2, true]]);
    assert.deepEqual(succeeded, ['a', 'b']);
    assert.deepEqual(tenant.calls[0]!.body.data.idList, ['a', 'b']);
  });

  it('sends a write the way the connection is stored once the question is answered', async () => {
    const { service, context, tenant, connections } = await setUp();
    await connections.edit(context.connection, { userId: '1007' });
    await service.update(context, 'a', { name: 'x' });
    assert.equal(tenant.calls[0]!.headers['x-fs-userid'], '1007');
  });

  const check = (operation: BatchOperation, path: string) =>
    it(`asks once for ${operation} of many and sends it`, async () => {
      const { service, context, asked, tenant, changes } = await setUp();
      const { succeeded } = await service.batch(context, operation, ['a', 'b'], '1001');
      assert.deepEqual(asked.map(planned), [[operation, 'AccountObj', 2, true]]);
      assert.deepEqual(succeeded, ['a', 'b']);
      assert.equal(tenant.calls[0]!.url.pathname, `/cgi/crm/v2/${path}`);
      assert.deepEqual(
        changes.map(change => [change.operation, change.ids]),
        [[operation, ['a', 'b']]],
      );
    });
  check('changeOwner', 'data/changeOwner');
  check('invalidate', 'data/invalid');
  check('recover', 'data/recover');
  check('delete', 'data/delete');
  check('lock', 'object/lock');
  check('unlock', 'object/unlock');

  it('sends nothing and tells nobody when the person says no', async () => {
    const { service, context, tenant, changes } = await setUp(undefined, false);
    await assert.rejects(service.update(context, 'a', {}), CancelledError);
    await assert.rejects(service.create(context, {}), CancelledError);
    await assert.rejects(service.batch(context, 'delete', ['a']), CancelledError);
    assert.deepEqual([tenant.calls, changes], [[], []]);
  });

  it('tells nobody of a write that failed', async () => {
    const { service, context, changes } = await setUp(() => ({ errorCode: 32000 }));
    await assert.rejects(service.update(context, 'a', {}), ApiError);
    const { failed } = await service.batch(context, 'delete', ['a']);
    assert.equal(failed.length, 1);
    assert.deepEqual(changes, []);
  });

  describe('tells of what others wrote', () => {
    const send = async (path: string, body: object, reply: () => Reply = () => ({ errorCode: 0, dataId: 'new' })) => {
      const { service, connections, connection, changes } = await setUp(reply);
      assert.ok(service);
      const client = connections.client(connection);
      const call = { path, body: JSON.stringify(body), permit: issueWritePermit(connection.id) };
      await client.exchange(call).catch(() => undefined);
      return changes.map(({ object, operation, ids, isUncertain = false }) => [object, operation, ids, isUncertain]);
    };
    const preset = '/cgi/crm/v2/data';
    const account = { dataObjectApiName: 'AccountObj' };

    it('by what the call does to which records', async () => {
      const check = async (path: string, body: object, ...expected: unknown[]) =>
        assert.deepEqual(await send(path, body), [[...expected, false]], path);
      await check(`${preset}/create`, { data: { object_data: account } }, 'AccountObj', 'create', ['new']);
      await check(`${preset}/delete?x=1`, { data: { ...account, idList: ['a', 'b'] } }, 'AccountObj', 'delete', [
        'a',
        'b',
      ]);
      const claim = { data: { apiName: 'LeadsObj', objectIds: ['a'] } };
      await check(`${preset}/choose`, claim, 'LeadsObj', 'send', ['a']);
    });

    it('not where it reads, where it is about no object, or where it failed', async () => {
      const body = { data: { ...account, idList: ['a'] } };
      assert.deepEqual(await send(`${preset}/get`, body), []);
      assert.deepEqual(await send('/cgi/message/send', {}), []);
      assert.deepEqual(await send(`${preset}/delete`, body, () => ({ errorCode: 32000 })), []);
    });

    it('as uncertain where no answer came', async () => {
      const body = { data: { ...account, idList: ['a'] } };
      assert.deepEqual(await send(`${preset}/delete`, body, fails('dropped')), [['AccountObj', 'delete', ['a'], true]]);
      assert.deepEqual(await send(`${preset}/delete`, body, fails('unreachable')), []);
    });
  });

  it('tells of its own write that may have taken place, too', async () => {
    const { service, context, changes } = await setUp(fails('dropped'));
    await assert.rejects(service.update(context, 'a', { name: 'x' }));
    const connectionId = context.connection.id;
    const change = { connectionId, object: 'AccountObj', operation: 'update', ids: ['a'], isUncertain: true };
    assert.deepEqual(changes, [change]);
  });

  it('tells of those that succeeded only', async () => {
    let calls = 0;
    const { service, context, changes } = await setUp(() => ({ errorCode: ++calls === 2 ? 32000 : 0 }));
    await service.batch(context, 'invalidate', ['a', 'b', 'c']);
    assert.deepEqual(
      changes.map(({ ids }) => ids),
      [['a', 'c']],
    );
  });
});
