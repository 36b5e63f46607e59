import type { OpenRecord } from './openRecords';
import { meaningOf, type Meaning, type NameOf } from './fieldMeaning';
import { placedFields } from './placedFields';
import { isCompanion } from './recordFields';

/** What is said about a field beside its text. */
export interface RecordHint {
  /** Where it is said. */
  readonly offset: number;
  readonly label: string | undefined;
  readonly meaning: Meaning | undefined;
}

/** Labels and meanings of the fields in the text of a record: at the end of the line, else behind the value. */
export function recordHints(
  text: string,
  { record, fields }: Pick<OpenRecord, 'record' | 'fields'>,
  nameOf?: NameOf,
): RecordHint[] {
  const byName = new Map(fields?.map(field => [field.apiName, field]));
  const placed = placedFields(text);
  return placed.flatMap(({ name, key, value }, index) => {
    if (!value || isCompanion(name)) return [];
    const field = byName.get(name);
    const label = field && field.label !== name ? field.label : undefined;
    const meaning = meaningOf(name, value.json, field, record, nameOf);
    if (label === undefined && !meaning) return [];
    const lineEnd = endOfLine(text, key.start);
    const next = placed[index + 1]?.key.start ?? text.length;
    return [{ offset: next > lineEnd ? lineEnd : value.end, label, meaning }];
  });
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  const line = end < 0 ? text.length : end;
  return text[line - 1] === '\r' ? line - 1 : line;
}
