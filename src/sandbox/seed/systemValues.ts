import type { JsonValue } from '../../base/json';
import type { CrmObject } from '../tenant/catalogue';
import type { Field } from '../tenant/field';
import { departments, employees } from '../tenant/people';
import { hashOfText, pick } from './random';
import type { SeedPoint } from './seededRecords';

/** Every 23rd record lies in the recycle bin. Kept arithmetic so that a million of them can be counted at once. */
const invalidEvery = 23;
const firstInvalid = 11;
/** Every 41st is under review. */
export const reviewEvery = 41;
export const reviewFirst = 19;
const day = 86_400_000;

const hasLifeCycle = (object: CrmObject): boolean =>
  object.operations === 'all' && object.apiName !== 'PersonnelObj' && object.apiName !== 'DepartmentObj';

/** Objects of a handful of records keep them all, so that there is something to see. */
const hasRecycleBin = (object: CrmObject, count: number): boolean => hasLifeCycle(object) && count >= 30;

export function isInvalidAt(object: CrmObject, count: number, position: number): boolean {
  return position % invalidEvery === firstInvalid && hasRecycleBin(object, count);
}

/** How many of the seeded records before a position are invalidated. */
export function invalidBefore(object: CrmObject, count: number, position: number): number {
  return hasRecycleBin(object, count) ? Math.floor((position + invalidEvery - 1 - firstInvalid) / invalidEvery) : 0;
}

function lifeStatusAt({ object, ids, position }: SeedPoint): string {
  if (isInvalidAt(object, ids.count, position)) return 'invalid';
  if (!hasRecycleBin(object, ids.count)) return 'normal';
  if (position % reviewEvery === reviewFirst) return 'under_review';
  if (position % 43 === 27) return 'ineffective';
  return position % 47 === 33 ? 'in_change' : 'normal';
}

const isLockedAt = ({ object, ids, position }: SeedPoint): boolean =>
  position % 31 === 17 && hasRecycleBin(object, ids.count);

/** Records belong to those who sell and those who serve: the regional sales departments and customer service. */
const owners = employees.filter(({ department }) => ['1002', '1003', '1004', '1006'].includes(department));

/** The owner's employee number. */
const ownerAt = ({ rowHash }: SeedPoint): string => pick(owners, rowHash >>> 8).id;

type Value = (at: SeedPoint) => JsonValue | undefined;

const created = (at: SeedPoint): number => at.ids.timeAt(at.position);
const departmentOf = new Map(employees.map(({ id, department }) => [id, department]));
const departmentName = new Map(departments.map(({ id, name }) => [id, name]));
const ownerDepartment = (at: SeedPoint): string => departmentOf.get(ownerAt(at)) ?? '999999';

const values: Record<string, Value> = {
  _id: at => at.ids.idAt(at.position),
  owner: at => [ownerAt(at)],
  owner_department: at => departmentName.get(ownerDepartment(at)),
  owner_department_id: ownerDepartment,
  data_own_department: at => [ownerDepartment(at)],
  data_own_organization: () => ['999999'],
  record_type: () => 'default__c',
  life_status: lifeStatusAt,
  life_status_before_invalid: at => (lifeStatusAt(at) === 'invalid' ? 'normal' : undefined),
  lock_status: at => (isLockedAt(at) ? '1' : '0'),
  lock_rule: () => 'default_lock_rule',
  lock_user: at => (isLockedAt(at) ? ['1000'] : undefined),
  relevant_team: at => teamOf(ownerAt(at), at.rowHash % 4 === 0 ? pick(employees, at.hash).id : undefined),
  created_by: at => [at.rowHash % 9 === 0 ? '-10000' : ownerAt(at)],
  create_time: created,
  last_modified_by: at => [ownerAt(at)],
  last_modified_time: at => created(at) + (at.rowHash % day),
  is_deleted: at => isInvalidAt(at.object, at.ids.count, at.position),
  version: at => String(1 + (at.rowHash % 20)),
  object_describe_api_name: at => at.object.apiName,
  object_describe_id: at => describeIdOf(at.object.apiName),
  tenant_id: at => at.tenant.tenantId,
  package: () => 'CRM',
  extend_obj_data_id: at => `o_t_${at.tenant.tenantId}_${at.ids.idAt(at.position)}`,
  origin_source: () => '0',
};

export function systemValue(field: Field, at: SeedPoint): JsonValue | undefined {
  return values[field.name]?.(at);
}

export function describeIdOf(apiName: string): string {
  return `5e${hashOfText(apiName).toString(16).padStart(8, '0')}`.padEnd(24, '0');
}

/** A related team: the owner (role 1, read and write), and perhaps a member (role 4, read). Codes as in api-facts.md 4.4. */
export function teamOf(owner: string, member?: string): JsonValue {
  const entry = (id: string, role: string, permission: string): JsonValue => ({
    teamMemberEmployee: [id],
    teamMemberRole: role,
    teamMemberRoleList: [role],
    teamMemberPermissionType: permission,
  });
  const team = [entry(owner, '1', '2')];
  if (member && member !== owner) team.push(entry(member, '4', '1'));
  return team;
}
