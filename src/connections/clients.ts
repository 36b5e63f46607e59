import { isDeepStrictEqual } from 'node:util';
import { CrmClient, type CallWitness, type Traffic } from '../api/crmClient';
import type { DayCount } from '../api/dayCount';
import { RefusedError } from '../api/errors';
import { RateLimiter, type RateLimit } from '../api/rateLimiter';
import { TokenSource, type Token, type TokenStore } from '../api/token';
import type { Wire } from '../api/wire';
import type { Clock } from '../base/clock';
import type { Event } from '../base/emitter';
import { styleOf, type Authenticator } from './authenticator';
import { originOf, signsInAlike, tenantKey, type Connection } from './connection';
import type { ConnectionStore } from './connectionStore';

export interface EmbeddedSandbox {
  /** Starts it if need be and tells where it listens. */
  origin(): Promise<string>;
  readonly isRunning: boolean;
  /** Told when it starts, and when it ends for whatever reason. */
  readonly onDidChange: Event;
}

export interface ClientsOptions {
  readonly wire: Wire;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly store: ConnectionStore;
  /** What each interface of a tenant takes. */
  readonly rateLimit: () => RateLimit;
  readonly dayCount: DayCount;
  readonly sandbox: EmbeddedSandbox;
  /** Hears how the calls of a connection went. */
  readonly witness: (connection: Connection) => CallWitness;
}

/** One client for each connection, for as long as it stays as it is. */
export class Clients {
  readonly #clients = new Map<string, { for: Connection; client: CrmClient }>();
  /** One for each tenant, whichever of its employees calls. */
  readonly #traffic = new Map<string, Traffic>();

  constructor(
    private readonly authenticator: Authenticator,
    private readonly options: ClientsOptions,
  ) {}

  of(connection: Connection): CrmClient {
    const cached = this.#clients.get(connection.id);
    // By content: what another window keeps makes the editor read the list anew, mostly to the same.
    if (cached && isDeepStrictEqual(cached.for, connection)) return cached.client;
    // One that was only renamed keeps its tokens, so that a fetch under way stays the only one.
    const tokens = cached && signsInAlike(cached.for, connection) ? cached.client.tokens : this.#tokens(connection);
    const client = this.#build(connection, tokens);
    this.#clients.set(connection.id, { for: connection, client });
    return client;
  }

  /** The next one is built anew. Gives the one that was there. */
  forget(connectionId: string): CrmClient | undefined {
    const held = this.#clients.get(connectionId);
    this.#clients.delete(connectionId);
    return held?.client;
  }

  /** Scheme, host and port. */
  origin(connection: Connection): Promise<string> {
    return connection.sandbox ? this.options.sandbox.origin() : Promise.resolve(originOf(connection.host));
  }

  #build(connection: Connection, tokens: TokenSource): CrmClient {
    const { id, name, userId, role } = connection;
    const origin = () => this.origin(connection);
    const tenant = { id, name, userId, style: styleOf(connection), readOnly: role === 'readOnly', origin };
    const { wire, witness } = this.options;
    return new CrmClient(tenant, tokens, wire, this.#trafficOf(connection), witness(connection));
  }

  #trafficOf(connection: Connection): Traffic {
    const key = tenantKey(connection);
    const known = this.#traffic.get(key);
    if (known) return known;
    const { clock, random, rateLimit, dayCount } = this.options;
    const traffic = { limiter: new RateLimiter(rateLimit, clock), clock, random, count: () => dayCount.add(key) };
    this.#traffic.set(key, traffic);
    return traffic;
  }

  #tokens(connection: Connection): TokenSource {
    const { store, clock } = this.options;
    const fetch = async (last: Token | undefined) => {
      const secrets = this.#isCurrent(connection) ? await store.secrets(connection.id) : undefined;
      // Those of the sandbox are made when it is started.
      if (!secrets) throw new RefusedError(connection.sandbox ? 'sandboxStopped' : 'signedOut', connection.name);
      return this.authenticator.again(connection, await this.origin(connection), secrets, last);
    };
    const tokenStore = this.#guarded(connection, store.tokenStore(connection.id));
    const exclusive = this.authenticator.exclusive(originOf(connection.host), connection.appId);
    return new TokenSource(fetch, tokenStore, () => clock.now(), exclusive);
  }

  /**
   * Whether secrets and token of that id still belong to the host and app of this connection: whoever holds an
   * older one must not take them there, nor leave a token behind.
   */
  #isCurrent(connection: Connection): boolean {
    return this.options.store.list().some(known => known.id === connection.id && signsInAlike(known, connection));
  }

  /** Whatever passes through the token store becomes known to the redactor. */
  #guarded(connection: Connection, store: TokenStore): TokenStore {
    return {
      read: async () => {
        const token = this.#isCurrent(connection) ? await store.read() : undefined;
        if (token) this.authenticator.learnToken(token);
        return token;
      },
      write: async token => {
        this.authenticator.learnToken(token);
        if (this.#isCurrent(connection)) await store.write(token);
      },
      clear: () => store.clear(),
    };
  }
}
