import { parseJson, type JsonValue } from '../base/json';
import type { Field } from '../objects/fields';
import { operatorSign, type Operator } from '../objects/operators';
import { shapeOf } from '../objects/valueShape';
import { localTime, optionOf } from './fieldMeaning';
import type { Filter } from './recordCalls';

const separator = /\s*[,，、;；]\s*/;
const digits = /^-?\d+(\.\d+)?$/;
const moment = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/**
 * What a person typed as the value of a condition, in the form that the API compares. Several values are separated
 * by commas; times are those of this machine. `undefined` where it is no such value.
 */
export function readConditionValues(
  typed: string,
  field: Pick<Field, 'type'>,
  { name, values }: Pick<Operator, 'name' | 'values'>,
): JsonValue[] | undefined {
  if (values === 'none') return [''];
  // A company's name may well have a comma; `IN` is there for who wants several.
  const isOne = values === 'one' || name === 'EQ' || name === 'N';
  const texts = isOne ? [typed.trim()] : typed.trim().split(separator);
  const read = texts.filter(text => text !== '').map(text => readValue(text, field));
  const complete = read.filter(value => value !== undefined);
  const wanted = values === 'two' ? read.length === 2 : read.length > 0;
  return wanted && complete.length === read.length ? complete : undefined;
}

function readValue(text: string, field: Pick<Field, 'type'>): JsonValue | undefined {
  switch (shapeOf(field)) {
    case 'number':
      return digits.test(text) ? parseJson(text) : undefined;
    case 'time':
      return readTime(text);
    default:
      return text;
  }
}

/** Epoch milliseconds, as the API has times. */
function readTime(text: string): number | undefined {
  if (/^\d{9,}$/.test(text)) return Number(text);
  const found: readonly (string | undefined)[] = moment.exec(text) ?? [];
  if (found.length === 0) return undefined;
  const parts = found.slice(1).map(part => Number(part ?? 0));
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const time = new Date(year, month - 1, day, hour, minute, second);
  // The 31st of February would be one in March.
  return time.getMonth() === month - 1 && time.getDate() === day ? time.getTime() : undefined;
}

/** `客户级别 = 重要`: in the words of the object's description, as far as it is known. */
export function conditionText(
  { field_name, operator, field_values }: Filter,
  fields: readonly Field[],
  language: 'zh' | 'en',
) {
  const field = fields.find(each => each.apiName === field_name);
  const values = field_values.map(value => valueText(value, field)).filter(text => text !== '');
  return [field?.label ?? field_name, operatorSign(operator, language), values.join(', ')]
    .filter(part => part !== '')
    .join(' ');
}

function valueText(value: JsonValue, field: Field | undefined): string {
  const option = field && optionOf(field, value);
  if (option) return option.label;
  if (typeof value === 'number' && field && shapeOf(field) === 'time') return localTime(value, field.type === 'date');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
