import { isDeepStrictEqual } from 'node:util';
import type { Answer } from '../api/answer';
import { CrmClient, type CrmCall, type Traffic } from '../api/crmClient';
import type { DayCount } from '../api/dayCount';
import { RefusedError } from '../api/errors';
import { RateLimiter, type RateLimit } from '../api/rateLimiter';
import { TokenSource, type Token, type TokenStore } from '../api/token';
import { Authenticator, styleOf, type AuthenticatorOptions } from './authenticator';
import { newConnectionId, originOf, sandboxParts, wayOf, type Connection, type ConnectionInput } from './connection';
import type { ConnectionStore, Secrets } from './connectionStore';

export interface ConnectionsOptions extends AuthenticatorOptions {
  readonly store: ConnectionStore;
  /** What each interface of a tenant takes. */
  readonly rateLimit: () => RateLimit;
  readonly dayCount: DayCount;
  /** Starts the embedded sandbox if need be and tells where it listens. */
  readonly sandboxOrigin: () => Promise<string>;
  /** Told of each answer. */
  readonly answered?: (connection: Connection, call: CrmCall, answer: Answer) => void;
}

/** Signs in, keeps the connections and hands out one client for each. */
export class Connections {
  readonly #clients = new Map<string, { for: Connection; client: CrmClient }>();
  /** One for each tenant, whichever of its employees calls. */
  readonly #traffic = new Map<string, Traffic>();
  readonly #authenticator: Authenticator;

  constructor(private readonly options: ConnectionsOptions) {
    this.#authenticator = new Authenticator(options);
  }

  get store(): ConnectionStore {
    return this.options.store;
  }

  client(connection: Connection): CrmClient {
    const cached = this.#clients.get(connection.id);
    // By content: what another window keeps makes the editor read the list anew, mostly to the same.
    if (cached && isDeepStrictEqual(cached.for, connection)) return cached.client;
    // One that was only renamed keeps its tokens, so that a fetch under way stays the only one.
    const tokens = cached && signsInAlike(cached.for, connection) ? cached.client.tokens : this.#tokens(connection);
    const client = this.#build(connection, tokens);
    this.#clients.set(connection.id, { for: connection, client });
    return client;
  }

  /** Signs in first; a failure saves nothing. The new connection becomes the active one. */
  async add(input: ConnectionInput, fixed: Pick<Connection, 'sandbox'> & { id?: string } = {}): Promise<Connection> {
    const { host, appId, auth, role, appSecret, permanentCode } = input;
    const { token, userId } = await this.#authenticator.first(input, originOf(host));
    const id = fixed.id ?? newConnectionId();
    const wanted: Connection = {
      id,
      name: input.name,
      host,
      appId,
      userId,
      role,
      ea: token.ea,
      ...(wayOf(input) !== 'clientCredentials' && { auth }),
      ...(fixed.sandbox && { sandbox: true }),
    };
    const connection = await this.#keep(wanted, { appSecret, permanentCode }, token);
    await this.options.store.select(id);
    return connection;
  }

  /**
   * Signs in anew when anything that signing in depends on changes, or a login by browser is named; a failure changes
   * nothing. Throws `RefusedError` for more than `sandboxParts` of the embedded sandbox.
   */
  async edit(connection: Connection, changes: Partial<ConnectionInput>): Promise<Connection> {
    const { store } = this.options;
    if (connection.sandbox) mustBeOfSandbox(connection, changes);
    const { appSecret, permanentCode, mobile, ...plain } = changes;
    const old = (await store.secrets(connection.id)) ?? { appSecret: '', permanentCode: '' };
    const secrets = {
      appSecret: appSecret ?? old.appSecret,
      permanentCode: permanentCode ?? old.permanentCode,
    };
    const edited: Connection = { ...connection, ...plain };
    const sameSignIn =
      changes.auth !== 'authorizationCode' &&
      signsInAlike(edited, connection) &&
      secrets.appSecret === old.appSecret &&
      secrets.permanentCode === old.permanentCode &&
      mobile === undefined;
    return sameSignIn ? store.save(edited) : this.#signInAnew(edited, secrets, mobile);
  }

  /** How many calls the tenant had from this editor today. */
  callsToday(connection: Connection): number {
    return this.options.dayCount.today(tenantKey(connection));
  }

  /** Told of each call to any tenant. */
  onDidCall(listener: () => void): { dispose(): void } {
    return this.options.dayCount.onDidChange(listener);
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

  async #signInAnew(connection: Connection, secrets: Secrets, mobile?: string): Promise<Connection> {
    const input = { ...connection, ...secrets, mobile };
    const { token, userId } = await this.#authenticator.first(input, await this.#origin(connection));
    return this.#keep({ ...connection, userId, ea: token.ea }, secrets, token);
  }

  async #keep(connection: Connection, secrets: Secrets, token: Token): Promise<Connection> {
    this.#clients.delete(connection.id);
    await this.options.store.tokenStore(connection.id).write(token);
    return this.options.store.save(connection, secrets);
  }

  #build(connection: Connection, tokens: TokenSource): CrmClient {
    const { id, name, userId, role } = connection;
    const origin = () => this.#origin(connection);
    const style = styleOf(connection);
    const tenant = { id, name, userId, style, readOnly: role === 'readOnly', origin };
    const { wire, answered } = this.options;
    return new CrmClient(tenant, tokens, wire, this.#trafficOf(connection), (call, answer) =>
      answered?.(connection, call, answer),
    );
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
      if (!secrets) throw new RefusedError('signedOut', connection.name);
      return this.#authenticator.again(connection, await this.#origin(connection), secrets, last);
    };
    const tokenStore = this.#guarded(connection, store.tokenStore(connection.id));
    const exclusive = this.#authenticator.exclusive(originOf(connection.host), connection.appId);
    return new TokenSource(fetch, tokenStore, () => clock.now(), exclusive);
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
        if (token) this.#authenticator.learnToken(token);
        return token;
      },
      write: async token => {
        this.#authenticator.learnToken(token);
        if (this.#isCurrent(connection)) await store.write(token);
      },
      clear: () => store.clear(),
    };
  }
}

function mustBeOfSandbox({ name }: Connection, changes: Partial<ConnectionInput>): void {
  const parts: readonly string[] = sandboxParts;
  if (Object.keys(changes).some(part => !parts.includes(part))) throw new RefusedError('sandboxFixed', name);
}

/** Whether one token is good for both. The sandbox moves from port to port. */
function signsInAlike(a: Connection, b: Connection): boolean {
  const samePlace = a.sandbox === b.sandbox && (a.host === b.host || a.sandbox === true);
  return samePlace && a.appId === b.appId && wayOf(a) === wayOf(b);
}

/** The API counts for each tenant, whatever the person calls it and whoever acts. */
function tenantKey({ host, ea, sandbox }: Connection): string {
  return sandbox ? 'sandbox' : `${ea}@${host}`;
}
