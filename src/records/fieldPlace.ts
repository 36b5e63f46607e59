import { placedFields, type Span } from './placedFields';

/** A place in the text of a record by the field that it is in: that stands elsewhere when the record is read anew. */
export interface FieldPlace {
  readonly field: string;
  /** Characters from the beginning of the field. */
  readonly into: number;
}

export function fieldPlaceAt(text: string, offset: number): FieldPlace | undefined {
  const at = placedFields(text).find(each => spanOf(each).start <= offset && offset <= spanOf(each).end);
  return at && { field: at.name, into: offset - at.key.start };
}

/** Where that place is in another text, if the field is in it. */
export function offsetOf(text: string, { field, into }: FieldPlace): number | undefined {
  const at = placedFields(text).find(({ name }) => name === field);
  return at && Math.min(at.key.start + into, spanOf(at).end);
}

function spanOf({ key, value }: { readonly key: Span; readonly value: Span | undefined }): Span {
  return { start: key.start, end: value?.end ?? key.end };
}
