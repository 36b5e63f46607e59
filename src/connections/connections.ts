import { CrmClient, type Traffic } from '../api/crmClient';
import type { DayCount } from '../api/dayCount';
import { RefusedError } from '../api/errors';
import { RateLimiter, type RateLimit } from '../api/rateLimiter';
import type { Redactor } from '../api/redactor';
import { SignIn, type Credentials } from '../api/signIn';
import { TokenSource, type Token, type TokenStore } from '../api/token';
import type { Wire } from '../api/wire';
import type { Clock } from '../base/clock';
import { freeName, newConnectionId, originOf, type Connection, type Role } from './connection';
import type { ConnectionStore, Secrets } from './connectionStore';

export interface ConnectionInput extends Credentials {
  readonly name: string;
  readonly host: string;
  readonly userId: string;
  readonly role: Role;
}

export interface ConnectionsOptions {
  readonly store: ConnectionStore;
  readonly wire: Wire;
  readonly redactor: Redactor;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  /** What each interface of a tenant takes. */
  readonly rateLimit: () => RateLimit;
  readonly dayCount: DayCount;
  /** Starts the embedded sandbox if need be and tells where it listens. */
  readonly sandboxOrigin: () => Promise<string>;
}

/** Signs in, keeps the connections and hands out one client for each. */
export class Connections {
  readonly #clients = new Map<string, { for: Connection; client: CrmClient }>();
  /** One for each tenant, whichever of its employees calls. */
  readonly #traffic = new Map<string, Traffic>();
  readonly #signIn: SignIn;

  constructor(private readonly options: ConnectionsOptions) {
    this.#signIn = new SignIn(options);
  }

  get store(): ConnectionStore {
    return this.options.store;
  }

  client(connection: Connection): CrmClient {
    const cached = this.#clients.get(connection.id);
    if (cached?.for === connection) return cached.client;
    // One that was only renamed keeps its tokens, so that a fetch under way stays the only one.
    const tokens = cached && signsInAlike(cached.for, connection) ? cached.client.tokens : this.#tokens(connection);
    const client = this.#build(connection, tokens);
    this.#clients.set(connection.id, { for: connection, client });
    return client;
  }

  /** Signs in first; a failure saves nothing. The new connection becomes the active one. */
  async add(input: ConnectionInput, fixed: Pick<Connection, 'sandbox'> & { id?: string } = {}): Promise<Connection> {
    const { store } = this.options;
    const { name, host, appId, userId, role, appSecret, permanentCode } = input;
    this.#learn({ appSecret, permanentCode });
    const token = await this.#signIn.token({ connection: name, origin: originOf(host), credentials: input });
    const id = fixed.id ?? newConnectionId();
    const taken = store
      .list()
      .filter(c => c.id !== id)
      .map(c => c.name);
    const sandbox = fixed.sandbox ? ({ sandbox: true } as const) : {};
    const connection: Connection = {
      id,
      name: freeName(name, taken),
      host,
      appId,
      userId,
      role,
      ea: token.ea,
      ...sandbox,
    };
    await this.#keep(connection, { appSecret, permanentCode }, token);
    await store.select(id);
    return connection;
  }

  /** Signs in anew when anything that signing in depends on changes; a failure changes nothing. */
  async edit(connection: Connection, changes: Partial<ConnectionInput>): Promise<Connection> {
    const { store } = this.options;
    const { appSecret, permanentCode, ...plain } = changes;
    const old = await store.secrets(connection.id);
    const secrets = {
      appSecret: appSecret ?? old?.appSecret ?? '',
      permanentCode: permanentCode ?? old?.permanentCode ?? '',
    };
    const taken = store
      .list()
      .filter(c => c.id !== connection.id)
      .map(c => c.name);
    const edited: Connection = { ...connection, ...plain, name: freeName(plain.name ?? connection.name, taken) };
    const sameSignIn =
      edited.host === connection.host &&
      edited.appId === connection.appId &&
      secrets.appSecret === old?.appSecret &&
      secrets.permanentCode === old.permanentCode;
    if (sameSignIn) {
      await store.save(edited);
      return edited;
    }
    this.#learn(secrets);
    const credentials = { appId: edited.appId, ...secrets };
    const token = await this.#signIn.token({ connection: edited.name, origin: originOf(edited.host), credentials });
    const signedIn = { ...edited, ea: token.ea };
    await this.#keep(signedIn, secrets, token);
    return signedIn;
  }

