import { isJsonObject, type JsonObject, type JsonValue } from '../../base/json';
import { describeIdOf, teamOf } from '../seed/systemValues';
import { autoNumber } from '../seed/words';
import { refused } from '../failure';
import type { CrmObject } from '../tenant/catalogue';
import type { Tenant } from '../tenant/tenant';
import type { RecordStore } from './recordStore';
import { asText } from '../text';

/** Who does something, and when (epoch milliseconds). */
export interface Actor {
  userId: string;
  now: number;
}

/** A complete new record around the fields that a caller gave. It is not in the store yet. */
export function newRecord(tenant: Tenant, store: RecordStore, fields: JsonObject, { userId, now }: Actor): JsonObject {
  const { object } = store;
  const id = store.nextId(now);
  const owner = ownerOf(fields) ?? userId;
  const record: JsonObject = {
    _id: id,
    record_type: 'default__c',
    ...ownerFields(tenant, owner),
    relevant_team: teamOf(owner),
    created_by: [userId],
    create_time: now,
    last_modified_by: [userId],
    last_modified_time: now,
    life_status: 'normal',
    is_deleted: false,
    lock_status: '0',
    lock_rule: 'default_lock_rule',
    version: '1',
    object_describe_api_name: object.apiName,
    object_describe_id: describeIdOf(object.apiName),
    tenant_id: tenant.tenantId,
    package: 'CRM',
    extend_obj_data_id: `o_t_${tenant.tenantId}_${id}`,
    origin_source: '0',
    ...tenant.organization.numberFor(object.apiName),
    ...withoutEmpty(fields),
    owner: [owner],
  };
  for (const field of object.fields.values()) {
    if (field.type === 'auto_number') record[field.name] = autoNumber(field, now, store.end);
    else if (field.type === 'count') record[field.name] = '0';
    else if (field.type === 'true_or_false') record[field.name] ??= false;
  }
  return record;
}

/** The record with some fields changed: its version counts up, its last modification moves. */
export function modified(record: JsonObject, changes: JsonObject, { userId, now }: Actor): JsonObject {
  const before = Number(record['last_modified_time']);
  return withoutEmpty({
    ...record,
    ...changes,
    last_modified_by: [userId],
    last_modified_time: now > before ? now : before + 1,
    version: String(Number(record['version']) + 1),
  });
}

/** What changes with the owner. */
export function ownerFields({ organization }: Tenant, owner: string): JsonObject {
  const department = organization.people.get(owner)?.department ?? '999999';
  return {
    owner: [owner],
    owner_department: organization.units.get(department)?.name ?? '',
    owner_department_id: department,
    data_own_department: [department],
  };
}

/** The team without its owner. */
export function teamWithoutOwner(team: JsonValue | undefined): JsonObject[] {
  return Array.isArray(team) ? team.filter(isJsonObject).filter(entry => entry['teamMemberRole'] !== '1') : [];
}

/** The team with another owner; the former one leaves it. */
export function teamWithOwner(team: JsonValue | undefined, owner: string): JsonValue {
  const fresh = teamOf(owner);
  return [...(Array.isArray(fresh) ? fresh : []), ...teamWithoutOwner(team)];
}

function ownerOf(fields: JsonObject): string | undefined {
  const { owner } = fields;
  const first = Array.isArray(owner) ? owner[0] : undefined;
  return typeof first === 'string' ? first : undefined;
}

function withoutEmpty(record: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
}

/** What has to hold of a record before something may be done with it. */
export function checkMayChange(object: CrmObject, record: JsonObject, allowLocked = false): void {
  if (isUnclaimed(record)) throw refused(`${nameOf(object, record)} 没有负责人,请先领取`);
  if (record['is_deleted'] === true) throw refused(`${nameOf(object, record)} 已作废,不能执行此操作`);
  if (!allowLocked) checkUnlocked(object, record);
}

/** A record in a pool that nobody has chosen yet: it has no owner (api-facts.md 7.5). */
export function isUnclaimed(record: JsonObject): boolean {
  return record['owner'] === undefined && poolFields.some(name => record[name] !== undefined);
}

export const poolFields = ['high_seas_id', 'leads_pool_id'];

export function checkUnlocked(object: CrmObject, record: JsonObject): void {
  if (record['lock_status'] === '1') throw refused(`${nameOf(object, record)} 已锁定,不能执行此操作`);
}

export const nameOf = (object: CrmObject, record: JsonObject): string =>
  `${object.label} ${asText(record['_id'])} (${asText(record['name'])})`;
