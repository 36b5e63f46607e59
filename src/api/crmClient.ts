import type { Clock } from '../base/clock';
import { printJson, type JsonObject } from '../base/json';
import { mustSucceed, type Answer } from './answer';
import type { CallStyle } from './callStyle';
import { endpointAt, pathFor, pathnameOf, type Endpoint } from './endpoints';
import { RefusedError } from './errors';
import type { RateLimiter, Urgency } from './rateLimiter';
import { repeated } from './repeat';
import type { Token, TokenSource } from './token';
import { urlOn, type Wire } from './wire';
import type { WritePermit } from './writePermit';

/** One call as the caller means it; sign-in, trace id and headers are added on the way. */
export interface CrmCall {
  /** `/cgi/…`, with a query if need be, or a whole URL on the tenant's own host. */
  readonly path: string;
  /** Strict JSON text. */
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Needed for whatever may change data. */
  readonly permit?: WritePermit | undefined;
  readonly signal?: AbortSignal | undefined;
  /** `interactive` where nothing is said. */
  readonly urgency?: Urgency | undefined;
  /** Somebody asked for this very answer, so that the history keeps it; of writes it keeps every one. */
  readonly asked?: boolean | undefined;
}

export type CallOptions = Pick<CrmCall, 'permit' | 'signal' | 'urgency' | 'asked'> & {
  readonly object?: string | undefined;
};

/** How the calls to one tenant flow, whichever of its employees makes them. */
export interface Traffic {
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Told of each call that is sent. */
  readonly count: () => void;
}

/** What the client must know about the tenant it talks to. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
  /** The acting employee, as the style names people: `1000` in headers, `FSUID_…` in a body. */
  readonly userId: string;
  /** How its calls tell who makes them. */
  readonly style: CallStyle;
  readonly readOnly: boolean;
  /** Scheme, host and port. Asked at each call: the sandbox starts on first use and moves. */
  origin(): Promise<string>;
}

/** Hears how each call went. */
export interface CallWitness {
  /** Whoever called waits for it. */
  readonly answered: (call: CrmCall, answer: Answer) => void | Promise<void>;
  /** No answer came, or nobody could be signed in for the call. */
  readonly failed: (error: unknown, call: CrmCall) => void;
}

const nobody: CallWitness = { answered: () => undefined, failed: () => undefined };

/** The tenant says that the token is wrong or has expired. */
const tokenRefused = new Set([20016, 20005]);

/** The OpenAPI of one tenant as one employee. */
export class CrmClient {
  constructor(
    readonly tenant: Tenant,
    readonly tokens: TokenSource,
    private readonly wire: Wire,
    private readonly traffic: Traffic,
    private readonly witness: CallWitness = nobody,
  ) {}

  /** Calls an endpoint of the table; anything but errorCode 0 is thrown as `ApiError`. */
  async call(endpoint: Endpoint, body: JsonObject, options: CallOptions = {}): Promise<Answer> {
    const { object, ...rest } = options;
    return mustSucceed(await this.exchange({ path: pathFor(endpoint, object), body: printJson(body), ...rest }));
  }

  /** Sends any call and gives whatever the API answers, again where that is safe and may help. */
  async exchange(call: CrmCall): Promise<Answer> {
    const isWrite = mayChangeData(call.path);
    if (isWrite) this.#mustBeAllowed(call);
    // Not even a token is fetched for what will not be sent.
    const { pathname } = urlOn(await this.tenant.origin(), call.path);
    try {
      const answer = await this.#repeated(call, pathname, isWrite);
      await this.witness.answered(call, answer);
      return answer;
    } catch (error) {
      this.witness.failed(error, call);
      throw error;
    }
  }

  async #repeated(call: CrmCall, pathname: string, isWrite: boolean): Promise<Answer> {
    const { limiter, clock, random } = this.traffic;
    return repeated(() => this.#signedIn(call, pathname), {
      repeat: isWrite ? 'ifRefused' : 'always',
      clock,
      random,
      signal: call.signal,
      onTooFast: milliseconds => limiter.pause(pathname, milliseconds),
    });
  }

  /** A token that is refused is renewed once. */
  async #signedIn(call: CrmCall, pathname: string): Promise<Answer> {
    const token = await this.tokens.get(call.signal);
    const answer = await this.#send(call, pathname, token);
    if (!tokenRefused.has(answer.errorCode)) return answer;
    // Refused before anything was done, so that repeating is safe for writes too.
    return this.#send(call, pathname, await this.tokens.renew(token, call.signal));
  }

  #mustBeAllowed(call: CrmCall): void {
    if (this.tenant.readOnly) throw new RefusedError('readOnly', this.tenant.name);
    if (!call.permit?.covers(this.tenant.id)) throw new RefusedError('notPermitted', this.tenant.name);
  }

  /** The API limits each interface by itself: by its path, without the query. */
  async #send(call: CrmCall, pathname: string, token: Token): Promise<Answer> {
    const { limiter, count } = this.traffic;
    const { urgency = 'interactive', signal } = call;
    const send = () => {
      count();
      return this.#post(call, pathname, token);
    };
    return limiter.run(pathname, urgency, send, signal);
  }

  async #post({ path, headers, body, signal }: CrmCall, pathname: string, token: Token): Promise<Answer> {
    const { name, userId, style } = this.tenant;
    const origin = await this.tenant.origin();
    return this.wire.post({
      ...{ connection: name, origin, path, signal, mayChangeData: mayChangeDataAt(pathname) },
      ...style({ pathname, headers, body }, token, userId),
    });
  }
}

/** Only what the table knows as a read is one; an unknown path may change data. */
export function mayChangeData(path: string): boolean {
  const pathname = pathnameOf(path);
  return pathname === undefined || mayChangeDataAt(pathname);
}

function mayChangeDataAt(pathname: string): boolean {
  return endpointAt(pathname)?.effect !== 'read';
}
