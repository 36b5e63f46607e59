import assert from 'node:assert/strict';
import type { JsonObject } from '../../../src/base/json';
import type { WriteOperation } from '../../../src/api/endpoints';
import { LoadedRecords } from '../../../src/records/loadedRecords';
import type { Filter } from '../../../src/records/recordCalls';
import type { RecordSet } from '../../../src/records/recordSet';
import { deferred, FakeTenant, type Sent } from '../fakes';

const inForce = (id: string, name = id): JsonObject => ({ _id: id, name, life_status: 'normal' });
const inBin = (id: string, name = id): JsonObject => ({ _id: id, name, life_status: 'invalid' });

/** An object with the records c and b in force and a in the recycle bin, both read; what is asked is remembered. */
async function setUp(shelves: readonly RecordSet[] = ['records', 'recycleBin']) {
  let stored = [inForce('c'), inForce('b'), inBin('a')];
  const asked: Filter[][] = [];
  const reply = ({ body }: Sent) => {
    const filters = body.data.search_query_info.filters as Filter[];
    asked.push(filters);
    const bin = filters.some(({ field_name }) => field_name === 'life_status');
    const ids = filters.find(({ operator }) => operator === 'IN')?.field_values;
    const dataList = stored
      .filter(record => (record['life_status'] === 'invalid') === bin)
      .filter(record => !ids || ids.includes(record['_id'] ?? ''));
    return { errorCode: 0, data: { dataList } };
  };
  const tenant = new FakeTenant(reply);
  const loaded = new LoadedRecords(tenant.client(), 'AccountObj', () => 20);
  for (const set of shelves) await loaded.pages(set).loadMore();
  asked.length = 0;
  const change = (...records: JsonObject[]) => (stored = records);
  const shown = () => (['records', 'recycleBin'] as const).map(set => loaded.pages(set).records.map(nameOf).join(' '));
  return { tenant, loaded, asked, change, shown };
}

const nameOf = ({ name }: JsonObject) => name as string;

