import type { Credentials } from '../api/grants';
import type { Token, TokenStore } from '../api/token';
import type { Connection } from './connection';

/** Plain state that survives a restart (VS Code's Memento). Never holds a secret. */
export interface StateStore {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** VS Code's SecretStorage: the only place where secrets rest. */
export interface SecretStore {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

export type Secrets = Pick<Credentials, 'appSecret' | 'permanentCode'>;

export interface ConnectionStores {
  /** The connections, shared by all windows. */
  readonly shared: StateStore;
  /** Which of them this window uses. */
  readonly window: StateStore;
  readonly secrets: SecretStore;
}

const listKey = 'connections';
const activeKey = 'activeConnection';
const secretKey = (id: string) => `connection.${id}`;
const tokenKey = (id: string) => `token.${id}`;

/** The person's connections: metadata in the state, secrets and tokens in the secret store. */
export class ConnectionStore {
  readonly #listeners = new Set<() => void>();

  constructor(private readonly stores: ConnectionStores) {}

  list(): readonly Connection[] {
    return (this.stores.shared.get(listKey) as Connection[] | undefined) ?? [];
  }

  /** By id or name. */
  find(idOrName: string): Connection | undefined {
    return this.list().find(c => c.id === idOrName) ?? this.list().find(c => c.name === idOrName);
  }

  /** This window's choice; else the one last chosen anywhere; else the only one there is. */
  active(): Connection | undefined {
    const { window, shared } = this.stores;
    const chosen = [window.get(activeKey), shared.get(activeKey)];
    const list = this.list();
    return chosen.map(id => list.find(c => c.id === id)).find(c => c !== undefined) ?? list[0];
  }

  async select(id: string): Promise<void> {
    await this.stores.window.update(activeKey, id);
    await this.stores.shared.update(activeKey, id);
    this.#changed();
  }

  /** Adds a connection or replaces the one of the same id. The secrets go first: no connection is without them. */
  async save(connection: Connection, secrets?: Secrets): Promise<void> {
    if (secrets) await this.stores.secrets.store(secretKey(connection.id), JSON.stringify(secrets));
    const list = this.list();
    const known = list.some(c => c.id === connection.id);
    await this.stores.shared.update(
      listKey,
      known ? list.map(c => (c.id === connection.id ? connection : c)) : [...list, connection],
    );
    this.#changed();
  }

  async remove(id: string): Promise<void> {
    await this.stores.secrets.delete(secretKey(id));
    await this.stores.secrets.delete(tokenKey(id));
    await this.stores.shared.update(
      listKey,
      this.list().filter(c => c.id !== id),
    );
    this.#changed();
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

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
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
