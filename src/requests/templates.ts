import { endpoints, pathFor, type EndpointId } from '../api/endpoints';
import type { Bilingual } from '../api/errorCodes';
import { printJson, type JsonObject, type JsonValue } from '../base/json';

/** What a template can be written for, in our own names: `invalidate` is the API's `invalid`. */
export const writeOperations = [
  'create',
  'update',
  'changeOwner',
  'invalidate',
  'recover',
  'delete',
  'lock',
  'unlock',
] as const;
export const requestOperations = ['get', 'query', ...writeOperations, 'describe', 'list'] as const;
/** What a ready request does. */
export type RequestOperation = (typeof requestOperations)[number];

export interface RequestTemplate {
  object: string;
  operation: RequestOperation;
  /** One line, in the user's language. */
  title?: string | undefined;
  id?: string | undefined;
  /** Several records, for the operations that take them in one call: see `takesMany`. */
  ids?: readonly string[] | undefined;
  /** Fields of a new record or the changed ones of an old one, in the order to show them. */
  fields?: readonly FieldSample[] | undefined;
  /** Employee id of the owner to be. */
  owner?: string | undefined;
  /** The name of the tenant, where it is not to be the active one. */
  connection?: string | undefined;
}

/** A field to write into a body, and a value of its type that a person replaces. */
export interface FieldSample {
  apiName: string;
  value: JsonValue;
  required?: boolean;
}

/** Of the right form, and of no record. */
export const placeholderId = '64f0c0ffee00000000000001';

/** The ready text of a new request: separator with title, request line, body. */
export function requestText(template: RequestTemplate): string {
  const { object, operation, title = '', connection } = template;
  const { endpoint, body } = operations[operation];
  const separator = `### ${title.replace(/\s+/g, ' ')}`.trimEnd();
  const directive = connection === undefined ? '' : `\n# @connection ${connection}`;
  const id = template.id ?? template.ids?.[0] ?? placeholderId;
  const filled = { fields: [], owner: '1000', ...definedOnly(template), id, ids: template.ids ?? [id], object };
  const text = printJson(body(filled), 2);
  return `${separator}${directive}\nPOST ${pathFor(endpoints[endpoint], object)}\n\n${text}\n`;
}

type Filled = Required<{ [K in 'object' | 'id' | 'ids' | 'fields' | 'owner']: NonNullable<RequestTemplate[K]> }>;

interface Operation {
  endpoint: EndpointId;
  body: (values: Filled) => JsonObject;
}

const many = ({ object, ids }: Filled): JsonObject => ({ data: { idList: [...ids], dataObjectApiName: object } });
const locking = ({ object, ids }: Filled): JsonObject => ({
  data: { dataObjectApiName: object, dataIds: [...ids], detailObjStrategy: 1 },
});

/** The bodies in the API's own spelling, which changes from one endpoint to the next. */
const operations: Readonly<Record<RequestOperation, Operation>> = {
  get: {
    endpoint: 'get',
    body: ({ object, id }) => ({ data: { dataObjectApiName: object, objectDataId: id } }),
  },
  query: {
    endpoint: 'query',
    body: ({ object }) => ({
      data: {
        dataObjectApiName: object,
        find_explicit_total_num: true,
        search_query_info: {
          limit: 20,
          offset: 0,
          filters: [],
          orders: [{ fieldName: 'last_modified_time', isAsc: false }],
        },
      },
    }),
  },
  create: {
    endpoint: 'create',
    body: ({ object, fields, owner }) => ({
      triggerApprovalFlow: true,
      triggerWorkFlow: true,
      data: {
        object_data: {
          dataObjectApiName: object,
          ...(fields.length > 0 ? valuesOf(fields) : { name: '', owner: [owner], record_type: 'default__c' }),
        },
      },
    }),
  },
  update: {
    endpoint: 'update',
    body: ({ object, id, fields }) => ({
      triggerApprovalFlow: true,
      triggerWorkFlow: true,
      data: {
        object_data: {
          _id: id,
          dataObjectApiName: object,
          // The owner changes through changeOwner only.
          ...(fields.length > 0 ? valuesOf(fields.filter(({ apiName }) => apiName !== 'owner')) : { name: '' }),
        },
      },
    }),
  },
  changeOwner: {
    endpoint: 'changeOwner',
    body: ({ object, ids, owner }) => ({
      data: { dataObjectApiName: object, Data: ids.map(objectDataId => ({ objectDataId, ownerId: [owner] })) },
    }),
  },
  invalidate: {
    endpoint: 'invalid',
    body: ({ object, id }) => ({ data: { object_data_id: id, dataObjectApiName: object } }),
  },
  recover: { endpoint: 'recover', body: many },
  delete: { endpoint: 'delete', body: many },
  lock: { endpoint: 'lock', body: locking },
  unlock: { endpoint: 'unlock', body: locking },
  describe: {
    endpoint: 'objectDescribe',
    body: ({ object }) => ({ data: { apiName: object, includeDetail: true } }),
  },
  list: { endpoint: 'objectList', body: () => ({}) },
};

/** A record that a request is written about. */
export interface RecordToSend {
  readonly object: string;
  readonly id: string;
  /** What is to be updated; without it the record is read. */
  readonly changes?: Readonly<Record<string, JsonValue>> | undefined;
}

/** Reading a record, or updating it, as a request that names its tenant: it may be pasted anywhere. */
export function recordRequest({ object, id, changes }: RecordToSend, connection: string): string {
  const operation = changes ? 'update' : 'get';
  const fields = Object.entries(changes ?? {}).map(([apiName, value]) => ({ apiName, value }));
  return requestText({ object, operation, id, fields, connection, title: `${operation} ${object}` });
}

/** Whether one call of it does several records. */
export function takesMany(operation: RequestOperation): boolean {
  return ['changeOwner', 'recover', 'delete', 'lock', 'unlock'].includes(operation);
}

/** By our name for it or by the API's own, which is `invalid` for *invalidate*. */
export function operationNamed(name: string): RequestOperation | undefined {
  return requestOperations.find(operation => operation === name || operations[operation].endpoint === name);
}

/** What the operation is called: the name of its endpoint. */
export function operationName(operation: RequestOperation): Bilingual {
  const { nameEn: en, nameZh: zh } = endpoints[operations[operation].endpoint];
  return { en, zh };
}

/** Required fields first, otherwise in the order given. */
function valuesOf(fields: readonly FieldSample[]): JsonObject {
  const sorted = [...fields].sort((a, b) => Number(b.required ?? false) - Number(a.required ?? false));
  return Object.fromEntries(sorted.map(({ apiName, value }) => [apiName, value]));
}

function definedOnly({ fields, owner }: RequestTemplate): Partial<Filled> {
  return { ...(fields && { fields }), ...(owner !== undefined && { owner }) };
}
