import { parseTree, type Node } from 'jsonc-parser';
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

/** Hints, links, checks and completions look at the same text, one after the other. */
let last: { readonly text: string; readonly fields: readonly PlacedField[] } | undefined;

/** The fields in the text of a record, broken or not, in the order of the text. */
export function placedFields(text: string): readonly PlacedField[] {
  if (last?.text !== text) last = { text, fields: parsedFields(text) };
  return last.fields;
}

function parsedFields(text: string): PlacedField[] {
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (root?.type !== 'object') return [];
  return (root.children ?? []).flatMap(({ children: [key, value] = [] }) =>
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
