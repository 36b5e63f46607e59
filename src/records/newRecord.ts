import { isJsonObject, printJson, type JsonObject, type JsonValue } from '../base/json';
import { isComputed, type Field } from '../objects/fields';
import { shapeOf } from '../objects/valueShape';
import type { Details } from './recordCalls';
import { isCompanion, readOnlyIn } from './recordFields';
import { parseRecord, same, type TextProblem } from './recordText';

/** The key, in the text of a new record, of its detail records: a list of them for each detail object. */
export const detailsKey = 'details';

export type CreationProblem =
  | TextProblem
  | { readonly code: 'badDetails' }
  | { readonly code: 'empty' }
  /** What has to be there has a place, and nothing stands in it. */
  | { readonly code: 'blank'; readonly fields: readonly string[] };

/** What is to be created. */
export interface Creation {
  readonly data: JsonObject;
  readonly details: Details | undefined;
}

/** What the text of a new record asks for. Whether its values are right is the tenant's to say. */
export function creationIn(text: string, fields: readonly Field[] = []): Creation | { problem: CreationProblem } {
  const parsed = parseRecord(text);
  if ('problem' in parsed) return parsed;
  const { [detailsKey]: details, ...given } = parsed.record;
  if (details !== undefined && !areDetails(details)) return { problem: { code: 'badDetails' } };
  const data = Object.fromEntries(Object.entries(given).filter(([field]) => !isCompanion(field)));
  if (Object.keys(data).length === 0) return { problem: { code: 'empty' } };
  const required = new Set(['name', ...fields.filter(({ required }) => required).map(({ apiName }) => apiName)]);
  const blank = Object.keys(data).filter(field => required.has(field) && isBlank(data[field]));
  return blank.length > 0 ? { problem: { code: 'blank', fields: blank } } : { data, details };
}

/** A text that a person has still to write. */
export function isBlank(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && value.trim() === '';
}

/**
 * What a person typed since a record was created from a text, as changes of that record. `undefined` where no update
 * can make up for it: the text is no record any more, or has other detail records.
 */
export function typedSince(created: string, now: string): JsonObject | undefined {
  const [before, after] = [creationIn(created), creationIn(now)];
  if ('problem' in before || 'problem' in after) return undefined;
  if (printJson({ ...before.details }) !== printJson({ ...after.details })) return undefined;
  const fields = Object.keys({ ...before.data, ...after.data }).filter(field => !same(before.data, after.data, field));
  return Object.fromEntries(fields.map(field => [field, after.data[field] ?? null]));
}

/** Lists of detail records by the detail object's API name. */
export function areDetails(value: JsonValue): value is Record<string, JsonObject[]> {
  return isJsonObject(value) && Object.values(value).every(rows => Array.isArray(rows) && rows.every(isJsonObject));
}

/** Who writes a new record, and when. */
export interface Author {
  readonly employeeId: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The text of a new record as a snippet: name and required fields, each value a place to go to. */
export function newRecordSnippet(fields: readonly Field[], author: Author): string {
  const mayGive = fields.filter(field => !isComputed(field));
  const name = mayGive.filter(({ apiName }) => apiName === 'name');
  const required = mayGive.filter(({ apiName, required }) => required && apiName !== 'name');
  const lines = [...name, ...required].map(
    (field, index) => `  ${JSON.stringify(field.apiName)}: ${placeholder(field, index + 1, author)}`,
  );
  return lines.length > 0 ? `{\n${lines.join(',\n')}\n}\n` : '{\n  $0\n}\n';
}

function placeholder(field: Field, stop: number, { employeeId, now }: Author): string {
  const inside = (text: string) => `\${${stop}:${text.replace(/[\\$}]/g, String.raw`\$&`)}}`;
  const [option] = field.options;
  switch (shapeOf(field)) {
    case 'number':
      return `"${inside('0')}"`;
    case 'time':
      return inside(String(now));
    case 'boolean':
      return inside(option?.value ?? 'false');
    case 'texts':
      return `[${inside(listMember(field, employeeId))}]`;
    case 'list':
      return `[${inside('')}]`;
    case 'text':
    case undefined:
      // The whole text with its quotes, so that an option replaces it. A label in its place would be saved as it is.
      return option ? inside(JSON.stringify(option.value)) : `"${inside('')}"`;
  }
}

function listMember({ type, options }: Field, employeeId: string): string {
  const [option] = options;
  if (option) return JSON.stringify(option.value);
  return type.startsWith('employee') ? JSON.stringify(employeeId) : '';
}

/**
 * The text of a new record that is like another one: without its id, system fields and what nobody may set. It belongs
 * to the employee who creates it.
 */
export function cloneText(record: JsonObject, fields: readonly Field[] | undefined, { employeeId }: Author): string {
  const isReadOnly = readOnlyIn(fields);
  const order = new Map(fields?.map(({ apiName }, index) => [apiName, index]));
  const rank = (field: string) => (field === 'name' ? -1 : (order.get(field) ?? order.size));
  const entries = Object.entries(record)
    .filter(([field, value]) => value !== null && !isCompanion(field) && !isReadOnly(field))
    .sort(([a], [b]) => rank(a) - rank(b));
  return `${printJson(Object.fromEntries([...entries, ['owner', [employeeId]]]), 2)}\n`;
}
