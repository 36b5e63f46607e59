import assert from 'node:assert/strict';
import { anyRecord } from '../../../src/records/anyRecord';
import { FakeTenant, type Reply } from '../fakes';

describe('records/anyRecord', () => {
  const check = (name: string, reply: Reply, expected: string | undefined) =>
    it(name, async () => assert.equal(await anyRecord(new FakeTenant(() => reply).client(), 'AccountObj'), expected));

  check('is the first of the newest', { errorCode: 0, data: { dataList: [{ _id: 'a' }, { _id: 'b' }] } }, 'a');
  check('is none where there is none', { errorCode: 0, data: { dataList: [] } }, undefined);
  check('is none where the employee may see none', { errorCode: 20012, errorMessage: 'no' }, undefined);

  it('asks for one record', async () => {
    const tenant = new FakeTenant();
    await anyRecord(tenant.client(), 'AccountObj');
    const { data } = tenant.sent[0]?.body as { data: { search_query_info: object } };
    assert.deepEqual(data.search_query_info, {
      limit: 1,
      offset: 0,
      filters: [],
      orders: [{ fieldName: '_id', isAsc: false }],
      fieldProjection: ['_id', 'name'],
    });
  });
});
