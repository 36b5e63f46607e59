import { parseJson, printJson, type JsonObject, type JsonValue } from '../base/json';
import type { Field } from '../objects/fields';
import { shapeOf, type ValueShape } from '../objects/valueShape';
import { optionOf } from './fieldMeaning';
import { readOnlyIn, type OpenRecord } from './openRecords';
import { placedFields, type PlacedField, type PlacedValue, type Span } from './placedFields';
import { isCompanion } from './recordFields';

export type RecordProblem = Span & { readonly field: string } & (
    | { readonly code: 'readOnly' | 'ownerChanged' | 'removed' | 'unknownField' | 'required' }
    | { readonly code: 'wrongShape'; readonly expected: ValueShape }
    | { readonly code: 'unknownOption'; readonly value: string }
  );

/**
 * What a save, or the tenant, would mind in what the text changes of a record. Nothing is said of values that are
 * as they were read, whatever they are, nor of fields while no description is known.
 */
export function recordProblems(
  text: string,
  { record, fields }: Pick<OpenRecord, 'record' | 'fields'>,
): RecordProblem[] {
  const placed = placedFields(text);
  if (placed.length === 0) return [];
  const byName = new Map(fields?.map(field => [field.apiName, field]));
  const isReadOnly = readOnlyIn(fields);
  const changed = placed.filter(
    ({ name, value }) => value && !isCompanion(name) && printJson(value.json) !== printJson(record[name]),
  );
  return [...changed.flatMap(field => problemsOf(field, byName, isReadOnly)), ...removedFrom(text, placed, record)];
}

/** Said at the first letter: there is no other place for what is not there. */
function removedFrom(text: string, placed: readonly PlacedField[], record: JsonObject): RecordProblem[] {
  // While something is being typed the rest may only seem to be gone.
  if (!isJson(text)) return [];
  const there = new Set(placed.map(({ name }) => name));
  const removed = Object.keys(record).filter(name => !isCompanion(name) && !there.has(name));
  return removed.map(field => ({ code: 'removed', field, start: text.indexOf('{'), end: text.indexOf('{') + 1 }));
}

function isJson(text: string): boolean {
  try {
    parseJson(text);
    return true;
  } catch {
    return false;
  }
}

function problemsOf(
  { name, key, value }: PlacedField,
  fields: ReadonlyMap<string, Field>,
  isReadOnly: (field: string) => boolean,
): RecordProblem[] {
  if (value?.json === undefined) return [];
  if (name === 'owner') return [{ code: 'ownerChanged', field: name, ...spanOf(value) }];
  if (isReadOnly(name)) return [{ code: 'readOnly', field: name, ...spanOf(value) }];
  const field = fields.get(name);
  if (!field) return fields.size > 0 ? [{ code: 'unknownField', field: name, ...key }] : [];
  const empty = value.json === null || value.json === '';
  if (empty) return field.required ? [{ code: 'required', field: name, ...spanOf(value) }] : [];
  const expected = shapeOf(field);
  if (expected && !hasShape(value.json, expected))
    return [{ code: 'wrongShape', field: name, expected, ...spanOf(value) }];
  return unknownOptions(field, value);
}

function unknownOptions(field: Field, { texts }: PlacedValue): RecordProblem[] {
  if (field.options.length === 0) return [];
  return texts
    .filter(({ text }) => !optionOf(field, text))
    .map(({ start, end, text }) => ({ code: 'unknownOption', field: field.apiName, value: text, start, end }));
}

function hasShape(value: JsonValue, shape: ValueShape): boolean {
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

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
