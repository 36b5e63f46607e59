import type { Credentials } from '../api/grants';
import { Emitter } from '../base/emitter';
import type { State } from '../base/state';
import type { Token, TokenStore } from '../api/token';
import { freeName, type Connection } from './connection';
import { OwnWrites, replaced } from './ownWrites';

/** VS Code's SecretStorage: the only place where secrets rest. */
export interface SecretStore {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

export type Secrets = Pick<Credentials, 'appSecret' | 'permanentCode'>;

export interface ConnectionStores {
  /** The connections, shared by all windows. */
  readonly shared: State;
  /** Which of them this window uses. */
  readonly window: State;
  readonly secrets: SecretStore;
}

/** Where the state keeps the connections, which Settings Sync takes along. */
export const connectionsKey = 'connections';
const activeKey = 'activeConnection';
const secretKey = (id: string) => `connection.${id}`;
const tokenKey = (id: string) => `token.${id}`;

/** The person's connections: metadata in the state, secrets and tokens in the secret store. */
export class ConnectionStore {
  readonly #changes = new Emitter();
  readonly onDidChange = this.#changes.event;
  readonly #removals = new Emitter<string>();
  /** Tells the id of each connection that is removed in this window. */
  readonly onDidRemove = this.#removals.event;
  /** The tenant last chosen anywhere when this window opened: later choices of other windows are not this one's. */
  readonly #chosenBefore: unknown;
  /** The list as those who listen know it. */
  #told: string;
  readonly #ownWrites: OwnWrites;

  constructor(
    private readonly stores: ConnectionStores,
    now: () => number = Date.now,
  ) {
    this.#ownWrites = new OwnWrites(now);
    this.#chosenBefore = stores.shared.get(activeKey);
    this.#told = this.#text();
  }

  list(): readonly Connection[] {
    return this.#ownWrites.withOwnEdits(this.#ownWrites.behindEcho(this.#kept()));
  }

  /** By id or name. */
  find(idOrName: string): Connection | undefined {
    return this.list().find(c => c.id === idOrName) ?? this.list().find(c => c.name === idOrName);
  }

  /**
   * This window's choice, else the one with which it began. When that is gone none is, unless a single one is left:
   * what a person means for one tenant must not go to another.
   */
  active(): Connection | undefined {
    const list = this.list();
    const chosen = this.stores.window.get(activeKey) ?? this.#chosenBefore;
    return list.find(({ id }) => id === chosen) ?? (list.length === 1 ? list[0] : undefined);
  }

  async select(id: string): Promise<void> {
    await this.stores.window.update(activeKey, id);
    await this.stores.shared.update(activeKey, id);
    this.#changed();
  }

  /**
   * Adds a connection or replaces the one of the same id, and gives it as it was saved: with another name where that
   * is taken. The secrets go first: no connection is without them.
   */
  async save(connection: Connection, secrets?: Secrets): Promise<Connection> {
    if (secrets) await this.stores.secrets.store(secretKey(connection.id), JSON.stringify(secrets));
    // Nothing is waited for from here on, as another window may take the name meanwhile.
    const others = this.list().filter(({ id }) => id !== connection.id);
    const taken = others.map(({ name }) => name);
    const saved = { ...connection, name: freeName(connection.name, taken) };
    await this.#write(replaced(this.list(), saved.id, saved));
    return saved;
  }

  /** Puts connections before another one, or at the end, in the order in which they stand. */
  async move(ids: readonly string[], before: string | undefined): Promise<void> {
    const moved = this.list().filter(({ id }) => ids.includes(id));
    const others = this.list().filter(({ id }) => !ids.includes(id));
    const place = others.findIndex(({ id }) => id === before);
    const at = place < 0 ? others.length : place;
    await this.#write([...others.slice(0, at), ...moved, ...others.slice(at)]);
  }

  /** One place up (-1) or down (1) in the list; at its end it stays where it is. */
  async step(id: string, by: -1 | 1): Promise<void> {
    const list = this.list();
    const at = list.findIndex(each => each.id === id);
    const [moved, neighbour] = [list[at], list[at + by]];
    if (!moved || !neighbour) return;
    await this.#write(list.map(each => (each === moved ? neighbour : each === neighbour ? moved : each)));
  }

  async remove(id: string): Promise<void> {
    await this.stores.secrets.delete(secretKey(id));
    await this.stores.secrets.delete(tokenKey(id));
    await this.#write(replaced(this.list(), id, undefined));
    this.#removals.fire(id);
  }

  async secrets(id: string): Promise<Secrets | undefined> {
    return parsed(await this.stores.secrets.get(secretKey(id))) as Secrets | undefined;
  }

  tokenStore(id: string): TokenStore {
    const { secrets } = this.stores;
    return {
      read: async () => parsed(await secrets.get(tokenKey(id))) as Token | undefined,
      write: async token => {
        await secrets.store(tokenKey(id), JSON.stringify(token));
      },
      clear: async () => {
        await secrets.delete(tokenKey(id));
      },
    };
  }

  /**
   * Does again what another window undid without knowing, and tells of what it did on purpose: the state is the same
   * in all windows, but nobody says when it changes.
   */
  async refresh(): Promise<void> {
    for (const write of this.#ownWrites.undoneIn(this.#kept())) {
      const { id, now } = write;
      // One that was removed on purpose has lost its secrets too.
      if (now && !(await this.secrets(id))) continue;
      // The person may have gone on meanwhile.
      if (!this.#ownWrites.isLast(write)) continue;
      await this.stores.shared.update(connectionsKey, replaced(this.#kept(), id, now));
      // Who looked meanwhile saw the older list.
      this.#told = '';
    }
    if (this.#text() !== this.#told) this.#changed();
  }

  async #write(list: readonly Connection[]): Promise<void> {
    const before = this.list();
    const written = this.stores.shared.update(connectionsKey, list);
    this.#ownWrites.note(before, this.#kept());
    await written;
    this.#changed();
  }

  #kept(): readonly Connection[] {
    return (this.stores.shared.get(connectionsKey) as Connection[] | undefined) ?? [];
  }

  #text(): string {
    return JSON.stringify(this.list());
  }

  #changed(): void {
    this.#told = this.#text();
    this.#changes.fire();
  }
}

/** What does not parse is as good as not there: the person can enter it again. */
function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
