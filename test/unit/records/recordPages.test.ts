import assert from 'node:assert/strict';
import type { JsonObject } from '../../../src/base/json';
import type { Filter } from '../../../src/records/recordCalls';
import { RecordPages } from '../../../src/records/recordPages';
import { deferred, FakeTenant } from '../fakes';

const idOf = (n: number) => n.toString(16).padStart(24, '0');

/** A tenant that filters by `_id`, `life_status` and `is_deleted` as documented; `bin` names the filter it minds. */
function tenantWith(records: JsonObject[], bin: 'life_status' | 'is_deleted' = 'life_status') {
  const limits: number[] = [];
  /** The ids of each query that named its records. */
  const named: string[][] = [];
  const tenant = new FakeTenant(({ body }) => {
    const { limit, offset, filters, orders } = body.data.search_query_info;
    assert.deepEqual([offset, orders], [0, [{ fieldName: '_id', isAsc: false }]]);
    limits.push(limit as number);
    const binFilter = (filters as Filter[]).find(({ field_name }) => field_name !== '_id');
    const before = (filters as Filter[]).find(({ field_name }) => field_name === '_id');
    if (before?.operator === 'IN') named.push(before.field_values as string[]);
    else if (before) assert.equal(before.operator, 'LT');
    const dataList = records
      .filter(record => (binFilter ? binFilter.field_name === bin && record['in_bin'] : !record['in_bin']))
      .filter(
        record =>
          !before ||
          (before.operator === 'IN'
            ? before.field_values.includes(idIn(record))
            : idIn(record) < (before.field_values[0] as string)),
      )
      .sort((a, b) => (idIn(a) < idIn(b) ? 1 : -1))
      .slice(0, limit as number);
    return { errorCode: 0, data: { dataList, total: 0 } };
  });
  return { tenant, limits, named };
}

const recordsOf = (count: number, inBin = false) =>
  Array.from({ length: count }, (_, i): JsonObject => ({ _id: idOf(i + 1), ...(inBin ? { in_bin: true } : {}) }));
const idIn = (record: JsonObject) => record['_id'] as string;
const idsIn = (pages: RecordPages) => pages.records.map(idIn);

