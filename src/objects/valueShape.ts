import { printJson, type JsonValue } from '../base/json';
import type { Field } from './fields';

/** The form in which the API takes the value of a field: `texts` is a list of texts, `list` one of anything. */
export type ValueShape = 'text' | 'number' | 'time' | 'boolean' | 'texts' | 'list';

/** Source: api-facts.md 4.2. */
const shapes: Readonly<Record<string, ValueShape>> = {
  ...of('text', ['text', 'long_text', 'html_rich_text', 'phone_number', 'email', 'url', 'select_one', 'record_type']),
  ...of('text', ['object_reference', 'master_detail', 'location', 'country', 'province', 'city', 'district']),
  ...of('number', ['number', 'currency', 'percentile']),
  ...of('time', ['date', 'date_time', 'time']),
  ...of('boolean', ['true_or_false']),
  ...of('texts', ['select_many', 'tag', 'employee', 'employee_many', 'department', 'department_many']),
  ...of('texts', ['object_reference_many']),
  ...of('list', ['file_attachment', 'image', 'signature']),
};

/** `undefined` for a type of which the form is not documented. */
export function shapeOf({ type }: Pick<Field, 'type'>): ValueShape | undefined {
  return shapes[type];
}

/** Amounts arrive as texts and are taken as numbers too; times are numbers only. */
export function hasShape(value: JsonValue, shape: ValueShape): boolean {
  switch (shape) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return /^"?-?\d+(\.\d+)?([eE][+-]?\d+)?"?$/.test(printJson(value));
    case 'time':
      return /^-?\d+$/.test(printJson(value));
    case 'boolean':
      return typeof value === 'boolean';
    case 'texts':
      return Array.isArray(value) && value.every(member => typeof member === 'string');
    case 'list':
      return Array.isArray(value);
  }
}

function of(shape: ValueShape, types: readonly string[]): Record<string, ValueShape> {
  return Object.fromEntries(types.map(type => [type, shape]));
}
