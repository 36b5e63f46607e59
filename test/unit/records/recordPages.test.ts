import assert from 'node:assert/strict';
import type { JsonObject } from '../../../src/base/json';
import type { Filter } from '../../../src/records/recordCalls';
import { RecordPages } from '../../../src/records/recordPages';
import { FakeTenant } from '../fakes';

const idOf = (n: number) => n.toString(16).padStart(24, '0');

/** A tenant that filters by `_id`, `life_status` and `is_deleted` as documented; `bin` names the filter it minds. */
function tenantWith(records: JsonObject[], bin: 'life_status' | 'is_deleted' = 'life_status') {
  const limits: number[] = [];
  const tenant = new FakeTenant(({ body }) => {
    const { limit, offset, filters, orders } = body.data.search_query_info;
    assert.deepEqual([offset, orders], [0, [{ fieldName: '_id', isAsc: false }]]);
    limits.push(limit as number);
    const binFilter = (filters as Filter[]).find(({ field_name }) => field_name !== '_id');
    const before = (filters as Filter[]).find(({ field_name }) => field_name === '_id');
    if (before) assert.equal(before.operator, 'LT');
    const dataList = records
      .filter(record => (binFilter ? binFilter.field_name === bin && record['in_bin'] : !record['in_bin']))
      .filter(record => before === undefined || idIn(record) < (before.field_values[0] as string))
      .sort((a, b) => (idIn(a) < idIn(b) ? 1 : -1))
      .slice(0, limit as number);
    return { errorCode: 0, data: { dataList, total: 0 } };
  });
  return { tenant, limits };
}

const recordsOf = (count: number, inBin = false) =>
  Array.from({ length: count }, (_, i): JsonObject => ({ _id: idOf(i + 1), ...(inBin ? { in_bin: true } : {}) }));
const idIn = (record: JsonObject) => record['_id'] as string;
const idsIn = (pages: RecordPages) => pages.records.map(idIn);

describe('records/recordPages', () => {
  it('reads all records newest first, each once, until it is complete', async () => {
    const { tenant, limits } = tenantWith(recordsOf(45));
    const pages = new RecordPages(tenant.client(), 'AccountObj', 'records', 20);
    const complete: boolean[] = [];
    while (!pages.complete) {
      await pages.loadMore();
      complete.push(pages.complete);
    }
    assert.deepEqual(complete, [false, false, true]);
    assert.deepEqual(limits, [20, 20, 20]);
    assert.deepEqual(
      idsIn(pages),
      Array.from({ length: 45 }, (_, i) => idOf(45 - i)),
    );
  });

  it('is complete after one more look where the last page is full', async () => {
    const { tenant } = tenantWith(recordsOf(20));
    const pages = new RecordPages(tenant.client(), 'AccountObj', 'records', 20);
    await pages.loadMore();
    assert.equal(pages.complete, false);
    await pages.loadMore();
    assert.equal(pages.complete, true);
    assert.equal(pages.records.length, 20);
  });

  it('is not complete before it has looked, and then complete where there is nothing', async () => {
    const { tenant } = tenantWith([]);
    const pages = new RecordPages(tenant.client(), 'AccountObj', 'records', 20);
    assert.equal(pages.complete, false);
    await pages.loadMore();
    assert.deepEqual([pages.complete, pages.records.length, tenant.sent.length], [true, 0, 1]);
  });

  it('skips and repeats nothing while records come and go', async () => {
    const records = recordsOf(30);
    const { tenant } = tenantWith(records);
    const pages = new RecordPages(tenant.client(), 'AccountObj', 'records', 10);
    await pages.loadMore();
    records.push({ _id: idOf(99) });
    records.splice(
      records.findIndex(({ _id }) => _id === idOf(25)),
      1,
    );
    while (!pages.complete) await pages.loadMore();
    assert.deepEqual(
      idsIn(pages),
      Array.from({ length: 30 }, (_, i) => idOf(30 - i)),
    );
  });

  it('has no wall at 10,000', async () => {
    const { tenant } = tenantWith(recordsOf(10_050));
    const pages = new RecordPages(tenant.client(), 'AccountObj', 'records', 100);
    for (let i = 0; i < 101; i++) await pages.loadMore();
    assert.equal(new Set(idsIn(pages)).size, 10_050);
    assert.equal(pages.complete, true);
  });

  it('shows no id twice when it is asked twice at a time', async () => {
    const { tenant } = tenantWith(recordsOf(30));
    const pages = new RecordPages(tenant.client(), 'AccountObj', 'records', 10);
    await Promise.all([pages.loadMore(), pages.loadMore()]);
    while (!pages.complete) await pages.loadMore();
    assert.equal(pages.records.length, 30);
    assert.equal(new Set(idsIn(pages)).size, 30);
  });

  it('shows no id twice when the tenant answers with more than was asked for', async () => {
    const tenant = new FakeTenant(() => ({ errorCode: 0, data: { dataList: recordsOf(2) } }));
    const pages = new RecordPages(tenant.client(), 'AccountObj', 'records', 2);
    for (let i = 0; i < 3; i++) await pages.loadMore();
    assert.equal(pages.records.length, 2);
  });

  it('keeps what it has when a page fails, and reads on afterwards', async () => {
    const { tenant } = tenantWith(recordsOf(15));
    const { reply } = tenant;
    const pages = new RecordPages(tenant.client(), 'AccountObj', 'records', 10);
    await pages.loadMore();
    tenant.reply = () => ({ errorCode: -1 });
    await assert.rejects(pages.loadMore());
    assert.deepEqual([pages.records.length, pages.complete], [10, false]);
    tenant.reply = reply;
    await pages.loadMore();
    assert.deepEqual([pages.records.length, pages.complete], [15, true]);
  });

  describe('the recycle bin', () => {
    for (const bin of ['life_status', 'is_deleted'] as const) {
      it(`is read page by page where the tenant knows it by ${bin}`, async () => {
        const records = [...recordsOf(25, true), { _id: idOf(100) }];
        const { tenant } = tenantWith(records, bin);
        const pages = new RecordPages(tenant.client(), 'AccountObj', 'recycleBin', 10);
        while (!pages.complete) await pages.loadMore();
        assert.deepEqual(
          idsIn(pages),
          Array.from({ length: 25 }, (_, i) => idOf(25 - i)),
        );
      });
    }

    it('asks in both ways as documented before it is empty', async () => {
      const { tenant } = tenantWith(recordsOf(3));
      const pages = new RecordPages(tenant.client(), 'AccountObj', 'recycleBin', 10);
      await pages.loadMore();
      assert.deepEqual([pages.complete, pages.records.length], [true, 0]);
      assert.deepEqual(
        tenant.sent.map(({ body }) => body.data.search_query_info.filters as unknown),
        [
          [{ field_name: 'life_status', operator: 'EQ', field_values: ['invalid'] }],
          [{ field_name: 'is_deleted', operator: 'EQ', field_values: [true] }],
        ],
      );
    });
  });
});
