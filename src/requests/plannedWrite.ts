import { endpoints, endpointAt, objectIn, type EndpointId } from '../api/endpoints';
import { isJsonObject, parseJson, type JsonValue } from '../base/json';
import type { WriteOperation } from '../connections/gate';

const operations: Partial<Record<EndpointId, WriteOperation>> = {
  create: 'create',
  update: 'update',
  changeOwner: 'changeOwner',
  invalid: 'invalidate',
  recover: 'recover',
  delete: 'delete',
  lock: 'lock',
  unlock: 'unlock',
};

/** What a request would change, as far as its path and body tell: what the gate asks about. */
export function writeIn(
  pathname: string,
  body: string | undefined,
): {
  operation: WriteOperation;
  object: string | undefined;
  count: number;
} {
  const endpoint = endpointAt(pathname);
  const id = (Object.keys(endpoints) as EndpointId[]).find(key => endpoints[key] === endpoint);
  const json = body === undefined ? null : parseJson(body);
  return {
    operation: (id && operations[id]) ?? 'send',
    object: endpoint && objectIn(endpoint, json),
    count: recordsIn(json),
  };
}

/** The names under which bodies list records, in the API's own many spellings. Source: facts.md 6 and 7. */
const lists = ['idList', 'dataIds', 'dataIDs', 'dataList', 'Data', 'objectIds', 'objectIDs'];

/** How many records the body names: the longest of its lists, or one and its detail records. */
function recordsIn(body: JsonValue): number {
  const data = isJsonObject(body) && isJsonObject(body['data']) ? body['data'] : {};
  const details = isJsonObject(data['details']) ? Object.values(data['details']) : [];
  const rows = details.reduce<number>((sum, list) => sum + lengthOf(list), 0);
  return Math.max(1 + rows, ...lists.map(key => lengthOf(data[key])));
}

function lengthOf(value: JsonValue | undefined): number {
  return Array.isArray(value) ? value.length : 0;
}
