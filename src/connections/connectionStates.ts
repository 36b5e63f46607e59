import { apiError, type Answer } from '../api/answer';
import { errorCode } from '../api/errorCodes';
import { ApiError, NotApiError, RefusedError, TransportError, type CallError } from '../api/errors';
import { Emitter } from '../base/emitter';

/** How it stands with a tenant, as far as calls have told: nothing is sent to find out. */
export type ConnectionState =
  | { readonly kind: 'signedIn' }
  /** The embedded sandbox, between two uses. */
  | { readonly kind: 'notRunning' }
  /** Its secrets are not on this machine, or the person's login has ended. */
  | { readonly kind: 'signedOut' }
  /** The last call did not get through: the tenant was not reached, or takes no call from this app. */
  | { readonly kind: 'failed'; readonly error: CallError };

const signedIn: ConnectionState = { kind: 'signedIn' };
const signedOut: ConnectionState = { kind: 'signedOut' };

/** What the last call to each tenant told of its connection. */
export class ConnectionStates {
  readonly #states = new Map<string, ConnectionState>();
  readonly #changes = new Emitter();
  readonly onDidChange = this.#changes.event;

  /** `undefined` where no call was made since the editor started. */
  of(id: string): ConnectionState | undefined {
    return this.#states.get(id);
  }

  answered(id: string, answer: Answer): void {
    // Most calls succeed, and an error takes as long to make as all else that happens here.
    const error = answer.errorCode === 0 ? undefined : apiError(answer);
    this.#set(id, error && concernsTenant(error) ? { kind: 'failed', error } : signedIn);
  }

  signedIn(id: string): void {
    this.#set(id, signedIn);
  }

  failed(id: string, error: unknown): void {
    const state = stateAfter(error);
    if (state) this.#set(id, state);
  }

  forget(id: string): void {
    this.#states.delete(id);
    this.#changes.fire();
  }

  #set(id: string, state: ConnectionState): void {
    const before = this.#states.get(id);
    this.#states.set(id, state);
    // A failure is another one each time: it has trace ids of its own.
    if (before?.kind === state.kind && state.kind !== 'failed') return;
    this.#changes.fire();
  }
}

/** `undefined` for what tells nothing about the connection: a call that was cancelled, or that we refused to send. */
function stateAfter(error: unknown): ConnectionState | undefined {
  if (error instanceof RefusedError)
    return error.code === 'signedOut' || error.code === 'loginEnded' ? signedOut : undefined;
  if (error instanceof TransportError) return error.code === 'cancelled' ? undefined : { kind: 'failed', error };
  // The API's own errors are thrown by signing in only; those of calls are answers.
  if (error instanceof NotApiError || error instanceof ApiError) return { kind: 'failed', error };
  return undefined;
}

/** Whether the tenant takes no more calls today. */
export function isQuotaUsedUp(state: ConnectionState | undefined): boolean {
  return state?.kind === 'failed' && state.error instanceof ApiError && subjectOf(state.error) === 'quota';
}

/** Whether another call would be refused as well. */
function concernsTenant(error: ApiError): boolean {
  const subject = subjectOf(error);
  return subject === 'token' || subject === 'quota';
}

function subjectOf(error: ApiError) {
  const { pathname } = new URL(error.context.url);
  return errorCode(error.errorCode, pathname, error.errorMessage)?.subject;
}
