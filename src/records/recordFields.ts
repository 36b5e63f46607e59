import type { JsonObject } from '../base/json';
import { isComputed, type Field } from '../objects/fields';

const companionSuffix = /__(r|l|o|v|p|e|relation_ids)$/;

/**
 * Companions explain a field in an answer and are never sent: `x__r` label or look-up name, `x__l` list of
 * person maps, `x__o` other text, `x__v` quoted option, `x__p` phone area, `x__e` rich text. Source: api-facts.md 4.3.
 */
export function isCompanion(field: string): boolean {
  return companionSuffix.test(field);
}

/** Kept by the server; update does not take them. Source: api-facts.md 4.4. */
const systemFields = new Set([
  'object_describe_api_name',
  'object_describe_id',
  'tenant_id',
  'package',
  'record_type',
  'owner',
  'owner_department',
  'owner_department_id',
  'data_own_department',
  'data_own_organization',
  'created_by',
  'create_time',
  'last_modified_by',
  'last_modified_time',
  'version',
  'is_deleted',
  'life_status',
  'life_status_before_invalid',
  'lock_status',
  'lock_rule',
  'lock_user',
  'relevant_team',
  'extend_obj_data_id',
  'out_owner',
  'out_tenant_id',
  'origin_source',
  'order_by',
  'total_num',
  // The detail records that come with a master: no field.
  'details',
  'mc_currency',
  'mc_exchange_rate',
  'mc_functional_currency',
]);

export function isSystemField(field: string): boolean {
  return systemFields.has(field);
}

/** System fields that a person may change all the same. */
const writableSystemFields = new Set(['record_type', 'data_own_department', 'data_own_organization', 'mc_currency']);

/** Whether update ignores or refuses the field; `owner` has a call of its own. */
export function isReadOnlyField(field: string): boolean {
  return field === '_id' || (isSystemField(field) && !writableSystemFields.has(field));
}

/** Which fields no update may change, or no new record be given, as far as that is known. */
export function readOnlyIn(fields: readonly Field[] | undefined, isNew = false): (field: string) => boolean {
  const computed = new Set(fields?.filter(isComputed).map(({ apiName }) => apiName));
  return field => (isReadOnlyField(field) && !(isNew && field === 'owner')) || computed.has(field);
}

/** What a person calls the record: its name, else its id. */
export function recordLabel(record: JsonObject): string {
  const { name, _id } = record;
  if (typeof name === 'string' && name.trim() !== '') return name;
  return typeof _id === 'string' ? _id : '?';
}

export function isLocked(record: JsonObject): boolean {
  return record['lock_status'] === '1';
}

export function isInvalid(record: JsonObject): boolean {
  return record['life_status'] === 'invalid' || record['is_deleted'] === true;
}