describe('records/recordPages', () => {
  it('reads all records newest first, each once, until it is complete', async () => {
    const { tenant, limits } = tenantWith(recordsOf(45));
    const pages = new RecordPages(tenant.client(), 'AccountObj', 'records', () => 20);
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
    const pages = new RecordPages(tenant.client(), 'AccountObj', 'records', () => 20);
    await pages.loadMore();
    assert.equal(pages.complete, false);
    await pages.loadMore();
    assert.equal(pages.complete, true);
    assert.equal(pages.records.length, 20);
  });

  it('is not complete before it has looked, and then complete where there is nothing', async () => {
    const { tenant } = tenantWith([]);
    const pages = new RecordPages(tenant.client(), 'AccountObj', 'records', () => 20);
    assert.equal(pages.complete, false);
    await pages.loadMore();
    assert.deepEqual([pages.complete, pages.records.length, tenant.sent.length], [true, 0, 1]);
  });

  it('skips and repeats nothing while records come and go', async () => {
    const records = recordsOf(30);
    const { tenant } = tenantWith(records);
    const pages = new RecordPages(tenant.client(), 'AccountObj', 'records', () => 10);
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

  it('tells what is put right among its records from what comes at their end', async () => {
    const pages = new RecordPages(tenantWith(recordsOf(45)).tenant.client(), 'AccountObj', 'records', () => 20);
    await pages.loadMore();
    const edits = [pages.edits];
    await pages.loadMore();
    edits.push(pages.edits);
    pages.show({ _id: idOf(45), name: 'new' });
    edits.push(pages.edits);
    pages.drop([idOf(44)]);
    edits.push(pages.edits);
    assert.deepEqual(edits, [0, 0, 1, 2]);
  });

  it('has no wall at 10,000', async () => {
    const { tenant } = tenantWith(recordsOf(10_050));
    const pages = new RecordPages(tenant.client(), 'AccountObj', 'records', () => 100);
    for (let i = 0; i < 101; i++) await pages.loadMore();
    assert.equal(new Set(idsIn(pages)).size, 10_050);
    assert.equal(pages.complete, true);
  });

  it('shows no id twice when it is asked twice at a time', async () => {
    const { tenant } = tenantWith(recordsOf(30));
    const pages = new RecordPages(tenant.client(), 'AccountObj', 'records', () => 10);
    await Promise.all([pages.loadMore(), pages.loadMore()]);
    while (!pages.complete) await pages.loadMore();
    assert.equal(pages.records.length, 30);
    assert.equal(new Set(idsIn(pages)).size, 30);
  });

  it('shows no id twice when the tenant answers with more than was asked for', async () => {
    const tenant = new FakeTenant(() => ({ errorCode: 0, data: { dataList: recordsOf(2) } }));
    const pages = new RecordPages(tenant.client(), 'AccountObj', 'records', () => 2);
    for (let i = 0; i < 3; i++) await pages.loadMore();
    assert.equal(pages.records.length, 2);
  });

  it('keeps what it has when a page fails, and reads on afterwards', async () => {
    const { tenant } = tenantWith(recordsOf(15));
    const { reply } = tenant;
    const pages = new RecordPages(tenant.client(), 'AccountObj', 'records', () => 10);
    await pages.loadMore();
    tenant.reply = () => ({ errorCode: -1 });
    await assert.rejects(pages.loadMore());
    assert.deepEqual([pages.records.length, pages.complete], [10, false]);
    tenant.reply = reply;
    await pages.loadMore();
    assert.deepEqual([pages.records.length, pages.complete], [15, true]);
  });

  describe('when records change', () => {
    const setUp = async (count: number, pageSize: number) => {
      const records = recordsOf(count);
      const made = tenantWith(records);
      const pages = new RecordPages(made.tenant.client(), 'AccountObj', 'records', () => pageSize);
      await pages.loadMore();
      return { ...made, records, pages };
    };

    it('reads those among the pages read anew, in one query, and no page', async () => {
      const { records, pages, named, tenant } = await setUp(30, 10);
      records[29]!['name'] = 'changed';
      await pages.reread([idOf(30), idOf(28), idOf(5)]);
      assert.deepEqual(named, [[idOf(30), idOf(28)]]);
      assert.equal(tenant.sent.length, 2);
      assert.equal(pages.records[0]!['name'], 'changed');
      assert.equal(pages.records.length, 10);
    });

    it('asks nothing of those behind the last page read', async () => {
      const { pages, tenant } = await setUp(30, 10);
      await pages.reread([idOf(5)]);
      assert.equal(tenant.sent.length, 1);
    });

    it('puts new ones in their place and takes away those that are gone', async () => {
      const { records, pages } = await setUp(30, 10);
      records.push({ _id: idOf(31) });
      records.splice(24, 1);
      await pages.reread([idOf(31), idOf(25)]);
      assert.deepEqual(
        idsIn(pages).slice(0, 8),
        [31, 30, 29, 28, 27, 26, 24, 23].map(n => idOf(n)),
      );
    });

    it('names at most 100 records in a query', async () => {
      const { pages, named } = await setUp(250, 250);
      await pages.reread(recordsOf(250).map(idIn));
      assert.deepEqual(
        named.map(ids => ids.length),
        [100, 100, 50],
      );
    });

    it('goes on behind the last one read, also when that one or all are dropped', async () => {
      const { records, pages } = await setUp(30, 10);
      const gone = idsIn(pages);
      pages.drop(gone);
      records.splice(20, 10);
      assert.deepEqual([pages.records.length, pages.started], [0, true]);
      while (!pages.complete) await pages.loadMore();
      assert.deepEqual(
        idsIn(pages),
        Array.from({ length: 20 }, (_, i) => idOf(20 - i)),
      );
    });

    it('believes what became known while a page was under way more than the page', async () => {
      const { tenant, pages } = await setUp(30, 10);
      const [page, asked] = [deferred<JsonObject>(), deferred<undefined>()];
      tenant.reply = () => {
        asked.resolve(undefined);
        return page.promise;
      };
      const loading = pages.loadMore();
      await asked.promise;
      pages.drop([idOf(20)]);
      page.resolve({ errorCode: 0, data: { dataList: recordsOf(20).reverse().slice(0, 10) } });
      await loading;
      assert.equal(pages.records.length, 19);
      assert.equal(idsIn(pages).includes(idOf(20)), false);
    });

    /** Answers to come, in the order of the questions. */
    const answering = (tenant: FakeTenant) => {
      const answers: ReturnType<typeof deferred<JsonObject>>[] = [];
      tenant.reply = () => {
        const answer = deferred<JsonObject>();
        answers.push(answer);
        return answer.promise;
      };
      const give = (at: number, ...dataList: JsonObject[]) =>
        answers[at]!.resolve({ errorCode: 0, data: { dataList } });
      const asked = async (count: number) => {
        while (answers.length < count) await new Promise(resolve => setImmediate(resolve));
      };
      return { give, asked };
    };

    it('drops what is told late of a record that was dropped meanwhile', async () => {
      const { tenant, pages } = await setUp(30, 10);
      const { give, asked } = answering(tenant);
      const late = pages.reread([idOf(30)]);
      await asked(1);
      pages.drop([idOf(30)]);
      give(0, { _id: idOf(30) });
      await late;
      assert.equal(idsIn(pages).includes(idOf(30)), false);
    });

    for (const order of [
      [0, 1],
      [1, 0],
    ] as const)
      it(`believes the later of two questions when they are answered in the order ${order.join()}`, async () => {
        const { tenant, pages } = await setUp(30, 10);
        const { give, asked } = answering(tenant);
        const both = Promise.all([pages.reread([idOf(30)]), pages.reread([idOf(30)])]);
        await asked(2);
        for (const at of order) {
          give(at, { _id: idOf(30), name: ['earlier', 'later'][at]! });
          await new Promise(resolve => setImmediate(resolve));
        }
        await both;
        assert.equal(pages.records[0]!['name'], 'later');
      });

    it('keeps its pages when a record cannot be read, and reads that one alone when it is looked at', async () => {
      const { tenant, records, pages, named } = await setUp(30, 10);
      const { reply } = tenant;
      tenant.reply = () => ({ errorCode: -1 });
      await assert.rejects(pages.reread([idOf(29)]));
      assert.equal(pages.records.length, 10);
      tenant.reply = reply;
      records[28]!['name'] = 'changed';
      await pages.catchUp();
      await pages.catchUp();
      assert.deepEqual(named, [[idOf(29)]]);
      assert.equal(pages.records[1]!['name'], 'changed');
    });

    it('reads a record that a page under way brings after the page', async () => {
      const { tenant, pages } = await setUp(30, 10);
      const { give, asked } = answering(tenant);
      const loading = pages.loadMore();
      await asked(1);
      const rereading = pages.reread([idOf(20)]);
      give(0, ...recordsOf(20).reverse().slice(0, 10));
      await loading;
      await asked(2);
      give(1, { _id: idOf(20), name: 'changed' });
      await rereading;
      assert.equal(pages.records[10]!['name'], 'changed');
    });

    it('shows a record that was read elsewhere where it is one of those read, and tells whether that matters', async () => {
      const { pages } = await setUp(30, 10);
      assert.equal(pages.show({ _id: idOf(30), name: 'seen' }), true);
      assert.equal(pages.show({ _id: idOf(30), name: 'seen' }), false);
      assert.equal(pages.show({ _id: idOf(5), name: 'seen' }), false);
      assert.equal(pages.show({}), false);
      assert.equal(pages.records[0]!['name'], 'seen');
      assert.equal(pages.records.length, 10);
    });

    it('drops an answer that comes after it was stopped, and asks no more', async () => {
      const { tenant, pages } = await setUp(30, 10);
      const [page, asked] = [deferred<JsonObject>(), deferred<undefined>()];
      tenant.reply = () => {
        asked.resolve(undefined);
        return page.promise;
      };
      const late = pages.loadMore();
      await asked.promise;
      pages.stop();
      page.resolve({ errorCode: 0, data: { dataList: recordsOf(20) } });
      await late.catch(() => undefined);
      const sent = tenant.sent.length;
      await pages.loadMore();
      assert.deepEqual([pages.records.length, tenant.sent.length], [10, sent]);
    });
  });

  describe('the recycle bin', () => {
    for (const bin of ['life_status', 'is_deleted'] as const) {
      it(`is read page by page where the tenant knows it by ${bin}`, async () => {
        const records = [...recordsOf(25, true), { _id: idOf(100) }];
        const { tenant } = tenantWith(records, bin);
        const pages = new RecordPages(tenant.client(), 'AccountObj', 'recycleBin', () => 10);
        while (!pages.complete) await pages.loadMore();
        assert.deepEqual(
          idsIn(pages),
          Array.from({ length: 25 }, (_, i) => idOf(25 - i)),
        );
      });
    }

    it('asks in both ways as documented before it is empty', async () => {
      const { tenant } = tenantWith(recordsOf(3));
      const pages = new RecordPages(tenant.client(), 'AccountObj', 'recycleBin', () => 10);
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

  it('reads all that is left in full pages, behind what a person waits for', async () => {
    const { tenant, limits } = tenantWith(recordsOf(250));
    const pages = new RecordPages(tenant.client(), 'AccountObj', 'records', () => 20);
    await pages.loadMore();
    const shown: number[] = [];
    await pages.loadAll(new AbortController().signal, () => shown.push(pages.records.length));
    assert.deepEqual(limits, [20, 100, 100, 100]);
    assert.deepEqual(shown, [120, 220, 250]);
    assert.equal(new Set(pages.records.map(idIn)).size, 250);
    assert.equal(pages.complete, true);
  });

  it('keeps what was read of all when it is cancelled, and goes on from there', async () => {
    const { tenant } = tenantWith(recordsOf(250));
    const pages = new RecordPages(tenant.client(), 'AccountObj', 'records', () => 20);
    const abort = new AbortController();
    await assert.rejects(
      pages.loadAll(abort.signal, () => abort.abort()),
      { name: 'AbortError' },
    );
    assert.equal(pages.records.length, 100);
    await pages.loadMore();
    assert.equal(pages.records.length, 120);
    assert.equal(new Set(pages.records.map(idIn)).size, 120);
  });
});
