import { errorCode } from '../api/errorCodes';
import { ApiError } from '../api/errors';

/** Whether the refusal may be due to the record in question; a bad token or a spent quota concerns every record. */
export function concernsRecord(error: unknown): error is ApiError {
  if (!(error instanceof ApiError)) return false;
  const subject = errorCode(error.errorCode)?.subject;
  return subject === undefined || subject === 'request' || subject === 'permission';
}

/** Whether the code is one whose meaning is published. */
export function isExplained(error: ApiError): boolean {
  return errorCode(error.errorCode) !== undefined;
}
