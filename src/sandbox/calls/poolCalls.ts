import { isJsonObject, type JsonObject } from '../../base/json';
import { malformed, refused } from '../failure';
import { checkUnlocked, isUnclaimed, nameOf, ownerFields, teamWithoutOwner, teamWithOwner } from '../store/stamps';
import { checkEmployee } from '../store/fieldValues';
import type { CrmObject } from '../tenant/catalogue';
import { fromOpenUserId } from '../tenant/people';
import { asText } from '../text';
import { dataOf, idsOf, knownObject, textOf, within, type Call } from './call';
import { find, forAll } from './changing';
import { checkCreate, createRecord } from './writeCalls';

interface Pool {
  /** The look-up of a record to its pool. */
  field: string;
  object: string;
  /** biz_status of a record with an owner and of one without. */
  claimed: string;
  free: string;
}
/** Only these two objects have pools (api-facts.md 7.5). */
const pools: Record<string, Pool> = {
  AccountObj: { field: 'high_seas_id', object: 'HighSeasObj', claimed: 'allocated', free: 'unallocated' },
  LeadsObj: { field: 'leads_pool_id', object: 'LeadsPoolObj', claimed: 'un_processed', free: 'un_assigned' },
};
const backReasons = ['0', '1', '2', 'other'];

/** `data/choose`: the caller becomes the owner of records that have none. */
export function choose(call: Call): JsonObject {
  const data = dataOf(call);
  const { object, pool } = poolOf(call, data);
  const { userId } = call.caller;
  return forAll(call, object, idsOf(data, 'objectIds'), ({ record }) => {
    if (!isUnclaimed(record)) throw refused(`${nameOf(object, record)} 不在公海或线索池中,或已被领取`);
    return { ...withOwner(call, record, userId), biz_status: pool.claimed };
  });
}

/** `data/return`: records lose their owner and lie in a pool. */
export function giveBack(call: Call): JsonObject {
  const data = dataOf(call);
  const { object, pool } = poolOf(call, data);
  const poolId = poolIn(call, pool, data);
  const reason = textOf(data, 'backReason');
  if (!backReasons.includes(reason))
    throw malformed(`parameter backReason is ${reason}, not ${backReasons.join(', ')}`);
  return forAll(call, object, idsOf(data, 'objectIds'), ({ record }) => {
    checkInForce(object, record);
    if (isUnclaimed(record)) throw refused(`${nameOf(object, record)} 没有负责人`);
    return { ...withoutOwner(record), [pool.field]: poolId, biz_status: pool.free };
  });
}

/** `data/remove`: records leave a pool. The list is `objectIDs`, with a capital D. */
export function removeFromPool(call: Call): JsonObject {
  const data = dataOf(call);
  const { object, pool } = poolOf(call, data);
  const poolId = poolIn(call, pool, data);
  const keeps = data['isKeepOwner'];
  if (typeof keeps !== 'boolean') throw malformed('parameter isKeepOwner is missing or not true or false');
  const owner = keeps ? undefined : fromOpenUserId(textOf(data, 'owner'));
  if (owner !== undefined) checkEmployee(call.tenant, owner, 'owner');
  return forAll(call, object, idsOf(data, 'objectIDs'), ({ record }) => {
    checkInForce(object, record);
    if (record[pool.field] !== poolId) throw refused(`${nameOf(object, record)} 不在 ${poolId} 中`);
    const changes = owner === undefined ? {} : { ...withOwner(call, record, owner), biz_status: pool.claimed };
    return { ...changes, [pool.field]: null };
  });
}

const targets = ['AccountObj', 'ContactObj', 'OpportunityObj', 'NewOpportunityObj'];

/** `leads/transfer`: makes the records of dataList, or takes those with an `_id`, and points the lead to them. */
export function transferLeads(call: Call): JsonObject {
  const data = dataOf(call);
  const object = knownObject(call, 'LeadsObj');
  const [found] = find(call, object, [textOf(data, 'leadsId')]);
  const { dataList } = data;
  if (!isJsonObject(dataList) || Object.keys(dataList).length === 0) {
    throw malformed('parameter dataList is missing or not a map');
  }
  if (found?.record['biz_status'] === 'transformed') throw refused(`${nameOf(object, found.record)} 已转换`);
  if (found) checkInForce(object, found.record);
  const entries = Object.entries(dataList).map(([apiName, fields]) => {
    if (!targets.includes(apiName) || !isJsonObject(fields)) throw malformed(`dataList.${apiName} is not supported`);
    const target = knownObject(call, apiName);
    if (typeof fields['_id'] === 'string') find(call, target, [fields['_id']]);
    else checkCreate(call, target, recordIn(fields), apiName === 'AccountObj' ? '' : 'account_id');
    return { apiName, fields };
  });
  // The others belong to the account.
  entries.sort((a, b) => targets.indexOf(a.apiName) - targets.indexOf(b.apiName));
  const links: JsonObject = {};
  for (const { apiName, fields } of entries) {
    const field = [...object.fields.values()].find(({ target, type }) => target === apiName && type !== 'count');
    const id = typeof fields['_id'] === 'string' ? fields['_id'] : created(call, apiName, fields, links);
    if (field) links[field.name] = id;
  }
  return forAll(call, object, [textOf(data, 'leadsId')], () => ({ ...links, biz_status: 'transformed' }));
}

/** A record of the account that the lead points to now, unless it names another. */
function created(call: Call, apiName: string, fields: JsonObject, links: JsonObject): string {
  const account = apiName !== 'AccountObj' && links['account_id'] ? { account_id: links['account_id'] } : {};
  const object_data = { ...account, ...recordIn(fields), dataObjectApiName: apiName };
  return asText(createRecord(within(call, { data: { object_data } }))['dataId']);
}

const recordIn = (fields: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'is_main_leads'));

function poolOf(call: Call, data: JsonObject): { object: CrmObject; pool: Pool } {
  const apiName = textOf(data, 'apiName');
  const pool = Object.hasOwn(pools, apiName) ? pools[apiName] : undefined;
  if (!pool) throw malformed(`${apiName} has no pools`);
  return { object: knownObject(call, apiName), pool };
}

function poolIn({ tenant }: Call, pool: Pool, data: JsonObject): string {
  const id = textOf(data, 'objectPoolId');
  if (tenant.storeOf(pool.object).find(id) === undefined) throw refused(`${pool.object} ${id} 不存在`);
  return id;
}

function checkInForce(object: CrmObject, record: JsonObject): void {
  if (record['is_deleted'] === true) throw refused(`${nameOf(object, record)} 已作废,不能执行此操作`);
  checkUnlocked(object, record);
}

function withOwner({ tenant }: Call, record: JsonObject, owner: string): JsonObject {
  return { ...ownerFields(tenant, owner), relevant_team: teamWithOwner(record['relevant_team'], owner) };
}

function withoutOwner(record: JsonObject): JsonObject {
  const relevant_team = teamWithoutOwner(record['relevant_team']);
  return { owner: null, owner_department: null, owner_department_id: null, relevant_team };
}
