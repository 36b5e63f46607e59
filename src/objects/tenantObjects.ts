import type { CrmClient } from '../api/crmClient';
import { endpoints } from '../api/endpoints';
import { isJsonObject, type JsonObject } from '../base/json';
import { readObjectList, type CrmObject } from './crmObject';

/** What a tenant says of its objects, asked once per tenant and object until refreshed. */
export class TenantObjects {
  /** Who asked. An edited connection has another client, which may be told something else. */
  readonly #clients = new Map<string, CrmClient>();
  readonly #lists = new Map<string, Promise<CrmObject[]>>();
  readonly #describes = new Map<string, Promise<JsonObject>>();

  list(client: CrmClient): Promise<readonly CrmObject[]> {
    this.#forgetWhatOthersAsked(client);
    return once(this.#lists, client.tenant.id, async () => {
      const { body } = await client.call(endpoints.objectList, { includeNull: false });
      return readObjectList(body);
    });
  }

  /** The `describe` map: `{api_name, display_name, fields: {<api name>: {label, type, …}}}`. */
  describe(client: CrmClient, object: string): Promise<JsonObject> {
    this.#forgetWhatOthersAsked(client);
    return once(this.#describes, `${client.tenant.id}/${object}`, async () => {
      const { body } = await client.call(
        endpoints.objectDescribe,
        { includeDetail: true, data: { apiName: object, includeDetail: true } },
        { object },
      );
      const data = isJsonObject(body['data']) ? body['data'] : {};
      return isJsonObject(data['describe']) ? data['describe'] : data;
    });
  }

  /** What is already known, without asking. */
  async describeIfKnown(connectionId: string, object: string): Promise<JsonObject | undefined> {
    return this.#describes.get(`${connectionId}/${object}`)?.catch(() => undefined);
  }

  #forgetWhatOthersAsked(client: CrmClient): void {
    const { id } = client.tenant;
    if (this.#clients.has(id) && this.#clients.get(id) !== client) this.forget(id);
    this.#clients.set(id, client);
  }

  forget(connectionId: string): void {
    this.#lists.delete(connectionId);
    for (const key of this.#describes.keys()) if (key.startsWith(`${connectionId}/`)) this.#describes.delete(key);
  }
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