  /** How many calls the tenant had from this editor today. */
  callsToday(connection: Connection): number {
    return this.options.dayCount.today(tenantKey(connection));
  }

  async remove(connection: Connection): Promise<void> {
    const held = this.#clients.get(connection.id);
    this.#clients.delete(connection.id);
    await this.options.store.remove(connection.id);
    await held?.client.tokens.forget();
  }

  /** Signs in anew and tells how long that took. */
  async test(connection: Connection): Promise<{ ea: string; expiresIn: number; milliseconds: number }> {
    const { clock } = this.options;
    const started = clock.now();
    const token = await this.client(connection).tokens.signIn();
    const ended = clock.now();
    return { ea: token.ea, expiresIn: Math.round((token.expiresAt - ended) / 1000), milliseconds: ended - started };
  }

  async #keep(connection: Connection, secrets: Secrets, token: Token): Promise<void> {
    this.#clients.delete(connection.id);
    this.#learnToken(token);
    await this.options.store.tokenStore(connection.id).write(token);
    await this.options.store.save(connection, secrets);
  }

  #build(connection: Connection, tokens: TokenSource): CrmClient {
    const { id, name, userId, role } = connection;
    const origin = () => this.#origin(connection);
    const tenant = { id, name, userId, readOnly: role === 'readOnly', origin };
    return new CrmClient(tenant, tokens, this.options.wire, this.#trafficOf(connection));
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
    const fetch = async () => {
      const secrets = this.#isCurrent(connection) ? await store.secrets(connection.id) : undefined;
      if (!secrets) throw new RefusedError('signedOut', connection.name);
      this.#learn(secrets);
      const credentials = { appId: connection.appId, ...secrets };
      return this.#signIn.token({ connection: connection.name, origin: await this.#origin(connection), credentials });
    };
    return new TokenSource(fetch, this.#guarded(connection, store.tokenStore(connection.id)), () => clock.now());
  }

  /**
   * Whether secrets and token of that id still belong to the host and app of this connection: whoever holds an
   * older one must not take them there, nor leave a token behind.
   */
  #isCurrent(connection: Connection): boolean {
    return this.options.store.list().some(known => known.id === connection.id && signsInAlike(known, connection));
  }

  #origin(connection: Connection): Promise<string> {
    return connection.sandbox ? this.options.sandboxOrigin() : Promise.resolve(originOf(connection.host));
  }

  /** Whatever passes through the token store becomes known to the redactor. */
  #guarded(connection: Connection, store: TokenStore): TokenStore {
    return {
      read: async () => {
        const token = this.#isCurrent(connection) ? await store.read() : undefined;
        if (token) this.#learnToken(token);
        return token;
      },
      write: async token => {
        this.#learnToken(token);
        if (this.#isCurrent(connection)) await store.write(token);
      },
      clear: () => store.clear(),
    };
  }

  #learn({ appSecret, permanentCode }: Secrets): void {
    this.options.redactor.learn(appSecret, permanentCode);
  }

  #learnToken({ accessToken }: Token): void {
    this.options.redactor.learn(accessToken);
  }
}

/** Whether one token is good for both. The sandbox moves from port to port. */
function signsInAlike(a: Connection, b: Connection): boolean {
  return a.appId === b.appId && a.sandbox === b.sandbox && (a.host === b.host || a.sandbox === true);
}

/** The API counts for each tenant, whatever the person calls it and whoever acts. */
function tenantKey({ host, ea, sandbox }: Connection): string {
  return sandbox ? 'sandbox' : `${ea}@${host}`;
}
