import { meaningOf } from './fieldMeaning';
import type { OpenRecord } from './openRecords';
import { placedFields, type Span } from './placedFields';
import { isRecordId } from './recordRef';

/** A look-up in the text of a record; the span is the id without its quotes. */
export interface RecordLink extends Span {
  readonly object: string;
  readonly id: string;
  /** Of the record it points to, where it came with the reading. */
  readonly name: string | undefined;
}

const lookUps = ['object_reference', 'master_detail', 'object_reference_many'];

export function recordLinks(text: string, { record, fields }: Pick<OpenRecord, 'record' | 'fields'>): RecordLink[] {
  const targets = new Map(fields?.filter(({ type }) => lookUps.includes(type)).map(field => [field.apiName, field]));
  return placedFields(text).flatMap(({ name, value }) => {
    const field = targets.get(name);
    const object = field?.target;
    if (!value || object === undefined) return [];
    const meaning = value.texts.length === 1 ? meaningOf(name, value.json, field, record) : undefined;
    const linkName = meaning?.kind === 'text' ? meaning.text : undefined;
    return value.texts
      .filter(({ text: id }) => isRecordId(id))
      .map(({ start, end, text: id }) => ({ start: start + 1, end: end - 1, object, id, name: linkName }));
  });
}
