import type { JsonObject, JsonValue } from '../../base/json';
import { malformed, refused } from '../failure';
import { present, type Presentation } from '../store/present';
import { parseQuery, runQuery } from '../store/query';
import type { RecordStore } from '../store/recordStore';
import type { CrmObject } from '../tenant/catalogue';
import { dataOf, isTrue, objectOf, textOf, type Call } from './call';
import { asText } from '../text';

const mostDetails = 100;

/** `data/get`: one record, found also in the recycle bin; a master brings its detail rows (api-facts.md 4.4). */
export function getRecord(call: Call): JsonObject {
  const data = dataOf(call);
  const object = objectOf(call, data, 'read');
  const id = textOf(data, 'objectDataId');
  const store = call.tenant.storeOf(object.apiName);
  const position = store.find(id);
  if (position === undefined) throw notFound(object, id);
  const shown = present(call.tenant, object, store.valuesAt(position), presentation(call));
  const details = detailsOf(call, object, id);
  return { data: { ...shown, ...(Object.keys(details).length > 0 && { details }) } };
}

/** What a caller may not see is not told from what is not there. */
export const notFound = (object: CrmObject, id: string): Error =>
  refused(`${object.label}(${object.apiName})的数据 ${id} 不存在或无此操作的数据权限`);

/** `data/query` (api-facts.md 7.2). */
export function queryRecords(call: Call): JsonObject {
  const data = dataOf(call);
  const object = objectOf(call, data, 'read');
  const store = call.tenant.storeOf(object.apiName);
  const query = parseQuery(object, data['search_query_info']);
  const info = data['search_query_info'] as JsonObject;
  const { positions, total = 0 } = runQuery(call.tenant, store, query, wantsTotal(call, data));
  const how = presentation(call, projectionOf(object, info['fieldProjection']));
  return { data: { dataList: listOf(call, object, positions, how), offset: query.offset, limit: query.limit, total } };
}

/** `findSimple`: as query, without what has to be computed; the projection stands beside search_query_info. */
export function findSimple(call: Call): JsonObject {
  const { dataList, total, query } = simpleQuery(call);
  return { data: { dataList, offset: query.offset, limit: query.limit, total } };
}

/** `findOne`: the first record that findSimple would give, as a map; an empty map when there is none. */
export function findOne(call: Call): JsonObject {
  return { data: simpleQuery(call).dataList[0] ?? {} };
}

function simpleQuery(call: Call) {
  const data = dataOf(call);
  const object = objectOf(call, data, 'read');
  const query = parseQuery(object, data['search_query_info']);
  const store = call.tenant.storeOf(object.apiName);
  const { positions, total = 0 } = runQuery(call.tenant, store, query, wantsTotal(call, data));
  const how = { ...presentation(call, projectionOf(object, data['field_projection'])), withoutComputed: true };
  return { dataList: listOf(call, object, positions, how), total, query };
}

export function listOf({ tenant }: Call, object: CrmObject, positions: number[], how: Presentation): JsonObject[] {
  const store = tenant.storeOf(object.apiName);
  return positions.map(position => present(tenant, object, store.valuesAt(position), how));
}

/** Three names ask for a total (api-facts.md 7.2); how they combine is not documented: any of them is enough here. */
function wantsTotal({ body }: Call, data: JsonObject): boolean {
  const asked = Number(body['returnTotalNum']);
  return (
    data['find_explicit_total_num'] !== false || isTrue(body['need_return_count_num']) || asked === 1 || asked === 2
  );
}

function projectionOf(object: CrmObject, names: JsonValue | undefined): ReadonlySet<string> | undefined {
  if (names === undefined || names === null) return undefined;
  if (!Array.isArray(names)) throw malformed('the field projection is not a list');
  const unknown = names.find(name => typeof name !== 'string' || !object.fields.has(name));
  if (unknown !== undefined) throw refused(`field ${asText(unknown)} does not exist on ${object.apiName}`);
  return names.length === 0 ? undefined : new Set(names.map(asText));
}

export function presentation({ body, caller }: Call, projection?: ReadonlySet<string>): Presentation {
  const convert = body['convertUserId'] ?? caller.style === 'body';
  return { includeNull: isTrue(body['includeNull']), openUserIds: isTrue(convert), ...(projection && { projection }) };
}

/** Detail rows as the published PaymentObj sample wraps them: camel-case keys around the raw fields. */
function detailsOf(call: Call, master: CrmObject, id: string): JsonObject {
  const details: JsonObject = {};
  for (const apiName of master.details) {
    const store = call.tenant.storeOf(apiName);
    const rows: JsonValue[] = [];
    for (const position of call.tenant.detailsOf(id, apiName)) {
      if (rows.length === mostDetails) break;
      if (store.existsAt(position) && !store.isInvalidAt(position)) rows.push(wrapped(call, store, position));
    }
    if (rows.length > 0) details[apiName] = rows;
  }
  return details;
}

function wrapped(call: Call, store: RecordStore, position: number): JsonObject {
  const shown = present(call.tenant, store.object, store.valuesAt(position), presentation(call));
  const first = (name: string): JsonValue => {
    const value = shown[name];
    return (Array.isArray(value) ? value[0] : value) ?? '';
  };
  return {
    tenantId: call.tenant.tenantId,
    describeApiName: store.object.apiName,
    recordType: shown['record_type'] ?? 'default__c',
    dataOwnDepartment: shown['data_own_department'] ?? [],
    outOwner: shown['out_owner'] ?? [],
    name: shown['name'] ?? '',
    owner: shown['owner'] ?? [],
    createdBy: first('created_by'),
    lastModifiedBy: first('last_modified_by'),
    id: shown['_id'] ?? '',
    deleted: shown['is_deleted'] ?? false,
    createTime: shown['create_time'] ?? 0,
    lastModifiedTime: shown['last_modified_time'] ?? 0,
    version: Number(shown['version']),
    containerDocument: shown,
  };
}
