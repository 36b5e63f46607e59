/** The person (or the window closing) stopped it; nothing to explain. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
  constructor() {
    super('Cancelled');
  }
}

/** Ours, or what Node and axios reject with when an `AbortSignal` is aborted. */
export function isCancellation(error: unknown): boolean {
  return error instanceof CancelledError || (error instanceof Error && error.name === 'AbortError');
}
