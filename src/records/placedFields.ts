import { findNodeAtLocation, parseTree, type JSONPath, type Node } from 'jsonc-parser';
import { parseJson, type JsonValue } from '../base/json';

/** A stretch of text; offsets are UTF-16 units, the end is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A field in the text of a record. */
export interface PlacedField {
  readonly name: string;
  /** With the quotes. */
  readonly key: Span;
  /** Not there while it is being typed. */
  readonly value: PlacedValue | undefined;
}

export interface PlacedValue extends Span {
  /** `undefined` while it is broken. */
  readonly json: JsonValue | undefined;
  /** The text values in it: the value itself, or the members of a list. With the quotes. */
  readonly texts: readonly (Span & { readonly text: string })[];
}

/** A detail record in the text of a new record. */
export interface PlacedRow {
  /** API name of the detail object. */
  readonly object: string;
  readonly span: Span;
  readonly fields: readonly PlacedField[];
}

/** Hints, links, checks and completions look at the same text, one after the other. */
let last: { readonly text: string; readonly fields: readonly PlacedField[] } | undefined;

/** The fields in the text of a record, broken or not, in the order of the text. */
export function placedFields(text: string): readonly PlacedField[] {
  if (last?.text !== text) last = { text, fields: parsedFields(text) };
  return last.fields;
}

/** The fields of an object further down, by the keys and places that lead to it. */
export function fieldsAt(text: string, path: JSONPath): readonly PlacedField[] {
  if (path.length === 0) return placedFields(text);
  const root = parseTree(text, [], { allowTrailingComma: true });
  return fieldsIn(text, root && findNodeAtLocation(root, path));
}

/** The rows of detail records in the text of a new record, as far as they are lists of objects. */
export function placedRows(text: string, detailsKey: string): PlacedRow[] {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const details = root && findNodeAtLocation(root, [detailsKey]);
  if (details?.type !== 'object') return [];
  return (details.children ?? []).flatMap(({ children: [key, list] = [] }) =>
    list?.type === 'array' && key
      ? (list.children ?? []).map(row => ({
          object: String(key.value),
          span: spanOf(row),
          fields: fieldsIn(text, row),
        }))
      : [],
  );
}

function parsedFields(text: string): PlacedField[] {
  return fieldsIn(text, parseTree(text, [], { allowTrailingComma: true }));
}

function fieldsIn(text: string, node: Node | undefined): PlacedField[] {
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key ? [{ name: String(key.value), key: spanOf(key), value: value && placedValue(text, value) }] : [],
  );
}

function placedValue(text: string, node: Node): PlacedValue {
  const members = node.type === 'array' ? (node.children ?? []) : [node];
  const texts = members
    .filter(({ type }) => type === 'string')
    .map(member => ({ ...spanOf(member), text: String(member.value) }));
  const span = spanOf(node);
  return { ...span, json: jsonIn(text.slice(span.start, span.end)), texts };
}

/** With all its digits, which the tree does not have. */
function jsonIn(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function spanOf({ offset, length }: Node): Span {
  return { start: offset, end: offset + length };
}
