import type { JsonValue } from '../../base/json';
import { departments, employees, phoneOfEmployee } from '../tenant/people';

/** A value of the PersonnelObj record of the employee at a position; undefined where it has nothing special. */
export function personValue(fieldName: string, position: number): JsonValue | undefined {
  const employee = employees[position];
  if (!employee) return undefined;
  const values: Record<string, JsonValue | undefined> = {
    name: employee.name,
    full_name: employee.name,
    user_id: employee.id,
    employee_number: `E${employee.id}`,
    main_department: [employee.department],
    data_own_department: [employee.department],
    owner: [employee.id],
    phone: phoneOfEmployee(employee.id),
    email: `user${employee.id}@example.com`,
    position: employee.post,
    leader: employee.leader ? [employee.leader] : [],
    status: '0',
    sex: employee.sex,
    language: 'zh-CN',
    vice_departments: [],
    created_by: ['1000'],
  };
  return values[fieldName];
}

/** A value of the DepartmentObj record of the department at a position; undefined where it has nothing special. */
export function departmentValue(fieldName: string, position: number): JsonValue | undefined {
  const department = departments[position];
  if (!department) return undefined;
  const manager = employees.find(employee => employee.department === department.id) ?? employees[0];
  const values: Record<string, JsonValue | undefined> = {
    name: department.name,
    dept_id: department.id,
    parent_id: department.parent ? [department.parent] : [],
    manager_id: manager ? [manager.id] : [],
    status: '0',
    owner: ['1000'],
    created_by: ['1000'],
  };
  return values[fieldName];
}
