import { isJsonObject, parseJson, type JsonObject, type JsonValue } from '../base/json';
import { endpointAt, endpoints, objectIn, type Endpoint, type WriteOperation } from './endpoints';

/** What a call would change, as far as its path and body tell. */
export interface Write {
  /** `undefined` where the path is not in the table. */
  readonly endpoint: Endpoint | undefined;
  readonly operation: WriteOperation;
  /** The object's API name. */
  readonly object: string | undefined;
  /** The records that the body names; none of a new one. */
  readonly ids: readonly string[];
  /** How many records it touches: those it names, or one and its detail records. */
  readonly count: number;
  /** API names of the fields that an update sets. */
  readonly fields: readonly string[];
}

/** `pathname` is without a query, `body` strict JSON. */
export function writeIn(pathname: string, body: string | undefined): Write {
  const json = body === undefined ? null : parseJson(body);
  const parts = partsOf(json);
  const ids = idsIn(parts);
  const endpoint = variantFor(endpointAt(pathname), ids);
  const operation = endpoint?.operation ?? 'send';
  return {
    endpoint,
    operation,
    object: objectOf(endpoint, json),
    ids: operation === 'create' ? [] : ids,
    count: Math.max(operation === 'create' ? 1 : listedIn(parts), 1 + detailsIn(parts)),
    fields: operation === 'update' ? fieldsIn(parts) : [],
  };
}

/** Of two that share a path, one creates and the other updates the record whose id is given. */
function variantFor(endpoint: Endpoint | undefined, ids: readonly string[]): Endpoint | undefined {
  if (endpoint?.operation !== 'create' || ids.length === 0) return endpoint;
  const variants: readonly Endpoint[] = Object.values(endpoints);
  return variants.find(({ variantOf, operation }) => variantOf === endpoint.id && operation === 'update') ?? endpoint;
}

/** Where bodies name their object, for calls of which no source shows the body. */
const usualPlaces = [
  ['data', 'dataObjectApiName'],
  ['data', 'object_data', 'dataObjectApiName'],
  ['data', 'apiName'],
  ['apiName'],
];

function objectOf(endpoint: Endpoint | undefined, body: JsonValue): string | undefined {
  if (endpoint?.objectAt) return objectIn(endpoint, body);
  const { objects } = endpoint ?? {};
  if (Array.isArray(objects) && objects.length === 1) return objects[0] as string;
  for (const objectAt of usualPlaces) {
    const object = objectIn({ objectAt }, body);
    if (object !== undefined) return object;
  }
  return undefined;
}

interface Parts {
  /** The body as a whole, in which the first version names its records. */
  readonly top: JsonObject;
  readonly data: JsonObject;
  readonly record: JsonObject;
}

function partsOf(body: JsonValue): Parts {
  const top = mapOf(body);
  const data = mapOf(top['data']);
  return { top, data, record: isJsonObject(data['object_data']) ? data['object_data'] : data };
}

/** The names under which bodies list records, in the API's own many spellings. Source: api-facts.md 6 and 7. */
const lists = ['idList', 'dataIds', 'dataIDs', 'dataList', 'Data', 'objectIds', 'objectIDs'];
/** And those of one record. */
const singles = ['object_data_id', 'objectDataId', 'dataId', 'dataID', 'objectId', 'leadsId', 'opportunityId'];

function idsIn({ top, data, record }: Parts): string[] {
  const listed = [data, top].flatMap(part => lists.flatMap(key => listOf(part[key]).map(idOf)));
  const single = [data, top].flatMap(part => singles.map(key => part[key]));
  const ids = [...listed, ...single, record['_id']].filter(id => typeof id === 'string' && id !== '');
  return [...new Set(ids as string[])];
}

function idOf(entry: JsonValue): JsonValue | undefined {
  return isJsonObject(entry) ? (entry['objectDataId'] ?? entry['_id']) : entry;
}

/** Entries count whether or not they name a record in a way that is known. */
function listedIn({ top, data }: Parts): number {
  return Math.max(...[data, top].flatMap(part => lists.map(key => listOf(part[key]).length)));
}

function detailsIn({ data }: Parts): number {
  return Object.values(mapOf(data['details'])).reduce<number>((sum, rows) => sum + listOf(rows).length, 0);
}

function fieldsIn({ record }: Parts): string[] {
  return Object.keys(record).filter(key => key !== '_id' && key !== 'dataObjectApiName');
}

function mapOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}
