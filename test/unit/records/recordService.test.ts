import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/errors';
import { CancelledError } from '../../../src/base/cancelled';
import { Gate, type PlannedWrite } from '../../../src/connections/gate';
import { RecordService, type BatchOperation, type RecordChange } from '../../../src/records/recordService';
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
  const service = new RecordService(connections, new Gate(confirm, () => 'always'), String);
  const changes: RecordChange[] = [];
  service.onDidChange(change => changes.push(change));
  const context = { connection, object: 'AccountObj', byProgram: true };
  return { tenant, connection, service, asked, changes, context };
}

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
    assert.deepEqual(changes, [{ connectionId: context.connection.id, object: 'AccountObj', ids: ['new'] }]);
  });

  it('updates through the gate and tells who listens', async () => {
    const { service, context, asked, changes } = await setUp();
    await service.update(context, 'a', { name: 'x' });
    assert.deepEqual(asked.map(planned), [['update', 'AccountObj', 1, true]]);
    assert.deepEqual(
      changes.map(({ ids }) => ids),
      [['a']],
    );
  });

  const check = (operation: BatchOperation, path: string) =>
    it(`asks once for ${operation} of many and sends it`, async () => {
      const { service, context, asked, tenant, changes } = await setUp();
      const { succeeded } = await service.batch(context, operation, ['a', 'b'], '1001');
      assert.deepEqual(asked.map(planned), [[operation, 'AccountObj', 2, true]]);
      assert.deepEqual(succeeded, ['a', 'b']);
      assert.equal(tenant.calls[0]!.url.pathname, `/cgi/crm/v2/${path}`);
      assert.deepEqual(
        changes.map(({ ids }) => ids),
        [['a', 'b']],
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
