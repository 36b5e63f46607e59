import { ApiError, isCallError } from '../../src/api/errors';
import { isCancellation } from '../../src/base/cancelled';

/** What came of a call: its value, or the name and code of its error as a text that can be compared. */
export async function outcome<T>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work();
  } catch (error) {
    return nameOf(error);
  }
}

/** `ApiError 20016`, `TransportError dropped`; what is no failure of a call is thrown. */
export function nameOf(error: unknown): string {
  if (isCancellation(error)) return 'cancelled';
  if (!isCallError(error)) throw error;
  return `${error.name} ${error instanceof ApiError ? error.errorCode : error.code}`;
}

/** `refused by the API` where it says no with whatever code: many codes are not documented. */
export async function answered(work: () => Promise<unknown>): Promise<string> {
  const came = await outcome(async () => {
    await work();
    return 'done';
  });
  return came.startsWith('ApiError') ? 'refused by the API' : came;
}
