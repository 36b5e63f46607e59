/** Where an answer or a failure belongs, for messages and the log. Never holds a secret. */
export interface CallContext {
  readonly method: string;
  /** Scheme, host and path, without the query. */
  readonly url: string;
  readonly thirdTraceId: string;
  /** Whether the call could write: then a failure without an answer of the API leaves open what it did. */
  readonly mayChangeData?: boolean;
}

/** No answer came. `dropped`, `timeout` and `cancelled` (a write under way) leave open whether a write took place. */
export type TransportFailure = 'unreachable' | 'timeout' | 'tls' | 'proxy' | 'dropped' | 'cancelled';

/** An answer came, but not from the OpenAPI. */
export type ForeignAnswer = 'html' | 'redirect' | 'empty' | 'notJson' | 'truncated' | 'noErrorCode' | 'noToken';

/** We did not send the request. */
export type Refusal =
  | 'readOnly'
  | 'foreignHost'
  | 'notPermitted'
  | 'notTrusted'
  | 'notARead'
  | 'bodyNotMap'
  | 'sandboxStopped'
  | 'signedOut'
  /** Nobody can be signed in again without the person, whose login has ended. */
  | 'loginEnded'
  | 'loginTimedOut'
  | 'loginForeign'
  | 'loginRefused'
  | 'mobileUnknown'
  | 'sandboxFixed'
  | 'noConnection'
  | 'noneActive'
  | 'connectionUnknown';

/** No answer came: thrown by the one place that touches the network. Whether a write took place may be open. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  constructor(
    readonly code: TransportFailure,
    readonly context: CallContext,
    /** The system's own word for it, e.g. `ECONNREFUSED`. */
    readonly reason: string,
  ) {
    super(`${context.method} ${context.url}: ${code} (${reason})`);
  }
}

/** Something answered that is not the OpenAPI: a web page, a redirect, half an answer. `status` is that of HTTP. */
export class NotApiError extends Error {
  override readonly name = 'NotApiError';
  /** Private, so that whoever prints the error does not print what was answered. */
  readonly #excerpt: string;

  constructor(
    readonly code: ForeignAnswer,
    readonly context: CallContext,
    readonly status: number,
    excerpt: string,
  ) {
    super(`${context.method} ${context.url}: ${code} (HTTP ${status})`);
    this.#excerpt = excerpt;
  }

  /** The beginning of what was answered, or the address that a redirect names. */
  get excerpt(): string {
    return this.#excerpt;
  }
}

/** The API answered with an `errorCode` other than 0 (with HTTP 200, as it always does). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** Private as well. */
  readonly #answerText: string;

  constructor(
    readonly errorCode: number,
    readonly errorMessage: string,
    readonly traceId: string | undefined,
    readonly context: CallContext,
    answerText = '',
  ) {
    super(`${context.method} ${context.url}: ${errorCode} ${errorMessage} (traceId ${traceId ?? 'none'})`);
    this.#answerText = answerText;
  }

  /** The answer as it came. */
  get answerText(): string {
    return this.#answerText;
  }
}

/** We refused before anything was sent; `code` says why. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  constructor(
    readonly code: Refusal,
    /** The connection's name, or the host, path or mobile number that was refused; empty where there is no connection. */
    readonly subject: string,
    /** What the API answered, where that is the reason. */
    override readonly cause?: ApiError,
  ) {
    super(`refused: ${code} (${subject})`);
  }
}

/** Failures after which nothing was done. */
const settled: readonly (TransportFailure | ForeignAnswer)[] = ['unreachable', 'tls', 'proxy', 'redirect', 'noToken'];

/** Whether a write may have taken place although the API has not said so. */
export function leavesOpen(error: unknown): boolean {
  const isFailure = error instanceof TransportError || error instanceof NotApiError;
  return isFailure && error.context.mayChangeData === true && !settled.includes(error.code);
}

/** All that a call may fail with and a person is told in a sentence; anything else is a mistake of ours. */
export type CallError = TransportError | NotApiError | ApiError | RefusedError;

/** Whether an error is one that a call may fail with, so that its sentence tells a person what to do. */
export function isCallError(error: unknown): error is CallError {
  return (
    error instanceof TransportError ||
    error instanceof NotApiError ||
    error instanceof ApiError ||
    error instanceof RefusedError
  );
}
