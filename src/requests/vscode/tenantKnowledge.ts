import type { CrmClient } from '../../api/crmClient';
import { Emitter } from '../../base/emitter';
import { objectsLanguage } from '../../base/vscode/settings';
import type { Connection } from '../../connections/connection';
import type { Connections } from '../../connections/connections';
import type { TenantObjects } from '../../objects/tenantObjects';
import type { NamedRecord } from '../../records/recordNames';
import { nothingKnown, type Knowledge } from '../language/knowledge';

export interface TenantKnowledgeOptions {
  readonly connections: Connections;
  readonly objects: TenantObjects;
  readonly records: (connectionId: string, object: string) => readonly NamedRecord[];
}

/** How long somebody who types waits for a tenant, and how long one that did not answer is left alone. */
const patience = 3_000;
const pause = 60_000;

/** What the tenants have told so far; and, for whoever types, what they tell when they are asked. */
export class TenantKnowledge {
  /** The same object as long as there is nothing new to know. */
  #byConnection = new Map<string, Knowledge>();
  readonly #silent = new Map<string, number>();
  readonly #changes = new Emitter();
  readonly onDidChange = this.#changes.event;

  constructor(private readonly options: TenantKnowledgeOptions) {
    const forget = () => {
      this.#byConnection = new Map();
      this.#changes.fire();
    };
    options.objects.onDidChange(forget);
    options.connections.store.onDidChange(forget);
  }

  /** Without asking. The connection is an id or a name; the active one without. */
  of(connection: string | undefined): Knowledge {
    const found = this.#find(connection);
    const key = found?.id ?? '';
    const known = this.#byConnection.get(key) ?? this.#build(found);
    this.#byConnection.set(key, known);
    return known;
  }

  /** Asks for the list of objects, and for the fields of one. Who does not answer soon is not waited for. */
  async ask(connection: string | undefined, object: string | undefined): Promise<Knowledge> {
    const found = this.#find(connection);
    if (found && !this.#isSilent(found)) {
      const client = this.options.connections.client(found);
      await inTime(this.#questions(client, object)).catch(() => this.#silent.set(found.id, Date.now()));
    }
    return this.of(connection);
  }

  async #questions(client: CrmClient, object: string | undefined): Promise<void> {
    const { objects } = this.options;
    const list = await objects.list(client);
    const known = list.find(({ apiName }) => apiName === object);
    if (known) await objects.describe(client, known.apiName);
  }

  #isSilent({ id }: Connection): boolean {
    return Date.now() - (this.#silent.get(id) ?? 0) < pause;
  }

  #find(connection: string | undefined): Connection | undefined {
    const { store } = this.options.connections;
    return connection === undefined ? store.active() : store.find(connection);
  }

  #build(connection: Connection | undefined): Knowledge {
    const { connections, objects, records } = this.options;
    const { store } = connections;
    const base = {
      ...nothingKnown,
      language: objectsLanguage(),
      connections: store.list().map(({ name }) => name),
      isConnection: (idOrName: string) => store.find(idOrName) !== undefined,
    };
    if (!connection) return base;
    const { id } = connection;
    return {
      ...base,
      objects: objects.knownList(id),
      fields: object => objects.knownFields(id, object),
      records: object => records(id, object),
    };
  }
}

function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The tenant does not answer.')), patience);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
