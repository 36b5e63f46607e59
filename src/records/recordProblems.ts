import { parseJson, printJson, type JsonObject, type JsonValue } from '../base/json';
import { isComputed, type Field } from '../objects/fields';
import { hasShape, shapeOf, type ValueShape } from '../objects/valueShape';
import { optionOf } from './fieldMeaning';
import { areDetails, detailsKey, isBlank } from './newRecord';
import type { OpenRecord } from './openRecords';
import {
  placedFields,
  placedRows,
  type PlacedField,
  type PlacedRow,
  type PlacedValue,
  type Span,
} from './placedFields';
import { isCompanion, readOnlyIn } from './recordFields';
import { filledFields } from './recordText';

export type RecordProblem = Span & { readonly field: string } & (
    | { readonly code: 'readOnly' | 'ownerChanged' | 'removed' | 'unknownField' | 'required' | 'blank' | 'badDetails' }
    | { readonly code: 'wrongShape'; readonly expected: ValueShape }
    | { readonly code: 'unknownOption'; readonly value: string }
  );

type CheckedRecord = Pick<OpenRecord, 'record' | 'fields'> &
  Partial<Pick<OpenRecord, 'isNew'>> & {
    /** Older ones: somebody may type on before the editor shows the newest. */
    readonly readings?: readonly JsonObject[];
  };

/**
 * What a save, or the tenant, would mind in what the text changes of a record. Nothing is said of values that are
 * as they were read, whatever they are, nor of fields while no description is known.
 */
export function recordProblems(
  text: string,
  { record, fields, isNew = false, readings = [] }: CheckedRecord,
  detailFields: (object: string) => readonly Field[] | undefined = () => undefined,
): RecordProblem[] {
  const placed = placedFields(text);
  if (placed.length === 0) return [];
  const rules = rulesOf(fields, isNew);
  const isAsRead = (name: string, json: JsonValue | undefined) =>
    [record, ...readings].some(reading => printJson(json) === printJson(reading[name]));
  const changed = placed.filter(
    ({ name, value }) => value && !(isNew && isCompanion(name)) && !isAsRead(name, value.json),
  );
  const expected = isNew ? requiredIn(fields) : filledFields(record);
  const code = isNew ? 'required' : 'removed';
  return [
    ...changed.flatMap(field => problemsOf(field, rules)),
    ...missing(text, placed, expected, code),
    ...(isNew ? placedRows(text, detailsKey).flatMap(row => rowProblems(text, row, detailFields(row.object))) : []),
  ];
}

/** Of a detail record, which is new as its master is. Which master that is the tenant sees itself. */
function rowProblems(text: string, row: PlacedRow, fields: readonly Field[] | undefined): RecordProblem[] {
  if (!fields) return [];
  const rules = rulesOf(fields, true);
  const expected = requiredIn(fields.filter(({ type }) => type !== 'master_detail'));
  const given = row.fields.filter(({ name }) => !isCompanion(name));
  return [
    ...given.flatMap(field => problemsOf(field, rules)),
    ...missing(text, given, expected, 'required', row.span.start),
  ];
}

function rulesOf(fields: readonly Field[] | undefined, isNew: boolean): Rules {
  return {
    fields: new Map(fields?.map(field => [field.apiName, field])),
    isReadOnly: readOnlyIn(fields, isNew),
    isNew,
  };
}

interface Rules {
  readonly fields: ReadonlyMap<string, Field>;
  readonly isReadOnly: (field: string) => boolean;
  readonly isNew: boolean;
}

function requiredIn(fields: readonly Field[] = []): string[] {
  return fields.filter(field => field.required && !isComputed(field)).map(({ apiName }) => apiName);
}

/** Said at the first letter: there is no other place for what is not there. */
function missing(
  text: string,
  placed: readonly PlacedField[],
  expected: readonly string[],
  code: 'required' | 'removed',
  start = text.indexOf('{'),
): RecordProblem[] {
  // While something is being typed the rest may only seem to be gone.
  if (!isJson(text)) return [];
  const there = new Set(placed.map(({ name }) => name));
  return expected.filter(name => !there.has(name)).map(field => ({ code, field, start, end: start + 1 }));
}

function isJson(text: string): boolean {
  try {
    parseJson(text);
    return true;
  } catch {
    return false;
  }
}

function problemsOf({ name, key, value }: PlacedField, { fields, isReadOnly, isNew }: Rules): RecordProblem[] {
  if (value?.json === undefined) return [];
  if (isNew && name === detailsKey) {
    return areDetails(value.json) ? [] : [{ code: 'badDetails', field: name, ...spanOf(value) }];
  }
  if (name === 'owner' && !isNew) return [{ code: 'ownerChanged', field: name, ...spanOf(value) }];
  if (isCompanion(name) || isReadOnly(name)) return [{ code: 'readOnly', field: name, ...spanOf(value) }];
  const field = fields.get(name);
  if (!field) return fields.size > 0 ? [{ code: 'unknownField', field: name, ...key }] : [];
  const empty = emptyProblem(field, value.json, isNew);
  if (empty) return [{ code: empty, field: name, ...spanOf(value) }];
  if (value.json === null || value.json === '') return [];
  const expected = shapeOf(field);
  if (expected && !hasShape(value.json, expected))
    return [{ code: 'wrongShape', field: name, expected, ...spanOf(value) }];
  return unknownOptions(field, value);
}

/** What a save of a new record refuses, and what the tenant would mind. */
function emptyProblem(
  { apiName, required }: Field,
  value: JsonValue,
  isNew: boolean,
): 'blank' | 'required' | undefined {
  if (isNew && isBlank(value) && (required || apiName === 'name')) return 'blank';
  return required && (value === null || value === '') ? 'required' : undefined;
}

function unknownOptions(field: Field, { texts }: PlacedValue): RecordProblem[] {
  if (field.options.length === 0) return [];
  return texts
    .filter(({ text }) => !optionOf(field, text))
    .map(({ start, end, text }) => ({ code: 'unknownOption', field: field.apiName, value: text, start, end }));
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
