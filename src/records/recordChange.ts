import { pathnameOf, type WriteOperation } from '../api/endpoints';
import { writeIn } from '../api/writeIn';
import type { SentWrite } from '../connections/connections';
import { createdId } from './recordCalls';

/** What was done to which records. */
export interface RecordChange {
  readonly connectionId: string;
  readonly object: string;
  readonly operation: WriteOperation;
  readonly ids: readonly string[];
  /** No answer came: it may have taken place or not. */
  readonly isUncertain?: true;
}

/** What a call did to records, as far as it tells; nothing where its object is not known. */
export function changeBy({ connection, call, answer }: SentWrite): RecordChange | undefined {
  const body = call.body === '' ? undefined : call.body;
  const { operation, object, ids } = writeIn(pathnameOf(call.path) ?? '', body);
  if (object === undefined) return undefined;
  const created = answer && operation === 'create' ? createdId(answer) : undefined;
  return {
    connectionId: connection.id,
    object,
    operation,
    ids: created === undefined ? ids : [created],
    ...(!answer && { isUncertain: true }),
  };
}
