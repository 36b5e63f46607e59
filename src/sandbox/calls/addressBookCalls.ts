import type { JsonObject } from '../../base/json';
import { codes, Failure, malformed } from '../failure';
import type { Person, Unit } from '../tenant/organization';
import { fromOpenUserId, joined, toOpenUserId } from '../tenant/people';
import type { Tenant } from '../tenant/tenant';
import { isTrue, textOf, wholeNumberOf, type Call } from './call';

const company = '999999';

/** `user/list`: everything about the members of a department. */
export function listUsers(call: Call): JsonObject {
  const withDetail = isTrue(call.body['showDepartmentIdsDetail']);
  return { userList: membersOf(call).map(person => userMap(person, withDetail)) };
}

export function listUsersShort(call: Call): JsonObject {
  return { userList: membersOf(call).map(userNames) };
}

/** `user/get`: the answer is flat. */
export function getUser(call: Call): JsonObject {
  const id = fromOpenUserId(textOf(call.body, 'openUserId'));
  const person = call.tenant.organization.people.get(id);
  if (!person) throw new Failure(codes.unknownOpenUserId, `openUserId ${id} does not exist`, '找不到 openUserId');
  return userMap(person, isTrue(call.body['showDepartmentIdsDetail']));
}

/** `user/getByMobile`: how a legacy client learns whom it acts as. Nobody found is an empty list. */
export function getUsersByMobile(call: Call): JsonObject {
  const mobile = textOf(call.body, 'mobile');
  const people = [...call.tenant.organization.people.values()].filter(({ phone }) => phone === mobile);
  const empList = people.map(person => ({
    openUserId: toOpenUserId(person.id),
    name: person.name,
    mainDepartmentIds: [Number(person.department)],
    departmentIds: [Number(person.department)],
    status: person.isStopped ? 2 : 1,
  }));
  return { empList };
}

/** `user/get/batchByUpdTime`. */
export function listChangedUsers(call: Call): JsonObject {
  const { body } = call;
  const [from, to] = [wholeNumberOf(body, 'startTime'), wholeNumberOf(body, 'endTime')];
  const pageSize = wholeNumberOf(body, 'pageSize', 20);
  const pageNumber = wholeNumberOf(body, 'pageNumber', 1);
  if (pageSize < 1 || pageSize > 1000 || pageNumber < 1) throw malformed('pageSize or pageNumber is out of range');
  const found = [...call.tenant.organization.people.values()].filter(({ changed }) => changed >= from && changed <= to);
  const page = found.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
  return {
    pageNumber,
    pageCount: Math.ceil(found.length / pageSize),
    totalCount: found.length,
    lastChangedTime: Math.max(0, ...found.map(({ changed }) => changed)),
    employees: page.map(person => userMap(person, isTrue(body['showDepartmentIdsDetail']))),
  };
}

/** `department/list`. The root's parentId is 0 in older documentation. */
export function listDepartments({ tenant }: Call): JsonObject {
  const departments = [...tenant.organization.units.values()].map(({ id, name, parent, isStopped }, index) => ({
    id: Number(id),
    name,
    parentId: Number(parent ?? 0),
    isStop: isStopped,
    order: index + 1,
  }));
  return { departments };
}

/** `department/detail`. */
export function getDepartment(call: Call): JsonObject {
  const { tenant } = call;
  const unit = unitIn(call, call.body);
  return {
    department: {
      enterpriseId: Number(tenant.tenantId),
      departmentId: Number(unit.id),
      parentDepartmentId: Number(unit.parent ?? 0),
      name: unit.name,
      nameSpell: '',
      nameOrder: '',
      departmentOrder: 1 + [...tenant.organization.units.keys()].indexOf(unit.id),
      isStop: unit.isStopped,
      stopTime: 0,
      description: '',
      keywords: [],
      principalId: unit.manager === undefined ? '' : toOpenUserId(unit.manager),
      createTime: joined,
      updateTime: unit.changed,
      ancestors: ancestorsOf(tenant, unit).map(Number),
      status: unit.isStopped ? 2 : 1,
      hideSuperWorkInfo: false,
    },
  };
}

export function unitIn({ tenant }: Call, map: JsonObject, key = 'departmentId'): Unit {
  const id = String(wholeNumberOf(map, key));
  const unit = tenant.organization.units.get(id);
  if (!unit) throw new Failure(codes.unknownDepartment, `department ${id} does not exist`, '部门不存在');
  return unit;
}

function ancestorsOf(tenant: Tenant, { parent }: Unit): string[] {
  const up = parent === undefined ? undefined : tenant.organization.units.get(parent);
  return up ? [up.id, ...ancestorsOf(tenant, up)] : [];
}

function membersOf(call: Call): Person[] {
  const { organization } = call.tenant;
  const units = organization.unitsFrom(unitIn(call, call.body).id, isTrue(call.body['fetchChild']));
  return [...organization.people.values()].filter(({ department }) => units.includes(department));
}

const userNames = ({ id, name }: Person): JsonObject => ({ openUserId: toOpenUserId(id), name, nickName: name });

function userMap(person: Person, withDetail: boolean): JsonObject {
  const { id, department, leader } = person;
  const detail = { mainDepartmentId: Number(department), attachingDepartmentIds: [] };
  return {
    ...userNames(person),
    account: `user${id}`,
    isStop: person.isStopped,
    email: person.email,
    mobile: person.phone,
    gender: person.sex,
    position: person.post,
    profileImageUrl: '',
    departmentIds: [...new Set([Number(department), Number(company)])],
    ...(withDetail && detail),
    employeeNumber: person.employeeNumber,
    hireDate: '2020-04-21',
    birthDate: '',
    startWorkDate: '',
    createTime: joined,
    leaderId: leader === undefined ? '' : toOpenUserId(leader),
  };
}
