import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../base/json';
import { Failure, codes } from './failure';

/** Who a trace id names; before a caller is known the gateway prints null and -1000. */
export interface TraceSubject {
  ea: string | null;
  userId: string;
}
export const nobody: TraceSubject = { ea: null, userId: '-1000' };

/** `E-O.{ea}.{userId}-{yyyyMMddHHmmss}-{6 hex}`, the time in GMT+8. */
export function traceIdOf({ ea, userId }: TraceSubject, now: number): string {
  const time = new Date(now + 8 * 3_600_000).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);
  return `E-O.${ea}.${userId}-${time}-${randomBytes(3).toString('hex')}`;
}

/** The envelope of CRM calls. */
export function success(traceId: string, answer: JsonObject): JsonObject {
  return { traceId, errorDescription: 'success', ...answer, errorMessage: 'OK', errorCode: 0 };
}

/** The envelope of older calls, which has no trace id. */
export function plainSuccess(answer: JsonObject): JsonObject {
  return { errorCode: 0, errorMessage: 'success', ...answer };
}

export function failure(traceId: string, error: unknown): JsonObject {
  const known = error instanceof Failure ? error : new Failure(codes.serviceError, `sandbox error: ${String(error)}`);
  return { traceId, errorDescription: known.description, errorMessage: known.message, errorCode: known.code };
}
