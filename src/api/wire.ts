import { CancelledError, isCancellation } from '../base/cancelled';
import { parsedUrl } from '../base/url';
import { readAnswer, type Answer } from './answer';
import { RefusedError, TransportError, type CallContext } from './errors';
import type { Transport } from './transport';

/** What was sent where, and what came of it. Holds secrets: whoever shows or writes any of it redacts it first. */
export interface CallRecord {
  readonly connection: string;
  readonly context: CallContext;
  /** The body that was sent. */
  readonly sent: string;
  /** The body that came back, whatever it was; `undefined` when nothing came. */
  readonly received: string | undefined;
  readonly milliseconds: number;
  readonly characters: number;
  readonly errorCode: number | undefined;
  readonly traceId: string | undefined;
  /** What went wrong when there was no answer of the API. */
  readonly failure: unknown;
}

export interface WireOptions {
  readonly transport: Transport;
  readonly timeoutMs: () => number;
  readonly record: (call: CallRecord) => void;
  /** Takes secrets out of what errors say. */
  readonly redact: (text: string) => string;
  /** A fresh `thirdTraceId` (UUID v4) for each call. */
  readonly newTraceId: () => string;
  readonly now: () => number;
}

export interface WireCall {
  /** The connection's name, for the log. */
  readonly connection: string;
  /** The tenant's own scheme, host and port: nothing is sent elsewhere. */
  readonly origin: string;
  /** A path, or a URL on the same host. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal?: AbortSignal | undefined;
  /** Cancelled on the way, it leaves open what it did: that is a `TransportError` then. */
  readonly mayChangeData?: boolean | undefined;
}

/** Posts one call with a trace id, reads the API's envelope and records the outcome. */
export class Wire {
  constructor(private readonly options: WireOptions) {}

  async post(call: WireCall): Promise<Answer> {
    const { transport, timeoutMs, record, redact, newTraceId, now } = this.options;
    const url = urlOn(call.origin, call.path);
    const thirdTraceId = newTraceId();
    url.searchParams.set('thirdTraceId', thirdTraceId);
    const context: CallContext = {
      method: 'POST',
      url: redact(`${url.origin}${url.pathname}`),
      thirdTraceId,
      ...(call.mayChangeData && { mayChangeData: true }),
    };
    if (call.signal?.aborted) throw new CancelledError();
    const headers = { 'content-type': 'application/json', ...call.headers };
    const started = now();
    let received: string | undefined;
    const outcome = (rest: Pick<CallRecord, 'errorCode' | 'traceId' | 'failure'>) => {
      const { connection, body: sent } = call;
      const milliseconds = now() - started;
      record({ connection, context, sent, received, milliseconds, characters: received?.length ?? 0, ...rest });
    };
    try {
      const { body, signal } = call;
      const http = await transport({ url: url.href, headers, body, timeoutMs: timeoutMs(), signal, context });
      received = http.text;
      const answer = readAnswer(http, context, now() - started, redact);
      outcome({ errorCode: answer.errorCode, traceId: answer.traceId, failure: undefined });
      return answer;
    } catch (error) {
      const isOpen = call.mayChangeData && isCancellation(error);
      const failure = isOpen ? new TransportError('cancelled', context, 'cancelled') : error;
      outcome({ errorCode: undefined, traceId: undefined, failure });
      throw failure;
    }
  }
}

/** A token never goes to a host that is not its tenant's, nor does a name before the `@` take its place. */
export function urlOn(origin: string, path: string): URL {
  const url = parsedUrl(path, origin);
  const isOnOrigin = url?.origin === origin || url?.origin === new URL(origin).origin;
  if (!url || !isOnOrigin || url.username !== '' || url.password !== '')
    throw new RefusedError('foreignHost', url?.host ?? path);
  return url;
}
