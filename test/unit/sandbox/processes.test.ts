import assert from 'node:assert/strict';
import { dataCalls, startTestSandbox, type Answer, type Row, type TestSandbox } from './client';

describe('approvals and processes of the sandbox', () => {
  let sandbox: TestSandbox;
  const data = dataCalls(() => sandbox);
  beforeEach(async () => (sandbox = await startTestSandbox()));
  afterEach(() => sandbox.close());

  type Body = Record<string, unknown>;
  const call = (path: string, body: Body) =>
    sandbox.call(`/cgi/crm/${path}`, body) as Promise<Answer & Record<string, any>>;
  const special = (path: string, fields: Body) => call(`v2/special/${path}`, { data: fields });
  const underReview = async (at = 0): Promise<string> => {
    const filters = [{ field_name: 'life_status', operator: 'EQ', field_values: ['under_review'] }];
    return (await data.query('AccountObj', { filters })).data.dataList[at]._id as string;
  };
  const instanceOf = async (dataId: unknown): Promise<Row> =>
    ((await call('object/approvalInstances/query', { dataId }))['instances'] as Row[])[0];
  const tasksOf = async (instanceId: unknown): Promise<Row[]> =>
    (await call('approvalInstance/get', { instanceId }))['instanceDetail'].tasks as Row[];
  const running = async (instanceId: unknown): Promise<Row> =>
    (await tasksOf(instanceId)).find(({ state }) => state === 'in_progress');
  const statusOf = async (id: unknown): Promise<unknown> => (await data.get('AccountObj', id)).data.life_status;

  it('show the approval of a record under review', async () => {
    const id = await underReview();
    const instance = await instanceOf(id);
    assert.deepEqual(
      [instance.dataId, instance.state, instance.triggerType, instance.objectApiName, instance.endTime],
      [id, 'in_progress', 'Create', 'AccountObj', 0],
    );
    const tasks = await tasksOf(instance.instanceId);
    assert.deepEqual(
      tasks.map(({ state }): unknown => state),
      ['in_progress', 'schedule'],
    );
    assert.match(String(tasks[0].unCompletePersons[0]), /^FSUID_/);
  });

  it('bring a record into force when every task is agreed to', async () => {
    const id = await underReview();
    const { instanceId } = await instanceOf(id);
    const first = await running(instanceId);
    const agreed = await call('approvalTask/action', { taskId: first.id, actionType: 'agree', opinion: '同意' });
    assert.deepEqual(agreed, { errorCode: 0, errorMessage: 'success' });
    assert.equal(await statusOf(id), 'under_review');
    const second = await running(instanceId);
    await special('object/approvalTask', { taskId: second.id, approvalResult: 'agree', opinion: 'ok' });
    assert.equal(await statusOf(id), 'normal');
    assert.equal((await instanceOf(id)).state, 'pass');
    const [done] = await tasksOf(instanceId);
    assert.deepEqual([done.state, done.opinions[0].opinion, done.unCompletePersons], ['pass', '同意', []]);
    const again = { taskId: first.id, actionType: 'agree', opinion: 'x' };
    assert.equal((await call('approvalTask/action', again)).errorCode, 32000);
  });

  it('leave a record out of force when a task is rejected or the approval is withdrawn', async () => {
    const [rejected, withdrawn] = [await underReview(0), await underReview(1)];
    const task = await running((await instanceOf(rejected)).instanceId);
    await special('approval/task/action', { taskId: task.id, actionType: 'reject', opinion: '不行' });
    assert.deepEqual([await statusOf(rejected), (await instanceOf(rejected)).state], ['ineffective', 'reject']);
    const cancel = { entityId: 'AccountObj', objectId: withdrawn };
    assert.equal((await special('approval/instance/cancel', cancel)).errorCode, 0);
    assert.deepEqual([await statusOf(withdrawn), (await instanceOf(withdrawn)).state], ['ineffective', 'cancel']);
    assert.equal((await special('approval/instance/cancel', cancel)).errorCode, 32000);
  });

  it('go back to an earlier task', async () => {
    const { instanceId } = await instanceOf(await underReview(1));
    const [first, second] = await tasksOf(instanceId);
    const body = { currentTaskId: second.id, rejectToTaskId: first.id, rejectOpinion: '再看' };
    assert.equal((await special('approval/rejectToBeforeTask', body)).errorCode, 0);
    const states = (await tasksOf(instanceId)).map(({ state }): unknown => state);
    assert.deepEqual(states, ['in_progress', 'go_back']);
    await call('approvalTask/action', { taskId: first.id, actionType: 'agree', opinion: 'ok' });
    assert.equal((await running(instanceId)).id, second.id);
    const wrong = { ...body, currentTaskId: second.id, rejectToTaskId: second.id };
    assert.equal((await special('approval/rejectToBeforeTask', wrong)).errorCode, 32000);
  });

  it('are found by flow, state and time', async () => {
    const query = async (more: Body = {}) => {
      const body = { flowApiName: 'appr_account__crmappr', startTime: 0, endTime: Date.now(), ...more };
      const answer: Row = await call('approvalInstances/query', body);
      return answer.queryResult as { total: number; instanceList: Row[] };
    };
    const all = await query();
    assert.equal(all.total, 24);
    assert.equal(all.instanceList.length, 20);
    assert.equal((await query({ pageNumber: 2 })).instanceList.length, 4);
    const inProgress = await query({ state: 'in_progress' });
    assert.ok(inProgress.total > 0 && inProgress.total < 24);
    assert.equal((await query({ flowApiName: 'other' })).total, 0);
    assert.equal((await call('approvalInstances/query', { flowApiName: 'x' })).errorCode, 15002);
  });

  it('count what waits for the caller', async () => {
    const stats = (await sandbox.call('/cgi/crm/v2/special/getUserTodoStats', { data: { app: 'CRM' } }, '1001')).data;
    assert.equal(stats[0].bizType, '452');
    assert.ok(stats[0].notDealCount > 0);
    assert.equal((await special('getUserTodoStats', { app: 'x' })).errorCode, 15002);
  });

  const processTask = async (state: string, at = 0): Promise<Row> => {
    const filters = [{ field_name: 'state', operator: 'EQ', field_values: [state] }];
    return (await data.query('BpmTask', { filters })).data.dataList[at];
  };
  const stateOf = async (id: unknown): Promise<unknown> => (await data.get('BpmTask', id)).data.state;

  it('complete tasks of a business process, once', async () => {
    const task = await processTask('in_progress');
    assert.equal((await special('object/completeTask', { taskId: task._id })).errorCode, 0);
    assert.equal(await stateOf(task._id), 'pass');
    assert.equal((await special('object/completeTask', { taskId: task._id })).errorCode, 32000);
    const next = await processTask('in_progress');
    const decision = { taskId: next._id, approvalResult: 'reject', opinion: 'x' };
    assert.equal((await special('object/businessFlowComplete', decision)).errorCode, 0);
    assert.equal(await stateOf(next._id), 'reject');
  });

  it('write a record and complete a task, both or neither', async () => {
    const task = await processTask('in_progress');
    const [account] = (await data.query('AccountObj', { limit: 1 })).data.dataList;
    const complete = (fields: Body) =>
      special('task/updateDataAndCompleteTask', {
        taskId: task._id,
        entityId: 'AccountObj',
        objectId: account._id,
        data: fields,
      });
    assert.equal((await complete({ nope: 1 })).errorCode, 32000);
    assert.equal(await stateOf(task._id), 'in_progress');
    assert.equal((await complete({ name: '流程改的' })).errorCode, 0);
    assert.equal((await data.get('AccountObj', account._id)).data.name, '流程改的');
    assert.equal(await stateOf(task._id), 'pass');
  });

  it('start, move and cancel', async () => {
    const [opportunity] = (await data.query('OpportunityObj', { limit: 1 })).data.dataList;
    const started = await call('v2/instance/triggerByRule', {
      data: { entityId: 'OpportunityObj', objectId: opportunity._id },
    });
    assert.deepEqual(started.data, {});
    const newest = { limit: 1, orders: [{ fieldName: '_id', isAsc: false }] };
    const [runtime] = (await data.query('stageRuntime', newest)).data.dataList;
    assert.equal(runtime.object_data_id, opportunity._id);
    await special('stageMoveTo', { workflowInstanceId: runtime._id, stageId: 'stage_2' });
    assert.equal((await data.get('stageRuntime', runtime._id)).data.stage_id, 'stage_2');

    const move = (current: unknown) =>
      call('v2/service/moveNextSaleActionStage', {
        data: { opportunityId: opportunity._id, currentSaleActionStageId: current, backReason__o: 'next' },
      });
    assert.equal((await move('nope')).errorCode, 32000);
    assert.equal((await move(opportunity.oppo_stage_id)).errorCode, 0);
    assert.equal((await data.get('OpportunityObj', opportunity._id)).data.oppo_stage_id, 'next');

    const filters = [{ field_name: 'state', operator: 'EQ', field_values: ['in_progress'] }];
    const [process] = (await data.query('BpmInstance', { filters })).data.dataList;
    assert.equal((await special('instance/cancel', { instanceId: process._id })).errorCode, 0);
    assert.equal((await special('instance/cancel', { instanceId: process._id })).errorCode, 32000);
  });
});
