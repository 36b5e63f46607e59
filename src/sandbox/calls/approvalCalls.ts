import type { JsonObject, JsonValue } from '../../base/json';
import { malformed, refused } from '../failure';
import { modified } from '../store/stamps';
import { toOpenUserId } from '../tenant/people';
import { asText } from '../text';
import { dataOf, knownObject, textOf, wholeNumberOf, type Call } from './call';
import { find, type Found } from './changing';
import { actorOf } from './writeCalls';

const instanceObject = 'ApprovalInstanceObj';
const taskObject = 'ApprovalTaskObj';
const opinions = '#opinions';

/** `object/approvalInstances/query`: the approvals of one record. */
export function approvalsOfRecord(call: Call): JsonObject {
  const dataId = textOf(call.body, 'dataId');
  const instances = allInstances(call).filter(({ record }) => record['object_data_id'] === dataId);
  return { instances: instances.map(found => instanceMap(call, found)) };
}

/** `approvalInstance/get`. */
export function getApproval(call: Call): JsonObject {
  const instance = findOne(call, instanceObject, textOf(call.body, 'instanceId'));
  const tasks = tasksOf(call, instance).map(found => taskMap(call, found));
  return { instanceDetail: { instance: instanceMap(call, instance), tasks } };
}

/** `approvalInstances/query`. */
export function queryApprovals(call: Call): JsonObject {
  const { body } = call;
  const [from, to] = [wholeNumberOf(body, 'startTime'), wholeNumberOf(body, 'endTime')];
  const pageSize = wholeNumberOf(body, 'pageSize', 20);
  const pageNumber = wholeNumberOf(body, 'pageNumber', 1);
  if (pageSize < 1 || pageNumber < 1) throw malformed('pageSize or pageNumber is out of range');
  const flow = textOf(body, 'flowApiName');
  const found = allInstances(call)
    .map(instance => instanceMap(call, instance))
    .filter(map => {
      const time = Number(map['createTime']);
      const same = (key: string): boolean => body[key] === undefined || body[key] === map[key];
      return map['flowApiName'] === flow && time >= from && time <= to && same('state') && same('objectApiName');
    });
  const instanceList = found.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
  return { queryResult: { total: found.length, instanceList } };
}

/** `approvalTask/action` and its two younger forms, which differ in where the parameters stand. */
export const actOnTask = (call: Call): JsonObject => decide(call, call.body, 'actionType');
export const actOnTaskV2 = (call: Call): JsonObject => decide(call, dataOf(call), 'approvalResult');
export const actOnTaskByScript = (call: Call): JsonObject => decide(call, dataOf(call), 'actionType');

/** `approval/rejectToBeforeTask`. */
export function rejectToEarlier(call: Call): JsonObject {
  const data = dataOf(call);
  const current = findOne(call, taskObject, textOf(data, 'currentTaskId'));
  const earlier = findOne(call, taskObject, textOf(data, 'rejectToTaskId'));
  const opinion = textOf(data, 'rejectOpinion');
  checkRuns(current);
  const tasks = tasksOf(call, instanceOf(call, current));
  const place = (task: Found): number => tasks.findIndex(({ position }) => position === task.position);
  if (place(earlier) < 0 || place(earlier) >= place(current)) throw refused('rejectToTaskId 不是之前的审批节点');
  say(call, current, 'reject', opinion);
  change(call, current, { state: 'go_back' });
  change(call, earlier, { state: 'in_progress' });
  return {};
}

/** `approval/instance/cancel`: the running approval of a record is withdrawn. */
export function withdraw(call: Call): JsonObject {
  const data = dataOf(call);
  const [entityId, objectId] = [textOf(data, 'entityId'), textOf(data, 'objectId')];
  findOne(call, entityId, objectId);
  const instance = allInstances(call).find(
    ({ record }) => record['object_data_id'] === objectId && record['state'] === 'in_progress',
  );
  if (!instance) throw refused(`${entityId} ${objectId} 没有进行中的审批流程`);
  finish(call, instance, 'cancel');
  return {};
}

/** The caller's tasks that wait. */
export function waitingTasks(call: Call): number {
  const { userId } = call.caller;
  return all(call, taskObject).filter(
    ({ record }) => record['state'] === 'in_progress' && idsIn(record['candidate_ids']).includes(userId),
  ).length;
}

function decide(call: Call, map: JsonObject, key: string): JsonObject {
  const task = findOne(call, taskObject, textOf(map, 'taskId'));
  const action = textOf(map, key);
  if (action !== 'agree' && action !== 'reject') throw malformed(`parameter ${key} is ${action}, not agree or reject`);
  const opinion = textOf(map, 'opinion');
  checkRuns(task);
  const instance = instanceOf(call, task);
  const next = tasksOf(call, instance).find(
    ({ position, record }) => position > task.position && ['schedule', 'go_back'].includes(asText(record['state'])),
  );
  say(call, task, action, opinion);
  change(call, task, { state: action === 'agree' ? 'pass' : 'reject' });
  if (action === 'reject') finish(call, instance, 'reject');
  else if (next) change(call, next, { state: 'in_progress' });
  else finish(call, instance, 'pass');
  return {};
}

