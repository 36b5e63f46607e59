import { isJsonObject, printJson, type JsonObject, type JsonValue } from '../base/json';
import type { Field } from '../objects/fields';
import { pointersIn, type Pointer } from './pointedNames';

/** What a value stands for, told by the object's description and by the companions that were read with it. */
export type Meaning =
  /** Labels or names, in the tenant's own words. */
  | { readonly kind: 'text'; readonly text: string }
  /** Epoch milliseconds. */
  | { readonly kind: 'time'; readonly at: number; readonly isDate: boolean };

/** The name of what an id stands for, where it is known apart from the record. */
export type NameOf = (pointer: Pointer) => string | undefined;

const listSeparator = ', ';

/**
 * Companions are believed only as long as the value is the one they were read with.
 * Source of types and companions: api-facts.md 4.2 and 4.3.
 */
export function meaningOf(
  name: string,
  value: JsonValue | undefined,
  field: Field | undefined,
  record: JsonObject,
  nameOf: NameOf = () => undefined,
): Meaning | undefined {
  if (typeof value === 'number' && field?.type === 'time') return { kind: 'text', text: timeOfDay(value) };
  if (typeof value === 'number' && isTime(name, field)) {
    return { kind: 'time', at: value, isDate: field?.type === 'date' };
  }
  const text =
    optionLabels(value, field) ??
    (sameAsRead(value, record[name]) ? companionText(name, record) : undefined) ??
    pointedText(value, field, nameOf);
  return text === undefined || text === '' || text === value ? undefined : { kind: 'text', text };
}

function pointedText(value: JsonValue | undefined, field: Field | undefined, nameOf: NameOf): string | undefined {
  const names = pointersIn(field, value).map(nameOf);
  return names.length > 0 && names.every(name => name !== undefined) ? names.join(listSeparator) : undefined;
}

/** In the order of the machine's own zone, which the person's clock shows: `2025-11-22 11:43:11`. */
export function localTime(at: number, isDate: boolean): string {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return '';
  const two = (part: number) => String(part).padStart(2, '0');
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':');
  // A date is the midnight of the tenant's zone. Where that is no midnight here, the hour tells so.
  return isDate && clock === '00:00:00' ? date : `${date} ${clock}`;
}

/** A time of day is the milliseconds of some day, whichever: `12:00:00`. */
function timeOfDay(at: number): string {
  return localTime(at, false).replace(/^\S+ /, '');
}

function isTime(name: string, field: Field | undefined): boolean {
  if (field) return ['date', 'date_time'].includes(field.type);
  return name === 'create_time' || name === 'last_modified_time';
}

function optionLabels(value: JsonValue | undefined, field: Field | undefined): string | undefined {
  if (!field || field.options.length === 0) return undefined;
  const labels = (Array.isArray(value) ? value : [value]).map(one => optionOf(field, one)?.label);
  return labels.every(label => label !== undefined) ? labels.join(listSeparator) : undefined;
}

function companionText(name: string, record: JsonObject): string | undefined {
  const list = record[`${name}__l`];
  if (Array.isArray(list)) return namesIn(list);
  const label = record[`${name}__r`];
  return typeof label === 'string' ? label : namesIn([label]);
}

/** Of employees and departments. */
function namesIn(maps: readonly (JsonValue | undefined)[]): string | undefined {
  const names = maps.filter(isJsonObject).map(map => map['name'] ?? map['deptName']);
  const texts = names.filter(name => typeof name === 'string');
  return texts.length > 0 ? texts.join(listSeparator) : undefined;
}

/** The option that a value picks; those of `true_or_false` are Boolean. */
export function optionOf({ options }: Field, value: JsonValue | undefined) {
  const text = typeof value === 'boolean' ? String(value) : value;
  return options.find(option => option.value === text);
}

function sameAsRead(value: JsonValue | undefined, read: JsonValue | undefined): boolean {
  return printJson(value) === printJson(read);
}
