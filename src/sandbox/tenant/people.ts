import { createHash } from 'node:crypto';
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
/** User groups and roles are fixed: how to make them is documented without an answer. */
export const { groups, roles } = data;
export const systemUserId = '-10000';

/** When the seeded employees came, in epoch milliseconds. */
export const joined = 1_587_462_141_009;

/** Obviously synthetic: 138 0000 and the employee number. */
export const phoneOfEmployee = (id: string): string => `1380000${id}`;

const openUserIdForm = /^FSUID_[0-9A-F]{24}([0-9A-F]{8})$/;

/** `FSUID_…` of an employee number, which is in it; other ids are left alone. */
export function toOpenUserId(id: string): string {
  if (!/^\d{1,9}$/.test(id)) return id;
  const number = Number(id).toString(16).toUpperCase().padStart(8, '0');
  return `FSUID_${md5(`sandbox employee ${id}`).slice(0, 24)}${number}`;
}

/** Employee number of an `FSUID_…`; other ids are left alone. */
export function fromOpenUserId(id: string): string {
  const digits = openUserIdForm.exec(id)?.[1];
  const number = digits === undefined ? '' : String(Number.parseInt(digits, 16));
  return toOpenUserId(number) === id ? number : id;
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex').toUpperCase();
}
