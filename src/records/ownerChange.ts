import type { JsonValue } from '../base/json';
import type { OpenRecord } from './openRecords';
import { placedFields, type Span } from './placedFields';

export interface OwnerChange {
  /** Whom the text names as the new owner. */
  readonly owner: string;
  readonly span: Span;
  /** The text with the owner as it was read: an update cannot send another one. */
  readonly restored: string;
}

/** What the text of a record makes of its owner, where it names another one. */
export function ownerChange(text: string, open: Pick<OpenRecord, 'text' | 'isNew'>): OwnerChange | undefined {
  if (open.isNew) return undefined;
  const span = ownerIn(text);
  const before = ownerIn(open.text);
  const owner = oneText(span?.json);
  if (!span || !before || owner === undefined || owner === oneText(before.json)) return undefined;
  const restored = text.slice(0, span.start) + open.text.slice(before.start, before.end) + text.slice(span.end);
  return { owner, span: { start: span.start, end: span.end }, restored };
}

function ownerIn(text: string) {
  return placedFields(text).find(({ name }) => name === 'owner')?.value;
}

/** A record has one owner, which the API writes as a list of one. */
function oneText(value: JsonValue | undefined): string | undefined {
  const [one, ...more] = Array.isArray(value) ? value : [value];
  return typeof one === 'string' && one !== '' && more.length === 0 ? one : undefined;
}
