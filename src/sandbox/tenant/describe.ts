import type { JsonObject, JsonValue } from '../../base/json';
import { describeIdOf } from '../seed/systemValues';
import type { Shelf } from '../store/shelf';
import type { CrmObject } from './catalogue';
import { kindOf, type Field, type FieldType, type ValueKind } from './field';
import type { Tenant } from './tenant';
import { asText } from '../text';

const createTime = 1_547_943_504_185;

/** `data.describe` of the describe endpoint; keys of a field as in the published ProductObj sample. */
export function describeObject(object: CrmObject, tenant: Tenant): JsonObject {
  const numbers = new IndexNames();
  const fields: JsonObject = {};
  for (const field of object.fields.values()) {
    fields[field.name] = { ...commonKeys(object, field, numbers), ...keysOfType(object, field, tenant) };
  }
  return {
    _id: describeIdOf(object.apiName),
    tenant_id: tenant.tenantId,
    api_name: object.apiName,
    display_name: object.label,
    define_type: object.kind === 'custom' ? 'custom' : 'package',
    is_active: true,
    is_deleted: false,
    icon_index: 0,
    icon_path: '',
    package: 'CRM',
    fields,
  };
}

function commonKeys(object: CrmObject, field: Field, numbers: IndexNames): JsonObject {
  const noValue = kindOf(field) === 'none';
  return {
    describe_api_name: object.apiName,
    default_is_expression: false,
    auto_adapt_places: false,
    description: field.label,
    is_unique: field.name === '_id' || field.type === 'auto_number',
    type: field.type,
    default_to_zero: false,
    is_required: field.required ?? false,
    define_type: field.defineType,
    is_single: false,
    is_extend: field.defineType === 'custom',
    index_name: numbers.next(kindOf(field)),
    is_index: !noValue && field.type !== 'lock_rule',
    is_active: true,
    create_time: createTime,
    default_value: field.type === 'lock_rule' ? 'default_lock_rule' : '',
    label: field.label,
    is_need_convert: field.type === 'employee' || field.type === 'employee_many',
    api_name: field.name,
    is_index_field: Boolean(field.target),
    help_text: '',
  };
}

const money = { length: 14, round_mode: 4, currency_unit: '￥' };
const reference = (field: Field, object: CrmObject): JsonObject => ({
  target_api_name: field.target ?? '',
  target_related_list_name: `target_related_list_${object.apiName}_${field.name}`,
  target_related_list_label: object.label,
  action_on_target_delete: field.type === 'master_detail' ? 'cascade_delete' : 'set_null',
  wheres: [],
});
const date = (format: string): JsonObject => ({ date_format: format, time_zone: 'GMT+8' });
const files = (types: string[], amount: number): JsonObject => ({
  file_amount_limit: amount,
  file_size_limit: 104_857_600,
  support_file_types: types,
});

const typeKeys: Partial<Record<FieldType, (field: Field, object: CrmObject) => JsonObject>> = {
  text: () => ({ max_length: 100, pattern: '' }),
  long_text: () => ({ max_length: 2000, pattern: '' }),
  html_rich_text: () => ({ max_length: 131_072 }),
  phone_number: () => ({ max_length: 100, pattern: '^[0-9+-;,]{0,100}$' }),
  email: () => ({ pattern: '\\w+([-+.]*\\w+)*@\\w+([-.]\\w+)*\\.\\w+([-.]\\w+)*' }),
  url: () => ({ max_length: 500, pattern: '' }),
  number: field => ({ length: 14, decimal_places: field.decimals ?? 0, round_mode: 4 }),
  currency: () => ({ ...money, decimal_places: 2 }),
  percentile: () => ({ length: 12, decimal_places: 1 }),
  date: () => date('yyyy-MM-dd'),
  date_time: () => date('yyyy-MM-dd HH:mm'),
  time: () => date('HH:mm'),
  true_or_false: () => ({
    options: [
      { label: '是', value: true },
      { label: '否', value: false },
    ],
  }),
  object_reference: reference,
  object_reference_many: reference,
  master_detail: (field, object) => ({ ...reference(field, object), is_create_when_master_create: true }),
  file_attachment: () => files([], 10),
  image: () => files(['jpg', 'jpeg', 'png', 'gif', 'bmp'], 9),
  signature: () => files(['png', 'jpg'], 1),
  auto_number: field => ({ prefix: `${field.prefix ?? ''}{yyyy}{mm}{dd}-`, serial_number: 6, start_number: 1 }),
  formula: field => ({ return_type: field.returns ?? 'number', expression: '', decimal_places: 2 }),
  count: field => ({
    return_type: field.returns ?? 'number',
    sub_object_describe_apiname: field.target ?? '',
    count_type: 'count',
  }),
  quote: field => ({ quote_field: field.quotes?.replace('.', '__r.') ?? '', quote_field_type: 'text' }),
  group: field => ({
    group_type: 'area',
    fields: Object.fromEntries((field.groupFields ?? []).map(name => [name, name])),
  }),
  lock_rule: () => ({ rules: [] }),
};

function keysOfType(object: CrmObject, field: Field, tenant: Tenant): JsonObject {
  return { ...typeKeys[field.type]?.(field, object), ...optionKeys(field, tenant) };
}

function optionKeys(field: Field, tenant: Tenant): JsonObject {
  const options = optionsOf(field, tenant);
  if (!options) return {};
  const entry = ([value, label]: [string, string]): JsonValue => ({ label, value, child_options: [] });
  return { options: Object.entries(options).map(entry) };
}

/** Label by value. A select field with a target (a pool) takes its options from the records there. */
export function optionsOf(field: Field, tenant: Tenant): Record<string, string> | undefined {
  if (field.options && field.shelf) return withShelf(field.options, tenant.shelf(field.shelf));
  if (field.options || field.type !== 'select_one' || !field.target) return field.options;
  const store = tenant.storeOf(field.target);
  const positions = Array.from({ length: Math.min(store.end, 100) }, (_, position) => position);
  return Object.fromEntries(positions.map(at => [store.idAt(at), asText(store.valueAt(at, 'name'))]));
}

function withShelf(options: Record<string, string>, shelf: Shelf): Record<string, string> {
  const all = new Map(Object.entries(options));
  for (const [value, { name }] of shelf.entries()) {
    if (typeof name === 'string') all.set(value, name);
    else all.delete(value);
  }
  return Object.fromEntries(all);
}

/** index_name as the sample has it: a letter of the value's kind and a running number. */
class IndexNames {
  private readonly counts = new Map<string, number>();

  next(kind: ValueKind): string {
    const letters: Record<ValueKind, string> = {
      text: 's',
      option: 's',
      none: 's',
      number: 'd',
      time: 'l',
      boolean: 'b',
      list: 'a',
      files: 'a',
    };
    const letter = letters[kind];
    const count = (this.counts.get(letter) ?? 0) + 1;
    this.counts.set(letter, count);
    return `${letter}_${count}`;
  }
}
