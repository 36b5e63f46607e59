import { createHash } from 'node:crypto';
import type { JsonObject, JsonValue } from '../../base/json';
import data from '../data/people.json';

export interface Employee {
  /** Number as text, as in header x-fs-userid; "-10000" is the system user. */
  id: string;
  name: string;
  department: string;
  post: string;
  sex: string;
  leader?: string;
}
export interface Department {
  /** Number as text; "999999" is the whole company. */
  id: string;
  name: string;
  parent?: string;
}

export const employees: readonly Employee[] = data.employees;
export const departments: readonly Department[] = data.departments;
export const systemUserId = '-10000';

const employeeById = new Map(employees.map(employee => [employee.id, employee]));
const departmentById = new Map(departments.map(department => [department.id, department]));
const openIdOf = new Map(employees.map(({ id }) => [id, `FSUID_${md5(`sandbox employee ${id}`)}`]));
const idOfOpenId = new Map([...openIdOf].map(([id, openId]) => [openId, id]));
const joined = 1_587_462_141_009;

export const employeeOf = (id: string): Employee | undefined => employeeById.get(id);
export const departmentOf = (id: string): Department | undefined => departmentById.get(id);
export const isPerson = (id: string): boolean => id === systemUserId || employeeById.has(id);

/** `FSUID_…` of an employee number; other ids are left alone. */
export const toOpenUserId = (id: string): string => openIdOf.get(id) ?? id;
/** Employee number of an `FSUID_…`; other ids are left alone. */
export const fromOpenUserId = (id: string): string => idOfOpenId.get(id) ?? id;

/** Obviously synthetic: 138 0000 and the employee number. */
export const phoneOfEmployee = (id: string): string => `1380000${id}`;

/** The map that `…__r` and the entries of `…__l` hold for a person (facts 4.3). */
export function personMap(id: string, tenantId: string): JsonObject | undefined {
  if (id === systemUserId) return { name: '系统', id };
  const employee = employeeById.get(id);
  if (!employee) return undefined;
  const map: Record<string, JsonValue> = {
    picAddr: '',
    description: '',
    dept: employee.department,
    modifyTime: joined,
    post: employee.post,
    createTime: joined,
    phone: phoneOfEmployee(id),
    name: employee.name,
    nickname: employee.name,
    tenantId,
    id,
    email: `user${id}@example.com`,
    status: 0,
  };
  if (employee.leader) map['supervisorId'] = employee.leader;
  return map;
}

/** The map that `…__r` and the entries of `…__l` hold for a department (facts 4.3). */
export function departmentMap(id: string): JsonObject | undefined {
  const department = departmentById.get(id);
  if (!department) return undefined;
  const map: JsonObject = { deptName: department.name, deptId: id, status: 0 };
  if (department.parent) map['parentId'] = department.parent;
  return map;
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex').toUpperCase();
}
