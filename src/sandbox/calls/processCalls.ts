import { isJsonObject, type JsonObject } from '../../base/json';
import { malformed, refused } from '../failure';
import { modified, nameOf, newRecord } from '../store/stamps';
import { asText } from '../text';
import { waitingTasks } from './approvalCalls';
import { dataOf, knownObject, textOf, within, type Call } from './call';
import { find, forAll } from './changing';
import { actorOf, updateRecord } from './writeCalls';

/** `object/completeTask`: a task of a business process is done. */
export function completeTask(call: Call): JsonObject {
  return endTask(call, textOf(dataOf(call), 'taskId'), 'pass');
}

/** `object/businessFlowComplete`: the same, with a decision. taskId is marked optional, but nothing else names one. */
export function decideTask(call: Call): JsonObject {
  const data = dataOf(call);
  const result = textOf(data, 'approvalResult');
  textOf(data, 'opinion');
  if (result !== 'agree' && result !== 'reject') {
    throw malformed(`parameter approvalResult is ${result}, not agree or reject`);
  }
  return endTask(call, textOf(data, 'taskId'), result === 'agree' ? 'pass' : 'reject');
}

/** `task/updateDataAndCompleteTask`. */
export function updateAndComplete(call: Call): JsonObject {
  const data = dataOf(call);
  const [taskId, entityId] = [textOf(data, 'taskId'), textOf(data, 'entityId')];
  const { data: fields } = data;
  if (!isJsonObject(fields)) throw malformed('parameter data.data is missing or not a map');
  checkRuns(call, taskId);
  const object_data = { ...fields, _id: textOf(data, 'objectId'), dataObjectApiName: entityId };
  updateRecord(within(call, { data: { object_data } }));
  return endTask(call, taskId, 'pass');
}

/** `special/instance/cancel`. */
export function cancelProcess(call: Call): JsonObject {
  const object = knownObject(call, 'BpmInstance');
  return forAll(call, object, [textOf(dataOf(call), 'instanceId')], ({ record }) => {
    if (record['state'] !== 'in_progress') throw refused(`${nameOf(object, record)} 不在进行中`);
    return { state: 'cancel' };
  });
}

/** `instance/triggerByRule`: a record gets a stage progression. */
export function startStages(call: Call): JsonObject {
  const data = dataOf(call);
  const objectId = textOf(data, 'objectId');
  find(call, knownObject(call, textOf(data, 'entityId')), [objectId]);
  const store = call.tenant.storeOf('stageRuntime');
  const fields = { name: `阶段推进器 ${objectId}`, object_data_id: objectId, state: 'in_progress' };
  store.add(newRecord(call.tenant, store, fields, actorOf(call)));
  return { data: {} };
}

/** `stageMoveTo`. Which field holds the stage is not known; here it is stage_id of stageRuntime. */
export function moveToStage(call: Call): JsonObject {
  const data = dataOf(call);
  const stage_id = textOf(data, 'stageId');
  const object = knownObject(call, 'stageRuntime');
  return forAll(call, object, [textOf(data, 'workflowInstanceId')], () => ({ stage_id }));
}

/** `moveNextSaleActionStage`: the next stage is named backReason__o, as its page has it. */
export function moveSaleStage(call: Call): JsonObject {
  const data = dataOf(call);
  const [current, next] = [textOf(data, 'currentSaleActionStageId'), textOf(data, 'backReason__o')];
  const object = knownObject(call, 'OpportunityObj');
  return forAll(call, object, [textOf(data, 'opportunityId')], ({ record }) => {
    if (record['oppo_stage_id'] !== current) throw refused(`${nameOf(object, record)} 的阶段不是 ${current}`);
    return { oppo_stage_id: next };
  });
}

const apps = ['ALL', 'CRM', 'TASK'];

/** `getUserTodoStats`: approvals (452) and tasks of business processes (457) that wait for the caller. */
export function countTodos(call: Call): JsonObject {
  const app = textOf(dataOf(call), 'app');
  if (!apps.includes(app)) throw malformed(`parameter app is ${app}, not ${apps.join(', ')}`);
  const row = (bizType: string, count: number): JsonObject => ({
    bizType,
    notReadCount: 0,
    notDealCount: count,
    notDealTemporaryCount: 0,
    extendCount: [],
  });
  return { data: app === 'TASK' ? [] : [row('452', waitingTasks(call)), row('457', waitingProcessTasks(call))] };
}

function waitingProcessTasks({ tenant, caller }: Call): number {
  const store = tenant.storeOf('BpmTask');
  let count = 0;
  for (let position = 0; position < store.end; position++) {
    const candidates = store.valueAt(position, 'candidate_ids');
    const isMine = Array.isArray(candidates) && candidates.map(asText).includes(caller.userId);
    if (isMine && store.valueAt(position, 'state') === 'in_progress') count += 1;
  }
  return count;
}

function endTask(call: Call, id: string, state: string): JsonObject {
  const { position, record } = checkRuns(call, id);
  call.tenant.storeOf('BpmTask').replace(position, modified(record, { state }, actorOf(call)));
  return {};
}

function checkRuns(call: Call, id: string) {
  const object = knownObject(call, 'BpmTask');
  const [found] = find(call, object, [id]);
  if (found?.record['state'] !== 'in_progress') throw refused(`${object.label} ${id} 不在进行中`);
  return found;
}
