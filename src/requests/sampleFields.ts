import type { JsonValue } from '../base/json';
import { isComputed, type Field } from '../objects/fields';
import type { FieldSample } from './templates';

/** The fields that a new record must have, with a value of the right shape in each. */
export function requiredSamples(fields: readonly Field[], employeeId: string, now: number): FieldSample[] {
  const name = fields.filter(field => field.apiName === 'name' && !isComputed(field));
  const required = fields.filter(field => field.required && field.apiName !== 'name' && !isComputed(field));
  return [...name, ...required].map(field => ({
    apiName: field.apiName,
    value: sampleValue(field, employeeId, now),
    required: field.required,
  }));
}

function sampleValue({ type, label, options }: Field, employeeId: string, now: number): JsonValue {
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
    case 'object_reference_many':
    case 'file_attachment':
    case 'image':
    case 'signature':
      return [];
    case 'object_reference':
    case 'master_detail':
      return '';
    default:
      return label;
  }
}
