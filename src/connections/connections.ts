import type { Answer } from '../api/answer';
import { mayChangeData, type CrmCall, type CrmClient } from '../api/crmClient';
import { leavesOpen, RefusedError } from '../api/errors';
import type { Token } from '../api/token';
import { Emitter } from '../base/emitter';
import { Authenticator, type AuthenticatorOptions } from './authenticator';
import { Clients, type ClientsOptions } from './clients';
import {
  newConnectionId,
  originOf,
  sandboxParts,
  signsInAlike,
  tenantKey,
  wayOf,
  type Connection,
  type ConnectionInput,
} from './connection';
import { ConnectionStates, type ConnectionState } from './connectionStates';
import type { ConnectionStore, Secrets } from './connectionStore';
import { sandboxId } from './sandboxTenant';

export interface ConnectionsOptions extends AuthenticatorOptions, Omit<ClientsOptions, 'witness'> {
  /** Told of each answer. */
  readonly answered?: (connection: Connection, call: CrmCall, answer: Answer) => void | Promise<void>;
}

/** A write that took place or, where no answer came, may have. */
export interface SentWrite {
  readonly connection: Connection;
  readonly call: CrmCall;
  readonly answer: Answer | undefined;
}

/** Signs in, keeps the connections and hands out one client for each. */
export class Connections {
  readonly #authenticator: Authenticator;
  readonly #clients: Clients;
  readonly #states = new ConnectionStates();
  readonly onDidChangeState = this.#states.onDidChange;
  readonly #writes = new Emitter<SentWrite>();
  /** Told of each write that may have changed something, whoever made it. */
  readonly onDidWrite = this.#writes.event;

  constructor(private readonly options: ConnectionsOptions) {
    this.#authenticator = new Authenticator(options);
    this.#clients = new Clients(this.#authenticator, {
      ...options,
      witness: connection => ({
        answered: async (call, answer) => {
          this.#states.answered(connection.id, answer);
          await options.answered?.(connection, call, answer);
          if (answer.errorCode === 0 && mayChangeData(call.path)) this.#writes.fire({ connection, call, answer });
        },
        failed: (error, call) => {
          this.#states.failed(connection.id, error);
          if (leavesOpen(error)) this.#writes.fire({ connection, call, answer: undefined });
        },
      }),
    });
    // One that starts again knows no token of the last one.
    options.sandbox.onDidChange(() => this.#states.forget(sandboxId));
  }

  get store(): ConnectionStore {
    return this.options.store;
  }

  client(connection: Connection): CrmClient {
    return this.#clients.of(connection);
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
      ...(input.dailyQuota && { dailyQuota: input.dailyQuota }),
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
    const { dailyQuota: oldQuota, ...same } = connection;
    const { appSecret, permanentCode, mobile, dailyQuota = oldQuota, ...plain } = changes;
    const old = (await store.secrets(connection.id)) ?? { appSecret: '', permanentCode: '' };
    const secrets = {
      appSecret: appSecret ?? old.appSecret,
      permanentCode: permanentCode ?? old.permanentCode,
    };
    const edited: Connection = { ...same, ...plain, ...(dailyQuota && { dailyQuota }) };
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

  /** How it stands with the tenant, as far as that is known here: nothing is sent to find out. */
  async state(connection: Connection): Promise<ConnectionState | undefined> {
    const { store, clock } = this.options;
    const { id } = connection;
    const known = this.knownState(connection);
    if (known) return known;
    if (!(await store.secrets(id))) return { kind: 'signedOut' };
    const token = await store.tokenStore(id).read();
    return token && clock.now() < token.expiresAt ? { kind: 'signedIn' } : undefined;
  }

  /** The same without a look at the secrets: `undefined` where no call has told yet. */
  knownState({ id, sandbox }: Connection): ConnectionState | undefined {
    return sandbox && !this.options.sandbox.isRunning ? { kind: 'notRunning' } : this.#states.of(id);
  }

  async remove(connection: Connection): Promise<void> {
    const held = this.#clients.forget(connection.id);
    this.#states.forget(connection.id);
    await this.options.store.remove(connection.id);
    await held?.tokens.forget();
  }

  /** Signs in anew and tells how long that took. */
  async test(connection: Connection): Promise<{ ea: string; expiresIn: number; milliseconds: number }> {
    const { clock } = this.options;
    const started = clock.now();
    const token = await this.#noted(connection.id, () => this.client(connection).tokens.signIn());
    const ended = clock.now();
    return { ea: token.ea, expiresIn: Math.round((token.expiresAt - ended) / 1000), milliseconds: ended - started };
  }

  async #signInAnew(connection: Connection, secrets: Secrets, mobile?: string): Promise<Connection> {
    const input = { ...connection, ...secrets, mobile };
    const { token, userId } = await this.#authenticator.first(input, await this.#clients.origin(connection));
    return this.#keep({ ...connection, userId, ea: token.ea }, secrets, token);
  }

  async #keep(connection: Connection, secrets: Secrets, token: Token): Promise<Connection> {
    this.#clients.forget(connection.id);
    this.#states.signedIn(connection.id);
    await this.options.store.tokenStore(connection.id).write(token);
    return this.options.store.save(connection, secrets);
  }

  async #noted<T>(id: string, signIn: () => Promise<T>): Promise<T> {
    try {
      const result = await signIn();
      this.#states.signedIn(id);
      return result;
    } catch (error) {
      this.#states.failed(id, error);
      throw error;
    }
  }
}

function mustBeOfSandbox({ name }: Connection, changes: Partial<ConnectionInput>): void {
  const parts: readonly string[] = sandboxParts;
  if (Object.keys(changes).some(part => !parts.includes(part))) throw new RefusedError('sandboxFixed', name);
}
