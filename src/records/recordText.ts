import { parseJson, printJson, isJsonObject, type JsonObject } from '../base/json';
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

export type SaveProblem =
  | { readonly code: 'notJson'; readonly message: string }
  | { readonly code: 'notARecord' }
  | { readonly code: 'readOnly'; readonly fields: readonly string[] }
  | { readonly code: 'ownerChanged' }
  | { readonly code: 'removed'; readonly fields: readonly string[] };

/** What a saved text changes of the record it was opened from; companions are explanations and never sent. */
export function changesIn(text: string, base: JsonObject): { changes: JsonObject } | { problem: SaveProblem } {
  let edited;
  try {
    edited = parseJson(text);
  } catch (error) {
    return { problem: { code: 'notJson', message: error instanceof Error ? error.message : String(error) } };
  }
  if (!isJsonObject(edited)) return { problem: { code: 'notARecord' } };
  const changed = Object.keys(edited).filter(key => !isCompanion(key) && !same(edited, base, key));
  if (changed.includes('owner')) return { problem: { code: 'ownerChanged' } };
  const readOnly = changed.filter(isReadOnlyField);
  if (readOnly.length > 0) return { problem: { code: 'readOnly', fields: readOnly } };
  const removed = Object.keys(base).filter(key => !isCompanion(key) && !(key in edited));
  if (removed.length > 0) return { problem: { code: 'removed', fields: removed } };
  return { changes: Object.fromEntries(changed.map(key => [key, edited[key] ?? null])) };
}

/** Fields that `mine` changes and that someone else has changed to another value since `base` was read. */
export function conflicts(mine: JsonObject, base: JsonObject, theirs: JsonObject): string[] {
  return Object.keys(mine).filter(key => !same(base, theirs, key) && !same(mine, theirs, key));
}

function same(a: JsonObject, b: JsonObject, key: string): boolean {
  return printJson(a[key] ?? null) === printJson(b[key] ?? null);
}
