import { sleep, type Clock } from '../base/clock';
import { printJson } from '../base/json';
import type { SharedTimes } from '../base/sharedTimes';
import { mustSucceed, type Answer } from './answer';
import { NotApiError } from './errors';
import type { Grant } from './grants';
import { RateLimiter, tokenLimit } from './rateLimiter';
import { repeated } from './repeat';
import { tokenFrom, type Token } from './token';
import type { Wire } from './wire';

/** What signing in needs of its surroundings. */
export interface SignInOptions {
  readonly wire: Wire;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  /** When any window made token calls for an app. Nobody else makes one meanwhile: `exclusiveFor` sees to that. */
  readonly tokenCalls: (app: string) => SharedTimes;
}

export interface SignInCall {
  /** The connection's name, for the log. */
  readonly connection: string;
  readonly origin: string;
  readonly appId: string;
  readonly grant: Grant;
}

/** Fetches tokens: one at a time for each app, and no more a minute than the API allows, whoever asks. */
export class SignIn {
  readonly #limiter: RateLimiter;

  constructor(private readonly options: SignInOptions) {
    this.#limiter = new RateLimiter(() => tokenLimit, options.clock);
  }

  /**
   * Throws what `Wire.post` throws, and `ApiError` (10006 for a wrong app id or secret, 20015 for the permanent code,
   * 20010 for a code or refresh token that is used up).
   */
  async token(call: SignInCall): Promise<Token> {
    const { grant } = call;
    const { body, context, text } = mustSucceed(await this.#answered(call));
    const granted = grant.read(body);
    // Half an answer must not become a connection that works for nothing. The answer may hold half of it.
    if (Object.values(granted).includes(''))
      throw new NotApiError('noToken', context, 200, `${text.length} characters`);
    const expiresIn = Number(body['expiresIn']);
    return tokenFrom(granted, expiresIn > 0 ? expiresIn : usualLife, this.options.clock.now());
  }

  /** What carries something that is good for one use is sent once. */
  #answered(call: SignInCall): Promise<Answer> {
    const { clock, random } = this.options;
    const { repeat } = call.grant.endpoint;
    const app = `${call.origin} ${call.appId}`;
    const onTooFast = (milliseconds: number) => this.#limiter.pause(app, milliseconds);
    const send = () => this.#limiter.run(app, 'interactive', () => this.#afterOthers(app, () => this.#post(call)));
    return repeat === 'never' ? send() : repeated(send, { repeat, clock, random, onTooFast });
  }

  /** The limiter knows of this window only. */
  async #afterOthers(app: string, send: () => Promise<Answer>): Promise<Answer> {
    const { clock, tokenCalls } = this.options;
    const times = tokenCalls(app);
    const { calls, milliseconds } = tokenLimit;
    const recent = async () => {
      const now = clock.now();
      return (await times.read()).filter(time => time <= now && now - time < milliseconds);
    };
    for (let made = await recent(); made.length >= calls; made = await recent()) {
      await sleep(clock, (made[0] ?? 0) + milliseconds - clock.now());
    }
    try {
      return await send();
    } finally {
      // Its answer counts, as in the limiter: when it arrived there we cannot see.
      await times.write([...(await recent()), clock.now()]);
    }
  }

  #post({ connection, origin, grant: { endpoint, body } }: SignInCall): Promise<Answer> {
    return this.options.wire.post({ connection, origin, path: endpoint.path, headers: {}, body: printJson(body) });
  }
}

/** Seconds. Source: api-facts.md 2.1. */
const usualLife = 7200;
