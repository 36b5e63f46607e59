import assert from 'node:assert/strict';
import { column, dataCalls, startTestSandbox, type Answer, type TestSandbox } from './client';

describe('queries of the sandbox', () => {
  let sandbox: TestSandbox;
  const data = dataCalls(() => sandbox);
  before(async () => (sandbox = await startTestSandbox({ records: 250 })));
  after(() => sandbox.close());
  const ids = (answer: Answer): string[] => column(answer.data.dataList, '_id');

  it('give dataList, offset, limit and total', async () => {
    const { data: answer } = await data.query('AccountObj', { limit: 10, offset: 20 });
    assert.equal(answer.dataList.length, 10);
    assert.deepEqual([answer.offset, answer.limit], [20, 10]);
    // Each 23rd of the 250 lies in the recycle bin.
    assert.equal(answer.total, 239);
  });

  it('show numbers and the version as text, times as numbers, employees as lists', async () => {
    const [record] = (await data.query('NewOpportunityObj', { limit: 1 })).data.dataList;
    assert.match(String(record.amount ?? '1.00'), /^\d+\.\d\d$/);
    assert.match(String(record.version), /^\d+$/);
    assert.equal(typeof record.create_time, 'number');
    assert.ok(Array.isArray(record.owner));
  });

  it('show companions beside fields', async () => {
    const [record] = (
      await data.query('ContactObj', {
        limit: 1,
        filters: [{ field_name: 'account_id', operator: 'ISN', field_values: [''] }],
      })
    ).data.dataList;
    assert.equal(record.owner__r.id, record.owner[0]);
    assert.equal(record.owner__l[0].name, record.owner__r.name);
    assert.equal(typeof record.account_id__r, 'string');
    assert.equal(record.account_id__relation_ids, record.account_id);
    assert.equal(record.data_own_department__r.deptId, record.data_own_department[0]);
    assert.equal(typeof record.relevant_team__r, 'string');
    assert.deepEqual(record.relevant_team[0].teamMemberRoleList, ['1']);
  });

  it('quote the label of an option with its value beside it', async () => {
    const [contact] = (
      await data.query('ContactObj', {
        limit: 1,
        filters: [{ field_name: 'account_level', operator: 'ISN', field_values: [] }],
      })
    ).data.dataList;
    const account = (await data.get('AccountObj', contact.account_id)).data;
    assert.equal(contact.account_level__v, account.account_level);
    assert.match(String(contact.account_level), /客户$/);
  });

  it('leave empty fields out unless includeNull is asked', async () => {
    const [id] = ids(
      await data.query('AccountObj', {
        limit: 1,
        filters: [{ field_name: 'annual_revenue', operator: 'IS', field_values: [] }],
      }),
    );
    assert.ok(!('annual_revenue' in (await data.get('AccountObj', id!)).data));
    assert.equal((await data.get('AccountObj', id!, { includeNull: true })).data.annual_revenue, null);
  });

  it('answer only the projected fields, their companions and _id', async () => {
    const [record] = (await data.query('AccountObj', { limit: 1, fieldProjection: ['name', 'owner'] })).data.dataList;
    assert.deepEqual(Object.keys(record as object).sort(), ['_id', 'name', 'owner', 'owner__l', 'owner__r']);
  });

  it('are walked by _id in both directions without a gap', async () => {
    const walk = async (operator: string, isAsc: boolean) => {
      const seen: string[] = [];
      for (;;) {
        const filters = seen.length ? [{ field_name: '_id', operator, field_values: [seen.at(-1)] }] : [];
        const page = ids(
          await data.query('AccountObj', { limit: 100, filters, orders: [{ fieldName: '_id', isAsc }] }),
        );
        seen.push(...page);
        if (page.length < 100) return seen;
      }
    };
    const up = await walk('GT', true);
    assert.equal(up.length, 239);
    assert.deepEqual(up, [...up].sort());
    assert.deepEqual((await walk('LT', false)).reverse(), up);
  });

  it('find invalidated records by life_status or is_deleted only', async () => {
    const total = async (filters: unknown[]): Promise<unknown> =>
      (await data.query('AccountObj', { filters })).data.total;
    assert.equal(await total([{ field_name: 'life_status', operator: 'EQ', field_values: ['invalid'] }]), 11);
    assert.equal(await total([{ field_name: 'is_deleted', operator: 'EQ', field_values: [true] }]), 11);
    assert.equal(await total([{ field_name: 'is_deleted', operator: 'EQ', field_values: ['true'] }]), 11);
    assert.equal(await total([{ field_name: 'life_status', operator: 'ISN', field_values: [] }]), 250);
  });

  it('sort by any field, by its type, empty ones last', async () => {
    const sorted = async (fieldName: string, isAsc: boolean) =>
      column((await data.query('AccountObj', { limit: 100, orders: [{ fieldName, isAsc }] })).data.dataList, fieldName);
    const rising = (await sorted('annual_revenue', true)).map(Number);
    assert.deepEqual(
      rising,
      [...rising].sort((a, b) => a - b),
    );
    const falling = await sorted('create_time', false);
    assert.deepEqual(
      falling,
      [...falling].sort((a, b) => Number(b) - Number(a)),
    );
  });

  it('count when any of the three names asks for it', async () => {
    const total = async (extra: object, top: object): Promise<unknown> => {
      const body = {
        data: { dataObjectApiName: 'AccountObj', search_query_info: { limit: 1, offset: 0 }, ...extra },
        ...top,
      };
      return (await sandbox.call('/cgi/crm/v2/data/query', body)).data.total;
    };
    const off = { find_explicit_total_num: false };
    assert.equal(await total({}, {}), 239);
    assert.equal(await total(off, {}), 0);
    assert.equal(await total(off, { need_return_count_num: true }), 239);
    assert.equal(await total(off, { returnTotalNum: 1 }), 239);
    assert.equal(await total(off, { returnTotalNum: 2 }), 239);
    assert.equal(await total(off, { returnTotalNum: 3 }), 0);
  });

  const refuse = (title: string, info: object, errorCode: number, message?: RegExp) =>
    it(`refuse ${title} with ${errorCode}`, async () => {
      const answer = await data.query('AccountObj', info as Record<string, unknown>);
      assert.equal(answer.errorCode, errorCode);
      if (message) assert.match(answer.errorMessage, message);
    });
  refuse('a limit above 100', { limit: 101 }, 15002, /limit/);
  refuse('a limit of 0', { limit: 0 }, 15002);
  refuse('an offset that is no multiple of limit', { limit: 20, offset: 30 }, 15002, /multiple/);
  refuse('an offset above 10000', { limit: 100, offset: 10_100 }, 10013, /^offset out of range 10000$/);
  refuse(
    'an unknown filter field',
    { filters: [{ field_name: 'nope', operator: 'EQ', field_values: ['1'] }] },
    32000,
    /nope/,
  );
  refuse(
    'an undocumented operator',
    { filters: [{ field_name: 'name', operator: 'NEQ', field_values: ['1'] }] },
    15002,
    /NEQ/,
  );
  refuse(
    'a comparison without a value',
    { filters: [{ field_name: 'name', operator: 'EQ', field_values: [] }] },
    15002,
  );
  refuse(
    'BETWEEN with one value',
    { filters: [{ field_name: 'create_time', operator: 'BETWEEN', field_values: [1] }] },
    15002,
  );
  refuse(
    'text where a number belongs',
    { filters: [{ field_name: 'create_time', operator: 'GT', field_values: ['x'] }] },
    15002,
  );
  refuse('an unknown order field', { orders: [{ fieldName: 'nope', isAsc: true }] }, 32000, /nope/);
  refuse('an unknown projected field', { fieldProjection: ['nope'] }, 32000, /nope/);

  it('refuse a missing search_query_info in the words that were seen', async () => {
    const answer = await sandbox.call('/cgi/crm/v2/data/query', { data: { dataObjectApiName: 'AccountObj' } });
    assert.equal(answer.errorMessage, 'searchQueryInfo is empty');
  });

  it('serve findSimple without computed fields and findOne as a map', async () => {
    const body = (extra: object) => ({
      data: { dataObjectApiName: 'AccountObj', search_query_info: { limit: 1, offset: 0, ...extra } },
    });
    const simple = await sandbox.call('/cgi/crm/custom/v2/data/findSimple', body({}));
    assert.equal(simple.data.dataList.length, 1);
    assert.ok(!('UDCal5__c' in simple.data.dataList[0]));
    const one = await sandbox.call('/cgi/crm/custom/v2/data/findOne', body({}));
    assert.equal(one.data._id, simple.data.dataList[0]._id);
    const none = body({ filters: [{ field_name: 'name', operator: 'EQ', field_values: ['nobody'] }] });
    assert.deepEqual((await sandbox.call('/cgi/crm/custom/v2/data/findOne', none)).data, {});
  });

  it('give a master its detail rows on get, wrapped as in the published sample', async () => {
    const [id] = ids(await data.query('PaymentObj', { limit: 1 }));
    const row = (await data.get('PaymentObj', id!)).data.details.OrderPaymentObj[0];
    assert.equal(row.describeApiName, 'OrderPaymentObj');
    assert.equal(row.containerDocument.payment_id, id);
    assert.equal(row.containerDocument._id, row.id);
  });

  it('refuse a record that is not there', async () => {
    const answer = await data.get('AccountObj', '64f0c0ffee00000000000001');
    assert.equal(answer.errorCode, 32000);
    assert.match(answer.errorMessage, /64f0c0ffee00000000000001/);
  });
});
