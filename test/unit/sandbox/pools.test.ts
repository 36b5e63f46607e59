import assert from 'node:assert/strict';
import { dataCalls, startTestSandbox, type Answer, type Row, type TestSandbox } from './client';

describe('pools and teams of the sandbox', () => {
  let sandbox: TestSandbox;
  let pool: string;
  const data = dataCalls(() => sandbox);
  before(async () => {
    sandbox = await startTestSandbox();
    pool = (await data.query('HighSeasObj', { limit: 1 })).data.dataList[0]._id;
  });
  after(() => sandbox.close());

  const read = async (object: string, id: unknown): Promise<Row> => (await data.get(object, id)).data;
  const fresh = async (object = 'AccountObj') => (await data.create(object, { name: '新的' })).dataId;
  const poolCall = (action: string, fields: Record<string, unknown>, userId?: string) =>
    sandbox.call(`/cgi/crm/v2/data/${action}`, { data: { apiName: 'AccountObj', ...fields } }, userId);
  const giveBack = (id: string, change = {}) =>
    poolCall('return', { objectIds: [id], objectPoolId: pool, backReason: '0', ...change });
  const check = async (call: Promise<Answer>, errorCode: number) => {
    const answer = await call;
    assert.equal(answer.errorCode, errorCode, answer.errorMessage);
  };

  it('take a returned record, which then has no owner and cannot be changed', async () => {
    const id = await fresh();
    await check(giveBack(id), 0);
    const record = await read('AccountObj', id);
    assert.deepEqual([record.owner, record.high_seas_id, record.biz_status], [undefined, pool, 'unallocated']);
    await check(data.update('AccountObj', id, { name: 'x' }), 32000);
    await check(data.changeOwner('AccountObj', id, ['1005']), 32000);
    await check(giveBack(id), 32000);
  });

  it('give a record to whoever chooses it, once', async () => {
    const id = await fresh();
    await check(poolCall('choose', { objectIds: [id] }), 32000);
    await giveBack(id);
    await check(poolCall('choose', { objectIds: [id] }, '1003'), 0);
    const record = await read('AccountObj', id);
    assert.deepEqual([record.owner, record.biz_status, record.high_seas_id], [['1003'], 'allocated', pool]);
    assert.deepEqual(record.relevant_team[0].teamMemberEmployee, ['1003']);
    await check(poolCall('choose', { objectIds: [id] }, '1004'), 32000);
    await check(data.update('AccountObj', id, { name: 'x' }), 0);
  });

  it('let a record go, with the owner that is named', async () => {
    const id = await fresh();
    await giveBack(id);
    const leave = { objectIDs: [id], objectPoolId: pool, isKeepOwner: false };
    await check(poolCall('remove', leave), 15002);
    await check(poolCall('remove', { ...leave, owner: '1006' }), 0);
    const record = await read('AccountObj', id);
    assert.deepEqual([record.owner, record.high_seas_id], [['1006'], undefined]);
    await check(poolCall('remove', { ...leave, owner: '1006' }), 32000);
  });

  it('refuse other objects, reasons and pools', async () => {
    const id = await fresh();
    await check(giveBack(id, { apiName: 'ContactObj' }), 15002);
    await check(giveBack(id, { backReason: '9' }), 15002);
    await check(giveBack(id, { objectPoolId: id }), 32000);
  });

  it('turn a lead into an account and a contact', async () => {
    const filters = [{ field_name: 'biz_status', operator: 'EQ', field_values: ['processed'] }];
    const [lead] = (await data.query('LeadsObj', { limit: 1, filters })).data.dataList;
    const dataList = {
      AccountObj: { name: '转来的', is_main_leads: true },
      ContactObj: { name: '联系人', mobile1: '1' },
    };
    const transfer = (change = {}) =>
      sandbox.call('/cgi/crm/v2/leads/transfer', { data: { leadsId: lead._id, dataList: { ...dataList, ...change } } });
    const accounts = async (): Promise<unknown> => (await data.query('AccountObj')).data.total;
    const before = await accounts();
    await check(transfer({ ContactObj: { name: '没有手机' } }), 32000);
    assert.equal(await accounts(), before);
    await check(transfer(), 0);
    const after = await read('LeadsObj', lead._id);
    assert.equal(after.biz_status, 'transformed');
    assert.equal((await read('AccountObj', after.account_id)).name, '转来的');
    assert.equal((await read('ContactObj', after.contact_id)).account_id, after.account_id);
    await check(transfer(), 32000);
  });

  const teamCall = (action: string, fields: Record<string, unknown>, apiName = 'AccountObj') =>
    sandbox.call(`/cgi/crm/team/${action}`, { apiName, data: fields });
  const member = (id: string, role = '4', permission = '1') => ({
    teamMemberEmployee: [id],
    teamMemberRole: role,
    teamMemberPermissionType: permission,
  });
  const teamOf = async (id: string): Promise<Row[]> => (await teamCall('get', { dataID: id })).data.objectList as Row[];

  it('add, show, change and remove members of a team', async () => {
    const id = await fresh();
    await check(teamCall('add', { dataIDs: [id], ...member('1007') }), 0);
    assert.deepEqual(await teamOf(id), [member('1000', '1', '2'), member('1007')]);
    await check(teamCall('edit', { dataID: id, teamMemberInfos: [member('1007', '2', '2')] }), 0);
    assert.deepEqual((await teamOf(id))[1], member('1007', '2', '2'));
    const record = await read('AccountObj', id);
    assert.equal(record.relevant_team__r, '李思远,黄佳怡');
    assert.equal(record.version, '3');
    await check(teamCall('delete', { dataIDs: [id], teamMemberEmployee: ['1007'] }), 0);
    assert.equal((await teamOf(id)).length, 1);
  });

  it('refuse an owner by team, a stranger, and objects without team calls', async () => {
    const id = await fresh();
    await check(teamCall('add', { dataIDs: [id], ...member('1007', '1', '2') }), 32000);
    await check(teamCall('add', { dataIDs: [id], ...member('9999') }), 30027);
    await check(teamCall('add', { dataIDs: [id], ...member('1007', '5') }), 15002);
    await check(teamCall('edit', { dataID: id, teamMemberInfos: [member('1007')] }), 32000);
    await check(teamCall('delete', { dataIDs: [id], teamMemberEmployee: ['1000'] }), 32000);
    await check(teamCall('get', { dataID: id }, 'LeadsObj'), 15002);
  });
});
