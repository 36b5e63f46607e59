import { getLocation, type JSONPath } from 'jsonc-parser';
import { printJson } from '../base/json';
import type { CrmObject } from '../objects/crmObject';
import type { Field } from '../objects/fields';
import { shapeOf } from '../objects/valueShape';
import { detailsKey } from './newRecord';
import type { OpenRecord } from './openRecords';
import { fieldsAt, type Span } from './placedFields';
import { readOnlyIn } from './recordFields';

/** What may stand in a record's text; `span` is what it replaces. */
export type RecordCompletion = { readonly span: Span } & (
  | { readonly kind: 'field'; readonly field: Field; readonly insert: string }
  /** The place of detail records in a new one. */
  | { readonly kind: 'details'; readonly name: string; readonly insert: string }
  | {
      readonly kind: 'object';
      readonly name: string;
      readonly label: string;
      /** Nobody vouches for the name. */
      readonly unverified: boolean;
      readonly insert: string;
    }
  | {
      readonly kind: 'option';
      readonly insert: string;
      readonly value: string;
      readonly label: string;
      /** The option that stands there now: whoever asks there wants another one. */
      readonly present?: string;
    }
);

/** What is known of the detail objects that a new record may bring along. */
export interface DetailKnowledge {
  readonly objects: readonly Pick<CrmObject, 'apiName' | 'label' | 'unverified'>[];
  /** Of the detail object at hand. */
  readonly fields: readonly Field[];
}

/** Whether the cursor stands where detail objects, or their rows, go. */
export function isInDetails(text: string, offset: number): boolean {
  const { path } = getLocation(text, offset);
  return path[0] === detailsKey && path.length > 1;
}

/** The detail object whose rows the cursor stands in. */
export function detailObjectAt(text: string, offset: number): string | undefined {
  const [key, object, row] = getLocation(text, offset).path;
  return key === detailsKey && typeof object === 'string' && typeof row === 'number' ? object : undefined;
}

/** Names of fields that are not there yet, and the options of the field at hand; in a new record those of its details. */
export function recordCompletions(
  text: string,
  offset: number,
  { fields = [], isNew = false }: Pick<OpenRecord, 'fields'> & Partial<Pick<OpenRecord, 'isNew'>>,
  details: DetailKnowledge = { objects: [], fields: [] },
): RecordCompletion[] {
  const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
  const isInNode = previousNode && previousNode.offset < offset && offset <= previousNode.offset + previousNode.length;
  const span = isInNode
    ? { start: previousNode.offset, end: previousNode.offset + previousNode.length }
    : { start: offset, end: offset };
  const place: Place = { text, span, path, isNew };
  if (isNew && path[0] === detailsKey && path.length > 1) {
    if (path.length === 2) return isAtPropertyKey ? objectNames(place, details) : [];
    return isAtPropertyKey ? fieldNames(place, details.fields, 4) : valuesAt(place, details.fields, 4);
  }
  return isAtPropertyKey ? fieldNames(place, fields, 1) : valuesAt(place, fields, 1);
}

interface Place {
  readonly text: string;
  readonly span: Span;
  readonly path: JSONPath;
  readonly isNew: boolean;
}

/** The options of the field whose name is the path's part number `depth`. */
function valuesAt({ text, span, path, isNew }: Place, fields: readonly Field[], depth: number): RecordCompletion[] {
  const field = fields.find(({ apiName }) => apiName === path[depth - 1]);
  const isMember = path.length === depth + 1 && typeof path[depth] === 'number';
  if (!field || readOnlyIn(fields, isNew)(field.apiName)) return [];
  if (path.length !== depth && !isMember) return [];
  return insteadOf(text.slice(span.start, span.end), optionValues(field, span, isMember));
}

function objectNames(place: Place, { objects }: DetailKnowledge): RecordCompletion[] {
  const there = namesThere(place);
  return objects
    .filter(({ apiName }) => !there.has(apiName))
    .map(({ apiName: name, label, unverified = false }) => ({
      kind: 'object',
      span: place.span,
      name,
      label,
      unverified,
      insert: entry(place, name, '[{ $0 }]'),
    }));
}

function fieldNames(place: Place, fields: readonly Field[], depth: number): RecordCompletion[] {
  if (place.path.length !== depth) return [];
  const { span, isNew } = place;
  const there = namesThere(place);
  const isReadOnly = readOnlyIn(fields, isNew);
  const details: RecordCompletion = {
    kind: 'details',
    name: detailsKey,
    span,
    insert: entry(place, detailsKey, '{ "$1": [{ $0 }] }'),
  };
  return [
    ...fields
      .filter(({ apiName }) => !there.has(apiName) && !isReadOnly(apiName))
      .map((field): RecordCompletion => ({
        kind: 'field',
        span,
        field,
        insert: entry(place, field.apiName, emptyValue(field)),
      })),
    ...(isNew && depth === 1 && !there.has(detailsKey) ? [details] : []),
  ];
}

/** Names beside the one at hand. */
function namesThere({ text, span, path }: Place): ReadonlySet<string> {
  const fields = fieldsAt(text, path.slice(0, -1));
  const names = fields.filter(({ key }) => key.start !== span.start).map(({ name }) => name);
  // Without a comma before it, the next one is not read as a field.
  const [, next] = /^\s*"([^"\\]*)"\s*:/.exec(text.slice(span.end)) ?? [];
  return new Set(next === undefined ? names : [...names, next]);
}

function entry({ text, span }: Place, name: string, value: string): string {
  const rest = text.slice(span.end);
  if (/^\s*:/.test(rest)) return `"${name}"`;
  // Another field follows: without a comma the whole text would be no JSON.
  return `"${name}": ${value}${/^\s*"/.test(rest) ? ',' : ''}`;
}

function optionValues(field: Field, span: Span, isMember: boolean): RecordCompletion[] {
  const shape = shapeOf(field);
  const isList = shape === 'texts';
  return field.options.map(({ value, label }) => {
    const json = shape === 'boolean' ? value : printJson(value);
    return { kind: 'option', span, insert: isList && !isMember ? `[${json}]` : json, value, label };
  });
}

/** A value that is whole is no beginning of another one to narrow the options by. */
function insteadOf(present: string, options: RecordCompletion[]): RecordCompletion[] {
  return options.some(({ insert }) => insert === present) ? options.map(option => ({ ...option, present })) : options;
}

/** As a snippet: the cursor stands where the value goes. */
function emptyValue(field: Field): string {
  switch (shapeOf(field)) {
    case 'text':
    case 'number':
      return field.options.length > 0 ? '$0' : '"$0"';
    case 'texts':
    case 'list':
      return '[$0]';
    case 'time':
    case 'boolean':
    case undefined:
      return '$0';
  }
}
