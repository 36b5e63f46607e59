import { CancelledError } from '../base/cancelled';

/** A token as the API gives it, with what else its answer tells. Times are epoch milliseconds. */
export interface Token {
  readonly accessToken: string;
  /** The tenant: its enterprise account, or its corp id (`FSCID_…`) where the way of signing in tells only that. */
  readonly ea: string;
  /** Who logged in, where a person did (`FSUID_…`). */
  readonly openUserId?: string | undefined;
  /** Good once for another token, where a person logged in. */
  readonly refreshToken?: string | undefined;
  readonly expiresAt: number;
  readonly renewAt: number;
}

/** Where a token outlives this process: VS Code's SecretStorage, shared by its windows. */
export interface TokenStore {
  read(): Promise<Token | undefined>;
  write(token: Token): Promise<void>;
  clear(): Promise<void>;
}

const life = 7200;
/** A token asked for again within its first 6600 s is the same one, so renewing earlier is in vain. */
const renewAfter = 6600;

/** Builds a token from `expiresIn` (seconds left; above 1e9 it is a point in time, as one page has it). */
export function tokenFrom(granted: Omit<Token, 'expiresAt' | 'renewAt'>, expiresIn: number, now: number): Token {
  const expiresAt = expiresIn > 1e9 ? expiresIn * 1000 : now + expiresIn * 1000;
  const renewAt = expiresAt - (life - renewAfter) * 1000;
  return { ...granted, expiresAt, renewAt: renewAt > now ? renewAt : now + (expiresAt - now) / 2 };
}

/** Lets no other window do such work at the same time. */
export type Exclusive = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Hands out one token to whoever asks. It is fetched once however many ask, never twice at a time
 * (the API refuses concurrent token calls), and renewed when the API says it is no longer good.
 */
export class TokenSource {
  #token: Token | undefined;
  #fetching: Promise<Token> | undefined;

  constructor(
    /** Fetches a token, perhaps by means of the last one. */
    private readonly fetch: (last: Token | undefined) => Promise<Token>,
    private readonly store: TokenStore,
    private readonly now: () => number,
    private readonly exclusive: Exclusive = work => work(),
  ) {}

  async get(signal?: AbortSignal): Promise<Token> {
    if (this.#isFresh(this.#token)) return this.#token;
    return this.#shared(() => this.#storedOrFetched(() => true), signal);
  }

  /** A token other than the one that was refused; another window may have fetched it already. */
  async renew(refused: Token, signal?: AbortSignal): Promise<Token> {
    const isOther = (token: Token) => token.accessToken !== refused.accessToken;
    if (this.#isFresh(this.#token) && isOther(this.#token)) return this.#token;
    this.#token = undefined;
    return this.#shared(() => this.#storedOrFetched(isOther), signal);
  }

  /** Signs in anew, whatever is cached. */
  async signIn(signal?: AbortSignal): Promise<Token> {
    await this.#fetching?.catch(() => undefined);
    return this.#shared(() => this.exclusive(async () => this.#fetchAndStore(await this.store.read())), signal);
  }

  /** For whoever still holds this when the connection is removed. */
  async forget(): Promise<void> {
    this.#token = undefined;
    await this.store.clear();
  }

  #isFresh(token: Token | undefined): token is Token {
    return token !== undefined && this.now() < token.renewAt;
  }

  /** Another window may have fetched one before, or while this one waited for its turn. */
  async #storedOrFetched(isGood: (token: Token) => boolean): Promise<Token> {
    const stored = async () => {
      const token = await this.store.read();
      return { last: token, good: this.#isFresh(token) && isGood(token) ? token : undefined };
    };
    const first = await stored();
    if (first.good) return first.good;
    return this.exclusive(async () => {
      const { last, good } = await stored();
      if (good) return good;
      return this.#fetchAndStore(last).catch(async (error: unknown) => {
        // A refresh token is good once. Where windows could not wait for each other the quicker one has used it.
        const other = await stored();
        if (other.good) return other.good;
        throw error;
      });
    });
  }

  async #fetchAndStore(last: Token | undefined): Promise<Token> {
    const token = await this.fetch(last);
    await this.store.write(token);
    return token;
  }

  /** The fetch belongs to all who wait for it, so one who gives up does not end it for the others. */
  #shared(fetch: () => Promise<Token>, signal: AbortSignal | undefined): Promise<Token> {
    this.#fetching ??= fetch()
      .then(token => (this.#token = token))
      .finally(() => (this.#fetching = undefined));
    return abandonable(this.#fetching, signal);
  }
}

function abandonable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise<T>((resolve, reject) => {
    const give = () => reject(new CancelledError());
    if (signal.aborted) give();
    signal.addEventListener('abort', give, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', give));
  });
}
