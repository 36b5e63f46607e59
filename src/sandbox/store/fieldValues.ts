import { LosslessNumber } from 'lossless-json';
import { isJsonObject, type JsonObject, type JsonValue } from '../../base/json';
import { codes, Failure, refused } from '../failure';
import type { CrmObject } from '../tenant/catalogue';
import { optionsOf } from '../tenant/describe';
import { isComputed, kindOf, type Field } from '../tenant/field';
import { fromOpenUserId } from '../tenant/people';
import { isKeptByCrm } from '../tenant/systemFields';
import type { Tenant } from '../tenant/tenant';
import { asText } from '../text';
import { isEmpty } from './present';

const companionSuffix = /__(?:r|l|o|v|p|e|relation_ids)$/;
/** Keys of object_data that are no fields. */
const structural = new Set(['dataObjectApiName', 'object_describe_api_name', '_id', 'details']);

/**
 * The fields that a caller sent, checked and in the form in which they are stored; empty ones as null. Computed fields
 * are refused unless they say what `shown` says too: a record that was read may be sent back whole.
 */
export function acceptFields(tenant: Tenant, object: CrmObject, sent: JsonObject, shown: JsonObject = {}): JsonObject {
  const accepted: JsonObject = {};
  for (const [name, value] of Object.entries(sent)) {
    if (structural.has(name) || isKeptByCrm(name)) continue;
    const field = object.fields.get(name);
    if (field && isComputed(field) && asText(value) === asText(shown[name])) continue;
    if (field) accepted[name] = acceptValue(tenant, field, value);
    else if (isCompanion(object, name)) {
      // Of the companions only the text beside an option "other" is ever written.
      if (name.endsWith('__o')) accepted[name] = value;
    } else throw refused(`字段 ${name} 在对象 ${object.apiName} 中不存在`);
  }
  return accepted;
}

export function checkRequired(object: CrmObject, record: JsonObject): void {
  for (const field of object.fields.values()) {
    if (field.required && !isComputed(field) && isEmpty(record[field.name])) {
      throw refused(`必填字段 ${field.name}(${field.label}) 未填写`);
    }
  }
}

function isCompanion(object: CrmObject, name: string): boolean {
  return companionSuffix.test(name) && object.fields.has(name.replace(companionSuffix, ''));
}

function acceptValue(tenant: Tenant, field: Field, value: JsonValue): JsonValue {
  if (isComputed(field)) throw refused(`字段 ${field.name}(${field.label}) 是只读字段,类型 ${field.type}`);
  if (kindOf(field) === 'none') throw refused(`字段 ${field.name}(${field.label}) 没有可写的值,类型 ${field.type}`);
  if (isEmpty(value)) return null;
  switch (kindOf(field)) {
    case 'number':
      return numberText(field, value);
    case 'time':
      return milliseconds(field, value);
    case 'boolean':
      if (typeof value !== 'boolean') throw wrongType(field, 'true or false');
      return value;
    case 'option':
      return option(tenant, field, value);
    case 'list':
      return list(tenant, field, value);
    case 'files':
      if (!Array.isArray(value) || !value.every(isJsonObject)) throw wrongType(field, 'a list of files');
      return value;
    default:
      return text(tenant, field, value);
  }
}

const wrongType = (field: Field, wanted: string): Failure =>
  refused(`字段 ${field.name}(${field.label}) 的值类型不正确: ${field.type} needs ${wanted}`);

/** Numbers are kept as text, as they are answered; every digit that came in stays. */
function numberText(field: Field, value: JsonValue): string {
  const digits = typeof value === 'number' || value instanceof LosslessNumber ? value.toString() : value;
  if (typeof digits !== 'string' || !/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(digits)) throw wrongType(field, 'a number');
  return digits;
}

function milliseconds(field: Field, value: JsonValue): number {
  const time = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
  if (!Number.isInteger(time)) throw wrongType(field, 'milliseconds');
  return time;
}

function option(tenant: Tenant, field: Field, value: JsonValue): string {
  if (typeof value !== 'string') throw wrongType(field, 'an option value');
  const options = optionsOf(field, tenant);
  if (options && !Object.hasOwn(options, value)) throw unknownOption(field, value);
  return value;
}

const unknownOption = (field: Field, value: string): Failure =>
  refused(`字段 ${field.name}(${field.label}) 没有选项 ${value}`);

function text(tenant: Tenant, field: Field, value: JsonValue): string {
  if (typeof value !== 'string') throw wrongType(field, 'a text');
  if (field.type === 'object_reference' || field.type === 'master_detail') checkReference(tenant, field, value);
  return value;
}

function list(tenant: Tenant, field: Field, value: JsonValue): string[] {
  if (!Array.isArray(value) || !value.every(item => typeof item === 'string'))
    throw wrongType(field, 'a list of texts');
  const items = value.map(fromOpenUserId);
  for (const item of items) {
    if (field.options && !Object.hasOwn(field.options, item)) throw unknownOption(field, item);
    if (field.type.startsWith('employee')) checkEmployee(tenant, item, field.name);
    if (field.type.startsWith('department')) checkDepartment(tenant, item, field.name);
    if (field.type === 'object_reference_many') checkReference(tenant, field, item);
  }
  return items;
}

export function checkEmployee({ organization }: Tenant, id: string, fieldName: string): void {
  if (!organization.isPerson(id)) throw new Failure(codes.unknownEmployee, `字段 ${fieldName}: 员工 ${id} 不存在`);
}

function checkDepartment({ organization }: Tenant, id: string, fieldName: string): void {
  if (!organization.units.has(id)) throw new Failure(codes.unknownDepartment, `字段 ${fieldName}: 部门 ${id} 不存在`);
}

function checkReference(tenant: Tenant, field: Field, id: string): void {
  if (field.target === undefined || tenant.storeOf(field.target).find(id) !== undefined) return;
  throw refused(`字段 ${field.name}(${field.label}): ${field.target} 中没有数据 ${id}`);
}
