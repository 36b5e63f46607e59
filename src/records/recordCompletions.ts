import { getLocation } from 'jsonc-parser';
import { printJson } from '../base/json';
import type { Field } from '../objects/fields';
import { shapeOf } from '../objects/valueShape';
import { readOnlyIn, type OpenRecord } from './openRecords';
import { placedFields, type Span } from './placedFields';

/** What may stand in a record's text; `span` is what it replaces. */
export type RecordCompletion = { readonly span: Span } & (
  | { readonly kind: 'field'; readonly field: Field; readonly insert: string }
  | { readonly kind: 'option'; readonly insert: string; readonly value: string; readonly label: string }
);

/** Names of fields that are not there yet, and the options of the field at hand. */
export function recordCompletions(
  text: string,
  offset: number,
  { fields = [] }: Pick<OpenRecord, 'fields'>,
): RecordCompletion[] {
  const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
  const isInNode = previousNode && previousNode.offset < offset && offset <= previousNode.offset + previousNode.length;
  const span = isInNode
    ? { start: previousNode.offset, end: previousNode.offset + previousNode.length }
    : { start: offset, end: offset };
  if (isAtPropertyKey) return path.length === 1 ? fieldNames(text, span, fields) : [];
  const field = fields.find(({ apiName }) => apiName === path[0]);
  const isMember = path.length === 2 && typeof path[1] === 'number';
  if (!field || readOnlyIn(fields)(field.apiName)) return [];
  if (path.length !== 1 && !isMember) return [];
  return optionValues(field, span, isMember);
}

function fieldNames(text: string, span: Span, fields: readonly Field[]): RecordCompletion[] {
  const there = new Set(placedFields(text).map(({ name, key }) => (key.start === span.start ? '' : name)));
  const isReadOnly = readOnlyIn(fields);
  const hasValue = /^\s*:/.test(text.slice(span.end));
  return fields
    .filter(({ apiName }) => !there.has(apiName) && !isReadOnly(apiName))
    .map(field => {
      const key = JSON.stringify(field.apiName);
      return { kind: 'field', span, field, insert: hasValue ? key : `${key}: ${emptyValue(field)}` };
    });
}

function optionValues(field: Field, span: Span, isMember: boolean): RecordCompletion[] {
  const shape = shapeOf(field);
  const isList = shape === 'texts';
  return field.options.map(({ value, label }) => {
    const json = shape === 'boolean' ? value : printJson(value);
    return { kind: 'option', span, insert: isList && !isMember ? `[${json}]` : json, value, label };
  });
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
