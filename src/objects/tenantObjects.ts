import type { CrmClient } from '../api/crmClient';
import { endpoints } from '../api/endpoints';
import { Emitter } from '../base/emitter';
import { isJsonObject, type JsonObject } from '../base/json';
import { isLocal } from '../connections/connection';
import type { CrmObject } from './crmObject';
import { fieldsOf, type Field } from './fields';

/** What a tenant says of its objects, asked once per tenant and object until refreshed. */
export class TenantObjects {
  /** Who asked. An edited connection has another client, which may be told something else. */
  readonly #clients = new Map<string, CrmClient>();
  readonly #lists = new Map<string, Promise<CrmObject[]>>();
  readonly #describes = new Map<string, Promise<JsonObject>>();
  /** What was answered, for those who look without asking. */
  readonly #known = { lists: new Map<string, readonly CrmObject[]>(), fields: new Map<string, readonly Field[]>() };
  readonly #changes = new Emitter();
  /** Tells when a tenant has told something, or is to be asked again. */
  readonly onDidChange = this.#changes.event;

  list(client: CrmClient): Promise<readonly CrmObject[]> {
    this.#forgetWhatOthersAsked(client);
    return once(this.#lists, client.tenant.id, async () => {
      const isSandbox = isLocal(await client.tenant.origin());
      const { body } = await client.call(endpoints.objectList, { includeNull: false });
      // With the catalogue, which nobody needs before.
      const { readObjectList } = await import('./objectList');
      const list = readObjectList(body, isSandbox);
      this.#known.lists.set(client.tenant.id, list);
      this.#changed();
      return list;
    });
  }

  /** The `describe` map: `{api_name, display_name, fields: {<api name>: {label, type, …}}}`. */
  describe(client: CrmClient, object: string): Promise<JsonObject> {
    this.#forgetWhatOthersAsked(client);
    const key = keyOf(client.tenant.id, object);
    return once(this.#describes, key, async () => {
      const { body } = await client.call(
        endpoints.objectDescribe,
        { includeDetail: true, data: { apiName: object, includeDetail: true } },
        { object },
      );
      const data = isJsonObject(body['data']) ? body['data'] : {};
      const describe = isJsonObject(data['describe']) ? data['describe'] : data;
      this.#known.fields.set(key, fieldsOf(describe));
      this.#changed();
      return describe;
    });
  }

  /** The active fields that `describe` tells of. */
  async fields(client: CrmClient, object: string): Promise<readonly Field[]> {
    const describe = await this.describe(client, object);
    return this.knownFields(client.tenant.id, object) ?? fieldsOf(describe);
  }

  /** Without asking; `undefined` as long as nobody has asked. */
  knownList(connectionId: string): readonly CrmObject[] | undefined {
    return this.#known.lists.get(connectionId);
  }

  /** Without asking; `undefined` as long as nobody has asked. */
  knownFields(connectionId: string, object: string): readonly Field[] | undefined {
    return this.#known.fields.get(keyOf(connectionId, object));
  }

  #forgetWhatOthersAsked(client: CrmClient): void {
    const { id } = client.tenant;
    if (this.#clients.has(id) && this.#clients.get(id) !== client) this.forget(id);
    this.#clients.set(id, client);
  }

  /** All that a tenant said, or what it said of one object. */
  forget(connectionId: string, object?: string): void {
    if (object === undefined) this.#forgetAll(connectionId);
    else for (const map of [this.#describes, this.#known.fields]) map.delete(keyOf(connectionId, object));
    this.#changed();
  }

  #forgetAll(connectionId: string): void {
    const prefix = keyOf(connectionId, '');
    for (const map of [this.#lists, this.#known.lists]) map.delete(connectionId);
    for (const map of [this.#describes, this.#known.fields]) {
      for (const key of map.keys()) if (key.startsWith(prefix)) map.delete(key);
    }
  }

  #changed(): void {
    this.#changes.fire();
  }
}

function keyOf(connectionId: string, object: string): string {
  return `${connectionId}/${object}`;
}

/** One question for all who ask; a failure is not remembered. */
function once<T>(asked: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const known = asked.get(key);
  if (known) return known;
  const answer = ask();
  asked.set(key, answer);
  answer.catch(() => {
    if (asked.get(key) === answer) asked.delete(key);
  });
  return answer;
}
