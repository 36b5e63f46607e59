import { printJson, type JsonObject } from '../base/json';
import type { Field } from '../objects/fields';
import { localTime, meaningOf } from './fieldMeaning';

/** What the fields that a person picked hold, in the order picked and in words; empty ones are left out. */
export function columnText(record: JsonObject, columns: readonly string[], fields: readonly Field[]): string {
  return columns
    .map(name => fieldText(record, name, fields))
    .filter(text => text !== '')
    .join(' · ');
}

function fieldText(record: JsonObject, name: string, fields: readonly Field[]): string {
  const value = record[name];
  if (value === undefined || value === null) return '';
  const field = fields.find(each => each.apiName === name);
  const meaning = meaningOf(name, value, field, record);
  if (meaning) return meaning.kind === 'text' ? meaning.text : localTime(meaning.at, meaning.isDate);
  return (Array.isArray(value) ? value : [value])
    .map(one => (typeof one === 'string' ? one : printJson(one)))
    .join(', ');
}
