import { getLocation } from 'jsonc-parser';
import { printJson } from '../base/json';
import type { Field } from '../objects/fields';
import { shapeOf } from '../objects/valueShape';
import { detailsKey } from './newRecord';
import type { OpenRecord } from './openRecords';
import { placedFields, type Span } from './placedFields';
import { readOnlyIn } from './recordFields';

/** What may stand in a record's text; `span` is what it replaces. */
export type RecordCompletion = { readonly span: Span } & (
  | { readonly kind: 'field'; readonly field: Field; readonly insert: string }
  /** The place of detail records in a new one. */
  | { readonly kind: 'details'; readonly name: string; readonly insert: string }
  | {
      readonly kind: 'option';
      readonly insert: string;
      readonly value: string;
      readonly label: string;
      /** The option that stands there now: whoever asks there wants another one. */
      readonly present?: string;
    }
);

/** Names of fields that are not there yet, and the options of the field at hand. */
export function recordCompletions(
  text: string,
  offset: number,
  { fields = [], isNew = false }: Pick<OpenRecord, 'fields'> & Partial<Pick<OpenRecord, 'isNew'>>,
): RecordCompletion[] {
  const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
  const isInNode = previousNode && previousNode.offset < offset && offset <= previousNode.offset + previousNode.length;
  const span = isInNode
    ? { start: previousNode.offset, end: previousNode.offset + previousNode.length }
    : { start: offset, end: offset };
  if (isAtPropertyKey) return path.length === 1 ? fieldNames(text, span, fields, isNew) : [];
  const field = fields.find(({ apiName }) => apiName === path[0]);
  const isMember = path.length === 2 && typeof path[1] === 'number';
  if (!field || readOnlyIn(fields, isNew)(field.apiName)) return [];
  if (path.length !== 1 && !isMember) return [];
  return insteadOf(text.slice(span.start, span.end), optionValues(field, span, isMember));
}

function fieldNames(text: string, span: Span, fields: readonly Field[], isNew: boolean): RecordCompletion[] {
  const there = new Set(placedFields(text).map(({ name, key }) => (key.start === span.start ? '' : name)));
  const isReadOnly = readOnlyIn(fields, isNew);
  const hasValue = /^\s*:/.test(text.slice(span.end));
  const entry = (name: string, value: string) => (hasValue ? `"${name}"` : `"${name}": ${value}`);
  const details: RecordCompletion = {
    kind: 'details',
    name: detailsKey,
    span,
    insert: entry(detailsKey, '{ "$1": [{ $0 }] }'),
  };
  return [
    ...fields
      .filter(({ apiName }) => !there.has(apiName) && !isReadOnly(apiName))
      .map((field): RecordCompletion => ({
        kind: 'field',
        span,
        field,
        insert: entry(field.apiName, emptyValue(field)),
      })),
    ...(isNew && !there.has(detailsKey) ? [details] : []),
  ];
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
