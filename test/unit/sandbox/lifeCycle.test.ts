import assert from 'node:assert/strict';
import { column, dataCalls, startTestSandbox, type Answer, type Row, type TestSandbox } from './client';

describe('life cycle of a record in the sandbox', () => {
  let sandbox: TestSandbox;
  const data = dataCalls(() => sandbox);
  before(async () => (sandbox = await startTestSandbox()));
  after(() => sandbox.close());

  const fresh = async (object = 'WebImVisitorObj') => (await data.create(object, { name: '访客' })).dataId;
  const read = async (object: string, id: unknown): Promise<Row> => (await data.get(object, id)).data;
  const check = async (call: Promise<Answer>, errorCode: number, named?: RegExp) => {
    const answer = await call;
    assert.equal(answer.errorCode, errorCode, answer.errorMessage);
    if (named) assert.match(answer.errorMessage, named);
  };

  it('goes from normal to invalid and back', async () => {
    const id = await fresh();
    await check(data.invalid('WebImVisitorObj', id), 0);
    const invalid = await read('WebImVisitorObj', id);
    assert.deepEqual(
      [invalid.life_status, invalid.life_status_before_invalid, invalid.is_deleted],
      ['invalid', 'normal', true],
    );
    await check(data.recover('WebImVisitorObj', id), 0);
    const back = await read('WebImVisitorObj', id);
    assert.deepEqual(
      [back.life_status, back.life_status_before_invalid, back.is_deleted],
      ['normal', undefined, false],
    );
    assert.equal(back.version, '3');
  });

  it('ends with delete, after which the record is not found', async () => {
    const id = await fresh();
    await data.invalid('WebImVisitorObj', id);
    await check(data.delete('WebImVisitorObj', id), 0);
    await check(data.get('WebImVisitorObj', id), 32000, new RegExp(id));
    await check(data.recover('WebImVisitorObj', id), 32000);
  });

  it('works on seeded records as on created ones', async () => {
    const before = (await data.query('CasesObj')).data;
    const { _id: id } = before.dataList[0];
    await check(data.invalid('CasesObj', id), 0);
    assert.equal((await data.query('CasesObj')).data.total, before.total - 1);
    await check(data.delete('CasesObj', id), 0);
    await check(data.get('CasesObj', id), 32000);
  });

  it('refuses to delete what is not invalidated, price-book lines excepted', async () => {
    await check(data.delete('WebImVisitorObj', await fresh()), 32000, /未作废/);
    const [line] = (await data.query('PriceBookProductObj', { limit: 1 })).data.dataList;
    await check(data.delete('PriceBookProductObj', line._id), 0);
  });

  it('changes nothing when one of several ids is wrong', async () => {
    const [first, second] = [await fresh(), await fresh()];
    await data.invalid('WebImVisitorObj', first);
    await check(data.delete('WebImVisitorObj', first, second), 32000, new RegExp(second));
    assert.equal((await read('WebImVisitorObj', first)).life_status, 'invalid');
    await check(data.recover('WebImVisitorObj', first, 'nope'), 32000, /nope/);
    assert.equal((await read('WebImVisitorObj', first)).life_status, 'invalid');
  });

  it('refuses to invalidate twice, to recover what is in force and to change what is invalid', async () => {
    const id = await fresh();
    await check(data.recover('WebImVisitorObj', id), 32000);
    await data.invalid('WebImVisitorObj', id);
    await check(data.invalid('WebImVisitorObj', id), 32000);
    await check(data.update('WebImVisitorObj', id, { name: 'x' }), 32000);
    await check(data.changeOwner('WebImVisitorObj', id, ['1001']), 32000);
  });

  it('refuses to invalidate what is in approval', async () => {
    const filters = [{ field_name: 'life_status', operator: 'EQ', field_values: ['under_review'] }];
    const [record] = (await data.query('AccountObj', { limit: 1, filters })).data.dataList;
    await check(data.invalid('AccountObj', record._id), 32000, /under_review/);
  });

  it('refuses a list of ids that is empty or missing', async () => {
    await check(data.delete('WebImVisitorObj'), 15002);
    await check(data.run('WebImVisitorObj', 'delete', { data: { dataObjectApiName: 'WebImVisitorObj' } }), 15002);
  });

  it('invalidates several custom records in one call, and no preset ones', async () => {
    const path = '/cgi/crm/custom/data/invalid';
    const rows: Row[] = (await data.query('object_lease__c', { limit: 2 })).data.dataList;
    const idList = column(rows, '_id');
    await check(sandbox.call(path, { data: { dataObjectApiName: 'object_lease__c', idList } }), 0);
    for (const id of idList) assert.equal((await read('object_lease__c', id)).is_deleted, true);
    await check(sandbox.call(path, { data: { dataObjectApiName: 'AccountObj', idList } }), 15002);
  });

  it('changes the owner, the team and the department together', async () => {
    const id = await fresh();
    await check(data.changeOwner('WebImVisitorObj', id, ['1005']), 0);
    const record = await read('WebImVisitorObj', id);
    assert.deepEqual(record.owner, ['1005']);
    assert.deepEqual(record.relevant_team[0].teamMemberEmployee, ['1005']);
    assert.equal(record.owner_department, '华东销售部');
    await check(data.changeOwner('WebImVisitorObj', id, '[1006]'), 0);
    assert.deepEqual((await read('WebImVisitorObj', id)).owner, ['1006']);
    await check(data.changeOwner('WebImVisitorObj', id, ['9999']), 30027);
    await check(
      data.run('WebImVisitorObj', 'changeOwner', { data: { dataObjectApiName: 'WebImVisitorObj', data: [] } }),
      15002,
    );
  });

  it('keeps locked records from being changed until they are unlocked', async () => {
    const id = await fresh();
    await check(data.lock('WebImVisitorObj', 'lock', [id]), 0);
    const { lock_status, lock_user } = await read('WebImVisitorObj', id);
    assert.deepEqual([lock_status, lock_user], ['1', ['1000']]);
    await check(data.update('WebImVisitorObj', id, { name: 'x' }), 32000, /锁定/);
    await check(data.invalid('WebImVisitorObj', id), 32000, /锁定/);
    await check(data.changeOwner('WebImVisitorObj', id, ['1001']), 32000, /锁定/);
    await check(data.lock('WebImVisitorObj', 'unlock', [id]), 0);
    await check(data.update('WebImVisitorObj', id, { name: 'x' }), 0);
  });

  it('lets custom records be edited although locked when the caller says so', async () => {
    const [row] = (await data.query('object_store_check_item__c', { limit: 1 })).data.dataList;
    await check(data.lock('object_store_check_item__c', 'lock', [row._id]), 0);
    await check(data.update('object_store_check_item__c', row._id, { name: 'x' }), 32000);
    await check(data.update('object_store_check_item__c', row._id, { name: 'x' }, { skipDataStatusValidate: true }), 0);
  });

  it('locks detail rows with their master unless told not to', async () => {
    const [master, other] = (await data.query('PaymentObj', { limit: 2 })).data.dataList;
    const lockOfRow = async (id: unknown): Promise<unknown> =>
      (await read('PaymentObj', id)).details.OrderPaymentObj[0].containerDocument.lock_status;
    await check(data.lock('PaymentObj', 'lock', [master._id]), 0);
    assert.equal(await lockOfRow(master._id), '1');
    await check(data.lock('PaymentObj', 'lock', [other._id], 0), 0);
    assert.equal(await lockOfRow(other._id), '0');
  });
});
