import type { JsonValue } from '../base/json';
import { isComputed, type Field } from '../objects/fields';
import type { FieldSample } from './templates';

/** The department that stands for the whole company. Source: api-facts.md 4.2. */
const wholeCompany = '999999';

export interface SampleOptions {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly employeeId: string;
  /** What a look-up points to. */
  readonly idFor?: (field: Field) => string;
}

/** The fields that a new record must have, computed ones aside, with the name first. */
export function requiredFields(fields: readonly Field[]): Field[] {
  const name = fields.filter(field => field.apiName === 'name' && !isComputed(field));
  const required = fields.filter(field => field.required && field.apiName !== 'name' && !isComputed(field));
  return [...name, ...required];
}

/** The same with a value of the right shape in each. */
export function requiredSamples(fields: readonly Field[], options: SampleOptions): FieldSample[] {
  return requiredFields(fields).map(field => ({
    apiName: field.apiName,
    value: sampleValue(field, options),
    required: field.required,
  }));
}

function sampleValue(field: Field, { now, employeeId, idFor }: SampleOptions): JsonValue {
  const { type, label, options } = field;
  switch (type) {
    case 'number':
    case 'currency':
    case 'percentile':
      return '0';
    case 'select_one':
    case 'record_type':
      return options[0]?.value ?? '';
    case 'select_many':
    case 'tag':
      return options.slice(0, 1).map(option => option.value);
    case 'date':
    case 'date_time':
    case 'time':
      return now;
    case 'true_or_false':
      return false;
    case 'employee':
    case 'employee_many':
      return [employeeId];
    case 'department':
    case 'department_many':
      return [wholeCompany];
    case 'object_reference_many':
      return idFor ? [idFor(field)] : [];
    case 'file_attachment':
    case 'image':
    case 'signature':
      return [];
    case 'object_reference':
    case 'master_detail':
      return idFor?.(field) ?? '';
    default:
      return label;
  }
}