describe('records/loadedRecords', () => {
  const check = (operation: WriteOperation, id: string, after: JsonObject[], shown: string[], queries: number) =>
    it(`after ${operation} of ${id} shows ${shown.join(' | ')} and asks ${queries} times`, async () => {
      const { loaded, asked, change, shown: now } = await setUp();
      change(...after);
      await loaded.apply({ operation, ids: [id] });
      assert.deepEqual(now(), shown);
      assert.equal(asked.length, queries);
      for (const filters of asked)
        assert.deepEqual(
          filters.filter(({ field_name }) => field_name === '_id'),
          [{ field_name: '_id', operator: 'IN', field_values: [id] }],
        );
    });
  const [a, b, c] = [inBin('a'), inForce('b'), inForce('c')];
  check('create', 'd', [inForce('d'), c, b, a], ['d c b', 'a'], 1);
  for (const operation of ['update', 'changeOwner', 'lock', 'unlock'] as const)
    check(operation, 'b', [c, inForce('b', 'renamed'), a], ['c renamed', 'a'], 1);
  check('invalidate', 'b', [c, inBin('b'), a], ['c', 'b a'], 1);
  check('recover', 'a', [c, b, inForce('a')], ['c b a', ''], 1);
  check('delete', 'a', [c, b], ['c b', ''], 0);
  check('send', 'b', [c, inBin('b'), a], ['c', 'b a'], 2);

  const looks = (operation: WriteOperation, id: string, after: JsonObject[], shown: string[]) =>
    it(`looks in both where ${operation} of ${id} may have taken place, and shows ${shown.join(' | ')}`, async () => {
      const { loaded, asked, change, shown: now } = await setUp();
      change(...after);
      await loaded.apply({ operation, ids: [id], isUncertain: true });
      assert.deepEqual(now(), shown);
      assert.equal(asked.length, 2);
    });
  looks('invalidate', 'b', [c, inBin('b'), a], ['c', 'b a']);
  looks('invalidate', 'b', [c, b, a], ['c b', 'a']);
  looks('recover', 'a', [c, b, inForce('a')], ['c b a', '']);
  looks('delete', 'a', [c, b, a], ['c b', 'a']);
  looks('delete', 'a', [c, b], ['c b', '']);

  it('asks nothing for what was not read yet', async () => {
    const { loaded, asked } = await setUp(['records']);
    assert.deepEqual(await loaded.apply({ operation: 'invalidate', ids: ['b'] }), ['records']);
    assert.equal(asked.length, 0);
    assert.equal(loaded.pages('recycleBin').started, false);
  });

  it('tells what changed', async () => {
    const { loaded } = await setUp();
    assert.deepEqual(await loaded.apply({ operation: 'update', ids: ['b'] }), ['records']);
    assert.deepEqual(await loaded.apply({ operation: 'delete', ids: ['a'] }), ['records', 'recycleBin']);
  });

  it('does not pretend to know what it could not read, and keeps the rest', async () => {
    const { loaded, tenant } = await setUp();
    tenant.reply = () => ({ errorCode: -2 });
    assert.deepEqual(await loaded.apply({ operation: 'update', ids: ['b'] }), ['records']);
    assert.equal(loaded.pages('records').records.length, 2);
    await assert.rejects(loaded.pages('records').catchUp());
  });

  it('asks nothing any more for what nobody can look at', async () => {
    const { loaded, asked } = await setUp([]);
    const filter: RecordSet = { id: 'f1', conditions: [{ field_name: 'name', operator: 'LIKE', field_values: ['x'] }] };
    for (const set of ['records', filter] as const) await loaded.pages(set).loadMore();
    asked.length = 0;
    loaded.keepOnly(['records', 'recycleBin']);
    assert.deepEqual(await loaded.apply({ operation: 'update', ids: ['b'] }), ['records']);
    assert.equal(asked.length, 1);
  });

  it('leaves no phantom in the recycle bin of a record that was recovered at once', async () => {
    const { loaded, tenant, change, shown } = await setUp();
    const { reply } = tenant;
    const late = deferred<JsonObject>();
    tenant.reply = () => late.promise;
    const invalidated = loaded.apply({ operation: 'invalidate', ids: ['b'] });
    await new Promise(resolve => setImmediate(resolve));
    tenant.reply = reply;
    change(inForce('c'), inForce('b'), inBin('a'));
    await loaded.apply({ operation: 'recover', ids: ['b'] });
    late.resolve({ errorCode: 0, data: { dataList: [inBin('b')] } });
    await invalidated;
    assert.deepEqual(shown(), ['c b', 'a']);
  });

  it('shows a record that was read for another reason', async () => {
    const { loaded, shown } = await setUp();
    assert.deepEqual(loaded.show({ record: inForce('b', 'fresh') }), ['records']);
    assert.deepEqual(loaded.show({ record: inForce('z') }), []);
    assert.deepEqual(shown(), ['c fresh', 'a']);
  });

  it('shows what a filter lets through, and takes in and leaves out what a change makes of it', async () => {
    const filter: RecordSet = { id: 'f1', conditions: [{ field_name: 'name', operator: 'LIKE', field_values: ['x'] }] };
    const { loaded, asked, change } = await setUp([]);
    change(inForce('b', 'xb'));
    await loaded.pages(filter).loadMore();
    assert.deepEqual(asked[0], filter.conditions);
    change(inForce('b', 'xb'), inForce('c', 'xc'));
    assert.deepEqual(await loaded.apply({ operation: 'update', ids: ['c'] }), [filter]);
    assert.deepEqual(loaded.pages(filter).records.map(nameOf), ['xc', 'xb']);
    assert.deepEqual(asked[1], [...filter.conditions, { field_name: '_id', operator: 'IN', field_values: ['c'] }]);
    change(inForce('b', 'xb'));
    await loaded.apply({ operation: 'update', ids: ['c'] });
    assert.deepEqual(loaded.pages(filter).records.map(nameOf), ['xb']);
    await loaded.apply({ operation: 'invalidate', ids: ['b'] });
    assert.deepEqual(loaded.pages(filter).records, []);
  });

  it('reads a filter anew whose conditions were changed', async () => {
    const { loaded } = await setUp([]);
    const filter = { id: 'f1', conditions: [] };
    await loaded.pages(filter).loadMore();
    const changed = { id: 'f1', conditions: [{ field_name: 'name', operator: 'IS', field_values: [''] }] };
    assert.equal(loaded.pages(filter).started, true);
    assert.equal(loaded.pages(changed).started, false);
  });

  it('counts on demand, and does not know any more after a write', async () => {
    const { loaded, tenant, asked } = await setUp([]);
    assert.equal(loaded.knownCount('records'), undefined);
    assert.equal(asked.length, 0);
    tenant.reply = ({ body }) => {
      assert.equal(body.data.find_explicit_total_num, true);
      return { errorCode: 0, data: { dataList: [inForce('c')], total: 1234 } };
    };
    assert.equal(await loaded.count('records'), 1234);
    assert.equal(loaded.knownCount('records'), 1234);
    assert.equal(loaded.knownCount('recycleBin'), undefined);
    await loaded.apply({ operation: 'create', ids: ['d'] });
    assert.equal(loaded.knownCount('records'), undefined);
  });

  it('does not take a count for known that a write has overtaken', async () => {
    const { loaded, tenant } = await setUp([]);
    const late = deferred<JsonObject>();
    tenant.reply = () => late.promise;
    const counting = loaded.count('records');
    await loaded.apply({ operation: 'create', ids: ['d'] });
    late.resolve({ errorCode: 0, data: { dataList: [inForce('c')], total: 7 } });
    assert.equal(await counting, 7);
    assert.equal(loaded.knownCount('records'), undefined);
  });

  it('knows how many there are once all are read', async () => {
    const { loaded } = await setUp();
    assert.equal(loaded.knownCount('records'), 2);
  });
});
