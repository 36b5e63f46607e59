import type { CrmClient } from '../api/crmClient';
import { ApiError } from '../api/errors';
import { CancelledError, isCancellation } from '../base/cancelled';
import type { BatchCall, WriteOptions } from './recordCalls';
import { concernsRecord } from './recordRefusal';

export interface FailedRecord {
  readonly id: string;
  /** The API's code, or `undefined` where no answer of the API came and the outcome is not known. */
  readonly errorCode: number | undefined;
  readonly message: string;
  readonly traceId: string | undefined;
}

export interface BatchResult {
  readonly succeeded: string[];
  readonly failed: FailedRecord[];
  /** What the API answered, refusals included, as it came. */
  readonly answers: string[];
  /** Ids that were not sent because the person cancelled or sending more was in vain. */
  readonly notSent: string[];
}

/** How it ended. What was left because the person cancelled is no failure. */
export function endOf({ failed, notSent }: Pick<BatchResult, 'failed' | 'notSent'>): 'done' | 'cancelled' | 'failed' {
  if (failed.length > 0) return 'failed';
  return notSent.length > 0 ? 'cancelled' : 'done';
}

export interface BatchOptions extends WriteOptions {
  /** Words for a failure, in the display language. */
  readonly describe: (error: unknown) => string;
  readonly onProgress?: ((done: number) => void) | undefined;
}

/**
 * Carries a call out on many records and tells of each whether it succeeded. Where the API refuses a whole
 * list, its records are sent one by one: its answer does not say which one it minded.
 */
export async function runBatch(
  client: CrmClient,
  object: string,
  ids: readonly string[],
  call: BatchCall,
  options: BatchOptions,
): Promise<BatchResult> {
  const result: BatchResult = { succeeded: [], failed: [], answers: [], notSent: [] };
  const queue = chunks([...new Set(ids)], call.most);
  for (let chunk = queue.shift(); chunk; chunk = queue.shift()) {
    try {
      // A call under way is never cut off: its outcome would not be known.
      if (options.signal?.aborted) throw new CancelledError();
      const { text } = await call.send(client, object, chunk, { permit: options.permit });
      result.answers.push(text);
      result.succeeded.push(...chunk);
    } catch (error) {
      if (error instanceof ApiError) result.answers.push(error.answerText);
      if (chunk.length > 1 && concernsRecord(error)) {
        queue.unshift(...chunks(chunk, 1));
        continue;
      }
      if (isCancellation(error)) result.notSent.push(...chunk);
      else result.failed.push(...chunk.map(id => failure(id, error, options.describe)));
      // What stops one of them (a spent quota, no network, a cancel) stops the rest as well.
      if (!concernsRecord(error)) result.notSent.push(...queue.splice(0).flat());
    }
    options.onProgress?.(result.succeeded.length + result.failed.length);
  }
  return result;
}

function failure(id: string, error: unknown, describe: (error: unknown) => string): FailedRecord {
  const api = error instanceof ApiError ? error : undefined;
  return { id, errorCode: api?.errorCode, message: describe(error), traceId: api?.traceId };
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
