import { parseJson, printJson, isJsonObject, type JsonObject } from '../base/json';
import { jsonFault, type JsonFault } from './jsonFault';
import { isCompanion, isReadOnlyField, isSystemField } from './recordFields';

export interface RecordTextOptions {
  readonly showCompanions: boolean;
  /** API names in the order of describe, where it is known. */
  readonly fieldOrder?: readonly string[] | undefined;
}

/** A record as text: `_id` and name first, business fields in the order of describe, system fields last. */
export function recordText(record: JsonObject, { showCompanions, fieldOrder = [] }: RecordTextOptions): string {
  const place = new Map(fieldOrder.map((field, index) => [field, index]));
  const rank = (field: string): number => {
    if (field === '_id') return -2;
    if (field === 'name') return -1;
    const base = field.replace(/__(r|l|o|v|p|e|relation_ids)$/, '');
    const own = place.get(field) ?? place.get(base) ?? fieldOrder.length;
    return own + (isSystemField(base) ? 1e6 : 0);
  };
  const keys = Object.keys(record).filter(field => showCompanions || !isCompanion(field));
  const ordered = keys
    .map((key, index) => ({ key, index }))
    .sort((a, b) => rank(a.key) - rank(b.key) || a.index - b.index);
  return printJson(Object.fromEntries(ordered.map(({ key }) => [key, record[key] ?? null])), 2) + '\n';
}

export type TextProblem = ({ readonly code: 'notJson' } & JsonFault) | { readonly code: 'notARecord' };

export type SaveProblem =
  | TextProblem
  | { readonly code: 'readOnly'; readonly fields: readonly string[] }
  | { readonly code: 'ownerChanged' }
  | { readonly code: 'removed'; readonly fields: readonly string[] };

/** What a person changed of a record. */
export interface Edit {
  /**
   * The reading that the text was made from. `undefined` where the text is older than all that are known, so that
   * what others changed cannot be told from what the person changed.
   */
  readonly base: JsonObject | undefined;
  readonly changes: JsonObject;
}

/**
 * What a text changes of the record it shows. The record may have been read several times while the text was
 * edited: the fields that only the server changes tell which reading the text was made from, and where they
 * differ from it but equal another reading they are no change of the person's.
 */
export function changesIn(
  text: string,
  readings: readonly JsonObject[],
  isReadOnly: (field: string) => boolean = isReadOnlyField,
): Edit | { problem: SaveProblem } {
  const parsed = parseRecord(text);
  if ('problem' in parsed) return parsed;
  const edited = parsed.record;
  const base = readingOf(edited, readings, isReadOnly);
  const fields = Object.keys(edited).filter(key => !isCompanion(key));
  const changed = fields.filter(key => !isReadOnly(key) && !same(edited, base, key));
  const changes = Object.fromEntries(changed.map(key => [key, edited[key] ?? null]));
  if (isOutdated(edited, readings)) return { base: undefined, changes };
  const problem = problemIn(edited, base, readings, isReadOnly);
  return problem ? { problem } : { base, changes };
}

export function parseRecord(text: string): { record: JsonObject } | { problem: TextProblem } {
  let record;
  try {
    record = parseJson(text);
  } catch {
    return { problem: { code: 'notJson', ...jsonFault(text) } };
  }
  return isJsonObject(record) ? { record } : { problem: { code: 'notARecord' } };
}

function problemIn(
  edited: JsonObject,
  base: JsonObject,
  readings: readonly JsonObject[],
  isReadOnly: (field: string) => boolean,
): SaveProblem | undefined {
  const isKnown = (key: string) => readings.some(reading => same(edited, reading, key));
  // A companion is never sent: whoever changes it means the field that it explains.
  const forbidden = Object.keys(edited).filter(key => (isCompanion(key) || isReadOnly(key)) && !isKnown(key));
  if (forbidden.includes('owner')) return { code: 'ownerChanged' };
  if (forbidden.length > 0) return { code: 'readOnly', fields: forbidden };
  const removed = filledFields(base).filter(key => !(key in edited) && !(isReadOnly(key) && isKnown(key)));
  return removed.length > 0 ? { code: 'removed', fields: removed } : undefined;
}

/**
 * The reading that agrees with the text in most of what only the server changes, else in most of all;
 * of several alike the newest.
 */
function readingOf(
  edited: JsonObject,
  readings: readonly JsonObject[],
  isReadOnly: (field: string) => boolean,
): JsonObject {
  const unlike = (reading: JsonObject) => {
    const fields = Object.keys({ ...reading, ...edited }).filter(
      key => !isCompanion(key) && !same(edited, reading, key),
    );
    return [fields.filter(isReadOnly).length, fields.length] as const;
  };
  const [newest, ...older] = [...readings].reverse().map(reading => ({ reading, unlike: unlike(reading) }));
  const closest = (a: typeof newest, b: typeof newest) =>
    a && b && (b.unlike[0] - a.unlike[0] || b.unlike[1] - a.unlike[1]) < 0 ? b : a;
  return older.reduce(closest, newest)?.reading ?? {};
}

/** A text restored after a restart, say, of a record that was changed since. */
function isOutdated(edited: JsonObject, readings: readonly JsonObject[]): boolean {
  const time = (record: JsonObject) => Number(record['last_modified_time'] ?? Number.NaN);
  return readings.every(reading => time(edited) < time(reading));
}

/** Fields that may not just be left out of the text. What is empty already may. */
export function filledFields(record: JsonObject): string[] {
  return Object.keys(record).filter(key => !isCompanion(key) && (record[key] ?? null) !== null);
}

export function same(a: JsonObject, b: JsonObject, key: string): boolean {
  return printJson(a[key] ?? null) === printJson(b[key] ?? null);
}
