import type { Clock } from '../base/clock';
import { printJson, type JsonValue } from '../base/json';
import { mustSucceed, type Answer } from './answer';
import { endpoints } from './endpoints';
import { NotApiError } from './errors';
import { RateLimiter, tokenLimit } from './rateLimiter';
import { repeated } from './repeat';
import { tokenFrom, type Token } from './token';
import type { Wire } from './wire';

/** What a self-built app authenticates with. */
export interface Credentials {
  readonly appId: string;
  readonly appSecret: string;
  readonly permanentCode: string;
}

export interface SignInOptions {
  readonly wire: Wire;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
}

export interface SignInCall {
  /** The connection's name, for the log. */
  readonly connection: string;
  readonly origin: string;
  readonly credentials: Credentials;
}

/** Fetches tokens: one at a time for each app, and no more a minute than the API allows, whoever asks. */
export class SignIn {
  readonly #limiter: RateLimiter;

  constructor(private readonly options: SignInOptions) {
    this.#limiter = new RateLimiter(() => tokenLimit, options.clock);
  }

  /**
   * Signs in with client credentials. The answer's `openUserId` is the corp id; `ea` names the tenant. Throws what
   * `Wire.post` throws, and `ApiError` (10006 for a wrong app id or secret, 20015 for the permanent code).
   */
  async token(call: SignInCall): Promise<Token> {
    const { clock, random } = this.options;
    const app = `${call.origin} ${call.credentials.appId}`;
    const onTooFast = (milliseconds: number) => this.#limiter.pause(app, milliseconds);
    const send = () => this.#limiter.run(app, 'interactive', () => this.#post(call));
    const answer = mustSucceed(await repeated(send, { repeat: 'always', clock, random, onTooFast }));
    const { body, context, text: excerpt } = answer;
    const [accessToken, ea, expiresIn] = [text(body['accessToken']), text(body['ea']), Number(body['expiresIn'])];
    // Half an answer must not become a connection that works for nothing. The excerpt may hold half a token.
    if (accessToken === '' || ea === '') throw new NotApiError('noToken', context, 200, `${excerpt.length} characters`);
    return tokenFrom(accessToken, ea, expiresIn > 0 ? expiresIn : usualLife, clock.now());
  }

  #post({ connection, origin, credentials }: SignInCall): Promise<Answer> {
    const { appId, appSecret, permanentCode } = credentials;
    const body = printJson({ appId, appSecret, permanentCode, grantType: 'app_secret' });
    return this.options.wire.post({ connection, origin, path: endpoints.token.path, headers: {}, body });
  }
}

/** Seconds. Source: facts.md 2.1. */
const usualLife = 7200;

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
