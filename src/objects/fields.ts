import { isJsonObject, type JsonObject, type JsonValue } from '../base/json';

/** One field of a describe, as far as we use it. */
export interface Field {
  readonly apiName: string;
  readonly label: string;
  readonly type: string;
  readonly required: boolean;
  /** Whether the server has a value where a new record brings none. */
  readonly hasDefault?: boolean;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** The object that a look-up or master-detail field points to. */
  readonly target: string | undefined;
}

/** Values that the server makes itself. Source: api-facts.md 4.2. */
const computedTypes = new Set([
  'auto_number',
  'formula',
  'count',
  'quote',
  'group',
  'embedded_object_list',
  'lock_rule',
]);

/** Whether the tenant works the value out itself, so that no call may set it. Source: api-facts.md 4.2. */
export function isComputed({ type }: Pick<Field, 'type'>): boolean {
  return computedTypes.has(type);
}

/** The active fields of a `describe` map, in its order. */
export function fieldsOf(describe: JsonObject): Field[] {
  const fields = describe['fields'];
  if (!isJsonObject(fields)) return [];
  return Object.entries(fields).flatMap(([apiName, value]) =>
    isJsonObject(value) && value['is_active'] !== false ? [readField(apiName, value)] : [],
  );
}

function readField(apiName: string, field: JsonObject): Field {
  const options = Array.isArray(field['options']) ? field['options'].filter(isJsonObject) : [];
  return {
    apiName,
    label: text(field['label']) ?? apiName,
    type: text(field['type']) ?? '',
    required: field['is_required'] === true,
    ...(hasDefault(field) && { hasDefault: true }),
    options: options.map(option => ({
      value: valueText(option['value']),
      label: text(option['label']) ?? valueText(option['value']),
    })),
    target: text(field['target_api_name']),
  };
}

function hasDefault({ default_value: value }: JsonObject): boolean {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** Those of `true_or_false` are Boolean. */
function valueText(value: JsonValue | undefined): string {
  return typeof value === 'boolean' ? String(value) : (text(value) ?? '');
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