/** Ends an approval: what still waits is off, and the record that it is about goes where the approval sends it. */
function finish(call: Call, instance: Found, state: 'pass' | 'reject' | 'cancel'): void {
  change(call, instance, { state });
  for (const task of tasksOf(call, instance)) {
    if (['in_progress', 'schedule', 'go_back'].includes(asText(task.record['state']))) {
      change(call, task, { state: 'cancel' });
    }
  }
  const id = asText(instance.record['object_data_id'] ?? '');
  const store = call.tenant.storeHolding(id);
  const subject = store && findOne(call, store.object.apiName, id);
  if (!subject || !['under_review', 'in_change'].includes(asText(subject.record['life_status']))) return;
  const wasNew = subject.record['life_status'] === 'under_review';
  change(call, subject, { life_status: state !== 'pass' && wasNew ? 'ineffective' : 'normal' });
}

function checkRuns({ record }: Found): void {
  if (record['state'] !== 'in_progress') throw refused(`审批任务 ${asText(record['_id'])} 不在进行中`);
}

function say(call: Call, { record }: Found, actionType: string, opinion: string): void {
  const shelf = call.tenant.shelf(opinions);
  const id = asText(record['_id']);
  const entry = { actionType, opinion, replyTime: call.now, openUserId: toOpenUserId(call.caller.userId) };
  shelf.set(id, { list: [...listIn(shelf.get(id)), entry] });
}

const listIn = (kept: JsonObject | undefined): JsonValue[] => (Array.isArray(kept?.['list']) ? kept['list'] : []);

function change(call: Call, { object, position, record }: Found, changes: JsonObject): void {
  call.tenant.storeOf(object.apiName).replace(position, modified(record, changes, actorOf(call)));
}

function findOne(call: Call, apiName: string, id: string): Found {
  const [found] = find(call, knownObject(call, apiName), [id]);
  if (!found) throw refused(`${apiName} ${id} 不存在`);
  return found;
}

function all({ tenant }: Call, apiName: string): Found[] {
  const store = tenant.storeOf(apiName);
  return Array.from({ length: store.end }, (_, position) => position).flatMap(position => {
    const record = store.recordAt(position);
    return record ? [{ object: store.object, position, record }] : [];
  });
}

const allInstances = (call: Call): Found[] => all(call, instanceObject);

const tasksOf = (call: Call, { record }: Found): Found[] =>
  all(call, taskObject).filter(task => task.record['approval_instance_id'] === record['_id']);

const instanceOf = (call: Call, { record }: Found): Found =>
  findOne(call, instanceObject, asText(record['approval_instance_id']));

const idsIn = (value: JsonValue | undefined): string[] => (Array.isArray(value) ? value.map(asText) : []);

function instanceMap({ tenant }: Call, { record }: Found): JsonObject {
  const state = asText(record['state']);
  const dataId = asText(record['object_data_id'] ?? '');
  const changed = Number(record['last_modified_time']);
  return {
    instanceId: record['_id'] ?? '',
    instanceName: record['name'] ?? '',
    dataId,
    // The record has a word for it, the older calls a code; the sandbox has none but those of new records.
    triggerType: 'Create',
    state,
    createTime: record['create_time'] ?? 0,
    lastModifyTime: changed,
    endTime: state === 'in_progress' ? 0 : changed,
    flowApiName: record['workflow_id'] ?? '',
    applicantOpenUserId: toOpenUserId(idsIn(record['owner'])[0] ?? ''),
    cancelTime: state === 'cancel' ? changed : 0,
    objectApiName: tenant.storeHolding(dataId)?.object.apiName ?? 'AccountObj',
  };
}

function taskMap({ tenant }: Call, { record }: Found): JsonObject {
  const state = asText(record['state']);
  const people = idsIn(record['candidate_ids']).map(toOpenUserId);
  const waits = state === 'in_progress' || state === 'schedule' || state === 'go_back';
  return {
    id: record['_id'] ?? '',
    type: 'single',
    state,
    flowApiName: 'appr_account__crmappr',
    createTime: record['create_time'] ?? 0,
    modifyTime: record['last_modified_time'] ?? 0,
    endTime: waits ? 0 : (record['last_modified_time'] ?? 0),
    opinions: listIn(tenant.shelf(opinions).get(asText(record['_id']))),
    unCompletePersons: waits ? people : [],
    completePersons: waits ? [] : people,
  };
}
