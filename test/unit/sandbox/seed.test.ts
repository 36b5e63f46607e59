import assert from 'node:assert/strict';
import { dataCalls, startTestSandbox } from './client';
import { asText } from '../../../src/sandbox/text';
import { Tenant } from '../../../src/sandbox/tenant/tenant';

const record = (tenant: Tenant, object: string, position: number) => tenant.storeOf(object).recordAt(position);

describe('seeded records', () => {
  it('are the same for the same seed and differ for another', () => {
    const [first, same, other] = [1, 1, 2].map(seed => new Tenant({ seed }));
    assert.deepEqual(record(first!, 'ContactObj', 5), record(same!, 'ContactObj', 5));
    assert.notDeepEqual(record(first!, 'ContactObj', 5), record(other!, 'ContactObj', 5));
  });

  it('have ids that look like ObjectIds, grow with the position and lead back to it', () => {
    const store = new Tenant({ seed: 1, records: 1_000_000 }).storeOf('AccountObj');
    const positions = [0, 1, 2, 999, 500_000, 999_998, 999_999];
    const ids = positions.map(position => store.idAt(position));
    for (const id of ids) assert.match(id, /^[0-9a-f]{24}$/);
    assert.deepEqual([...ids].sort(), ids);
    assert.deepEqual(
      ids.map(id => store.find(id)),
      positions,
    );
    assert.deepEqual(
      ids.map(id => store.lowerBound(id)),
      positions,
    );
  });

  it('point to records that exist and are not in the recycle bin', () => {
    const tenant = new Tenant({ seed: 3 });
    for (const object of tenant.catalogue.values()) {
      const store = tenant.storeOf(object.apiName);
      for (const field of object.fields.values()) {
        if (!field.target || field.type === 'count') continue;
        const target = tenant.storeOf(field.target);
        for (let position = 0; position < Math.min(store.end, 40); position++) {
          const value = store.valueAt(position, field.name);
          for (const id of Array.isArray(value) ? value : value === undefined ? [] : [value]) {
            const found = target.find(asText(id));
            assert.ok(found !== undefined, `${object.apiName}.${field.name} of ${position}`);
            if (field.type !== 'master_detail') assert.equal(target.isInvalidAt(found), false);
          }
        }
      }
    }
  });

  it('are counted without being generated', () => {
    const store = new Tenant({ seed: 1, records: 1000 }).storeOf('AccountObj');
    const scan = (from: number, to: number) => {
      let count = 0;
      for (let position = from; position < to; position++) if (!store.isInvalidAt(position)) count += 1;
      return count;
    };
    for (const [from, to] of [
      [0, 1000],
      [11, 12],
      [12, 34],
      [5, 999],
      [700, 700],
    ] as const) {
      assert.equal(store.count(from, to, false), scan(from, to));
      assert.equal(store.count(from, to, true), to - from);
    }
  });

  it('keep counting right when records are changed, removed and added', () => {
    const store = new Tenant({ seed: 1, records: 100 }).storeOf('AccountObj');
    const before = store.count(0, store.end, false);
    store.remove(0);
    store.replace(1, { ...store.recordAt(1), is_deleted: true });
    store.replace(11, { ...store.recordAt(11), is_deleted: false });
    store.add({ _id: store.nextId(0) });
    assert.equal(store.count(0, store.end, false), before);
    assert.equal(store.count(0, store.end, true), 100);
    store.remove(100);
    assert.equal(store.count(0, store.end, true), 99);
  });

  it('may be none at all: an empty object takes its first record', async () => {
    const sandbox = await startTestSandbox({ records: 0 });
    const data = dataCalls(() => sandbox);
    assert.equal((await data.query('AccountObj')).data.total, 0);
    assert.equal((await data.query('AccountAddrObj')).errorCode, 0);
    const { dataId } = await data.create('AccountObj', { name: '第一个' });
    assert.equal((await data.get('AccountObj', dataId)).data.name, '第一个');
    assert.equal((await data.query('AccountObj')).data.total, 1);
    await sandbox.close();
  });

  it('are each in one place', () => {
    const store = new Tenant({ seed: 1 }).storeOf('AccountObj');
    const places = [
      ['249', '280', '680', '北京市'],
      ['251', '282', '855', '上海市'],
      ['264', '372', '1240', '杭州市'],
      ['272', '495', '2270', '广州市'],
    ];
    for (let position = 0; position < 100; position++) {
      const text = (name: string) => store.valueAt(position, name);
      const address = text('address');
      const seen = [text('province'), text('city'), text('district'), address && asText(address).slice(0, 3)];
      const fits = places.some(place => seen.every((value, i) => value === undefined || value === place[i]));
      assert.ok(fits, JSON.stringify(seen));
    }
  });

  it('use telephone numbers that are plainly made up', () => {
    const store = new Tenant({ seed: 1 }).storeOf('ContactObj');
    for (let position = 0; position < 50; position++) {
      assert.match(asText(store.valueAt(position, 'mobile1')), /^138000\d{5}$/);
    }
  });

  it('lie in the recycle bin or are locked here and there', () => {
    const store = new Tenant({ seed: 1 }).storeOf('WebImVisitorObj');
    const values = (name: string) =>
      new Set(Array.from({ length: store.end }, (_, position) => asText(store.valueAt(position, name))));
    assert.deepEqual([...values('lock_status')].sort(), ['0', '1']);
    for (const status of ['normal', 'invalid', 'under_review']) assert.ok(values('life_status').has(status), status);
  });
});
