import type { Answer } from '../api/answer';
import type { CrmClient } from '../api/crmClient';
import { endpoints, type Endpoint } from '../api/endpoints';
import type { Urgency } from '../api/rateLimiter';
import type { WritePermit } from '../api/writePermit';
import { isJsonObject, withoutUndefined, type JsonObject, type JsonValue } from '../base/json';

/** A filter in the API's own shape; filters are ANDed. */
export interface Filter {
  readonly field_name: string;
  readonly operator: string;
  readonly field_values: readonly JsonValue[];
}

export interface Order {
  readonly fieldName: string;
  readonly isAsc: boolean;
}

export interface RecordQuery {
  readonly filters?: readonly Filter[] | undefined;
  readonly orders?: readonly Order[] | undefined;
  /** API names of the fields wanted; all without it. */
  readonly fields?: readonly string[] | undefined;
  /** At most 100. */
  readonly limit?: number | undefined;
  /** A multiple of limit, at most 10,000. */
  readonly offset?: number | undefined;
  /** Counting all matches costs the server time; without it `total` is not reliable. */
  readonly count?: boolean | undefined;
}

export interface RecordPage {
  readonly records: JsonObject[];
  readonly total: number;
  readonly answer: Answer;
}

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly urgency?: Urgency | undefined;
  /** Somebody asked for this very answer. */
  readonly asked?: boolean | undefined;
}

export interface WriteOptions extends ReadOptions {
  readonly permit: WritePermit;
}

/** The record is not there, or the acting employee may not see it: the API answers alike. */
export async function getRecord(
  client: CrmClient,
  object: string,
  id: string,
  options: ReadOptions = {},
): Promise<{ record: JsonObject; answer: Answer }> {
  const answer = await client.call(
    endpoints.get,
    { data: { dataObjectApiName: object, objectDataId: id } },
    { object, ...options },
  );
  return { record: isJsonObject(answer.body['data']) ? answer.body['data'] : {}, answer };
}

/** One page of records, 50 unless asked; `total` counts all that match, and is 0 where `count` is false. */
export async function queryRecords(
  client: CrmClient,
  object: string,
  query: RecordQuery,
  options: ReadOptions = {},
): Promise<RecordPage> {
  const { filters = [], orders, fields, limit = 50, offset = 0, count = true } = query;
  const answer = await client.call(
    endpoints.query,
    {
      data: {
        dataObjectApiName: object,
        find_explicit_total_num: count,
        search_query_info: withoutUndefined({
          limit,
          offset,
          filters: filters.map(({ field_name, operator, field_values }) => ({
            field_name,
            operator,
            field_values: [...field_values],
          })),
          orders: orders?.map(({ fieldName, isAsc }) => ({ fieldName, isAsc })),
          fieldProjection: fields && [...fields],
        }),
      },
    },
    { object, ...options },
  );
  // Custom objects were reported to answer `dataList` at the top.
  const data = isJsonObject(answer.body['data']) ? answer.body['data'] : answer.body;
  const list = data['dataList'];
  return { records: Array.isArray(list) ? list.filter(isJsonObject) : [], total: Number(data['total'] ?? 0), answer };
}

/** Lists of detail records by the detail object's API name. */
export type Details = Readonly<Record<string, JsonObject[]>>;

export async function createRecord(
  client: CrmClient,
  object: string,
  data: JsonObject,
  details: Details | undefined,
  options: WriteOptions,
): Promise<{ id: string | undefined; answer: Answer }> {
  const answer = await client.call(
    endpoints.create,
    {
      data: withoutUndefined({
        object_data: { ...data, dataObjectApiName: object },
        details: details && { ...details },
      }),
    },
    { object, ...options },
  );
  return { id: createdId(answer), answer };
}

/** The published example of custom objects prints no id; clients in the field read one. */
export function createdId({ body }: Answer): string | undefined {
  const id = body['dataId'] ?? (isJsonObject(body['data']) ? body['data']['_id'] : undefined);
  return typeof id === 'string' ? id : undefined;
}

export function updateRecord(
  client: CrmClient,
  object: string,
  id: string,
  data: JsonObject,
  options: WriteOptions,
): Promise<Answer> {
  // Last, so that what the gate was asked about is what changes, whatever the data say.
  const body = { data: { object_data: { ...data, _id: id, dataObjectApiName: object } } };
  return client.call(endpoints.update, body, { object, ...options });
}

/** A call on several records of one object. `most` is how many ids go into one call. */
export interface BatchCall {
  readonly most: number;
  send(client: CrmClient, object: string, ids: readonly string[], options: WriteOptions): Promise<Answer>;
}

/** How many ids one call takes is not documented; the vendor's own tool advises 30. */
const advisedBatch = 30;

const byIdList = (endpoint: () => Endpoint): BatchCall => ({
  most: advisedBatch,
  send: (client, object, ids, options) =>
    client.call(endpoint(), { data: { idList: [...ids], dataObjectApiName: object } }, { object, ...options }),
});

const byDataIds = (endpoint: () => Endpoint): BatchCall => ({
  most: advisedBatch,
  send: (client, object, ids, options) =>
    client.call(
      endpoint(),
      { data: { dataObjectApiName: object, dataIds: [...ids], detailObjStrategy: 1 } },
      { object, ...options },
    ),
});

/** `invalid` takes one id. (Custom objects have a bulk path as well; one call a record tells which one failed.) */
export const invalidate: BatchCall = {
  most: 1,
  send: (client, object, [id = ''], options) =>
    client.call(endpoints.invalid, { data: { object_data_id: id, dataObjectApiName: object } }, { object, ...options }),
};
export const recover = byIdList(() => endpoints.recover);
export const remove = byIdList(() => endpoints.delete);
export const lock = byDataIds(() => endpoints.lock);
export const unlock = byDataIds(() => endpoints.unlock);

/**
 * `Data` with a capital D, and the owner as a list even for one: the API's own spelling. The legacy style takes
 * `FSUID_…`, though it shows a person's own number in PersonnelObj; a switch has it take the other form. Source:
 * api-facts.md 3.3.
 */
export const changeOwner = (owner: string): BatchCall => ({
  most: advisedBatch,
  send: (client, object, ids, options) =>
    client.call(
      endpoints.changeOwner,
      {
        ...(isOpenUserId(owner) !== isOpenUserId(client.tenant.userId) && { convertUserId: isOpenUserId(owner) }),
        data: { dataObjectApiName: object, Data: ids.map(id => ({ objectDataId: id, ownerId: [owner] })) },
      },
      { object, ...options },
    ),
});

function isOpenUserId(id: string): boolean {
  return id.startsWith('FSUID_');
}
