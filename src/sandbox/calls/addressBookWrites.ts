import { isJsonObject, type JsonObject, type JsonValue } from '../../base/json';
import { codes, Failure, malformed, refused } from '../failure';
import { fromOpenUserId, toOpenUserId } from '../tenant/people';
import { asText } from '../text';
import { unitIn } from './addressBookCalls';
import { textOf, within, type Call } from './call';
import { createRecord, updateRecord } from './writeCalls';

/** Letters, digits, Chinese, - and _ (endpoints: Add department). */
const departmentName = /^[\p{L}\p{N}_-]{1,50}$/u;

/** `department/add`: a record of DepartmentObj, which is what people and departments are kept as. */
export function addDepartment(call: Call): JsonObject {
  const asked = mapIn(call, 'department');
  textOf(asked, 'name');
  const object_data = { dataObjectApiName: 'DepartmentObj', status: '0', ...departmentFields(call, asked) };
  const { dataId } = createRecord(within(call, { data: { object_data } }));
  const units = [...call.tenant.organization.units.values()];
  const order = units.findIndex(({ recordId }) => recordId === dataId);
  return { departmentId: Number(units[order]?.id), order: order + 1 };
}

/** `department/update`: its body is known by analogy with add only. */
export function updateDepartment(call: Call): JsonObject {
  const asked = mapIn(call, 'department');
  const { recordId, id } = unitIn(call, asked, 'id');
  const object_data = { dataObjectApiName: 'DepartmentObj', _id: recordId, ...departmentFields(call, asked, id) };
  updateRecord(within(call, { data: { object_data } }));
  return {};
}

/** `user/add`. The password is not looked at. */
export function addUser(call: Call): JsonObject {
  const asked = mapIn(call, 'user');
  const mobile = textOf(asked, 'mobile');
  const { people } = call.tenant.organization;
  if ([...people.values()].some(({ phone }) => phone === mobile)) throw refused(`手机号 ${mobile} 已存在`);
  const name = textOf(asked, 'name');
  const others = { position: 'position', gender: 'sex', employeeNumber: 'employee_number' };
  const optional = Object.entries(others).flatMap(([from, to]): [string, JsonValue][] =>
    asked[from] === undefined ? [] : [[to, asText(asked[from])]],
  );
  const object_data = {
    dataObjectApiName: 'PersonnelObj',
    name,
    full_name: asText(asked['fullName'] ?? name),
    phone: mobile,
    main_department: [unitIn(call, asked, 'mainDepartmentId').id],
    status: '0',
    ...Object.fromEntries(optional),
  };
  const { dataId } = createRecord(within(call, { data: { object_data } }));
  const store = call.tenant.storeOf('PersonnelObj');
  const position = store.find(asText(dataId)) ?? -1;
  return { openUserId: toOpenUserId(asText(store.valueAt(position, 'user_id'))) };
}

function departmentFields(call: Call, asked: JsonObject, self?: string): JsonObject {
  const { organization } = call.tenant;
  const fields: JsonObject = {};
  if (asked['name'] !== undefined) {
    const name = textOf(asked, 'name');
    if (!departmentName.test(name)) throw malformed('parameter name has other than letters, digits, - and _');
    const taken = [...organization.units.values()].some(unit => unit.name === name && unit.id !== self);
    if (taken) throw refused(`部门名称 ${name} 已存在`);
    fields['name'] = name;
  }
  // 0 is the root in older documentation.
  if (Number(asked['parentId']) === 0) fields['parent_id'] = ['999999'];
  else if (asked['parentId'] !== undefined) fields['parent_id'] = [unitIn(call, asked, 'parentId').id];
  if (asked['principalOpenUserId'] !== undefined) {
    const manager = fromOpenUserId(textOf(asked, 'principalOpenUserId'));
    if (!organization.isPerson(manager)) throw new Failure(codes.unknownOpenUserId, `${manager} does not exist`);
    fields['manager_id'] = [manager];
  }
  return fields;
}

function mapIn({ body }: Call, key: string): JsonObject {
  const value = body[key];
  if (!isJsonObject(value)) throw malformed(`parameter ${key} is missing or not a map`);
  return value;
}
