import { printJson } from '../base/json';
import { jsonFault } from './jsonFault';
import type { OpenRecord } from './openRecords';
import { placedFields, type PlacedField, type Span } from './placedFields';

/**
 * Where in the text a refusal belongs: at the fields that its words name, those before others that the text changes; else
 * at all that it changes, else at the beginning.
 */
export function blamedSpans(
  text: string,
  words: string,
  { record, fields = [] }: Pick<OpenRecord, 'record' | 'fields'>,
): Span[] {
  const labels = new Map(fields.map(({ apiName, label }) => [apiName, label]));
  const placed = placedFields(text);
  const isNamed = ({ name }: PlacedField) => [name, labels.get(name) ?? name].some(word => hasWord(words, word));
  const named = placed.filter(isNamed);
  const isChanged = ({ name, value }: PlacedField) => value && printJson(value.json) !== printJson(record[name]);
  const blamed = [named.filter(isChanged), named, placed.filter(isChanged)].find(list => list.length > 0) ?? [];
  const spans = blamed.map(({ key, value }) => ({ start: key.start, end: (value ?? key).end }));
  return spans.length > 0 ? spans : [{ start: 0, end: 1 }];
}

/** `name` is not named by `account_name`; Chinese has no spaces between words. */
function hasWord(words: string, word: string): boolean {
  if (!/^\w+$/.test(word)) return words.includes(word);
  return new RegExp(`(?<!\\w)${word}(?!\\w)`).test(words);
}

/** Where a text ceases to be JSON; at least one letter, where there is any. */
export function brokenSpan(text: string): Span {
  const { offset, length } = jsonFault(text);
  const last = Math.max(0, text.trimEnd().length - 1);
  const start = Math.min(offset, last);
  return { start, end: Math.max(start, Math.min(offset + length - 1, last)) + 1 };
}
