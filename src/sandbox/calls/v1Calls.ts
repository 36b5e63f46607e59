import { isJsonObject, type JsonObject, type JsonValue } from '../../base/json';
import { malformed } from '../failure';
import { parseQuery, runQuery } from '../store/query';
import { describeObject } from '../tenant/describe';
import { knownObject, objectOf, textOf, within, type Call } from './call';
import { getRecord, listOf, presentation } from './readCalls';
import { createRecord, updateRecord } from './writeCalls';

/** The obsolete calls (api-facts.md 7.6): everything stands at the top of the body, and only the legacy token is known. */
export function listObjectsV1({ tenant }: Call): JsonObject {
  const objects = [...tenant.catalogue.values()];
  return { objects: objects.map(({ apiName, label }) => ({ api_name: apiName, display_name: label })) };
}

export function describeV1(call: Call): JsonObject {
  return { objectDesc: describeObject(knownObject(call, textOf(call.body, 'apiName')), call.tenant) };
}

export function getV1(call: Call): JsonObject {
  const { body } = call;
  const dataObjectApiName = textOf(body, 'apiName');
  if (dataObjectApiName === 'SalesOrderProductObj') throw malformed('SalesOrderProductObj is not supported');
  return getRecord(within(call, { ...body, data: { dataObjectApiName, objectDataId: textOf(body, 'dataId') } }));
}

const mostPreset = 1000;
const mostCustom = 100;

export function queryV1(call: Call): JsonObject {
  const { tenant, body } = call;
  const object = objectOf(call, { dataObjectApiName: body['apiName'] ?? null }, 'read');
  const { searchQuery: asked } = body;
  if (!isJsonObject(asked)) throw malformed('searchQuery is empty');
  // What an entry looks like was not captured; to ignore it would answer what was not asked.
  if (listIn(asked, 'conditions').length > 0) throw malformed('the sandbox does not know the form of conditions');
  const info = {
    offset: asked['offset'] ?? 0,
    limit: asked['limit'] ?? 20,
    filters: listIn(asked, 'rangeConditions').flatMap(rangeFilters),
    orders: listIn(asked, 'orders').map(order => ({
      fieldName: order['field'] ?? null,
      isAsc: order['ascending'] !== false,
    })),
  };
  const query = parseQuery(object, info, object.kind === 'custom' ? mostCustom : mostPreset);
  const { positions, total = 0 } = runQuery(tenant, tenant.storeOf(object.apiName), query, true);
  return { totalNumber: total, datas: listOf(call, object, positions, presentation(call)) };
}

export function createV1(call: Call): JsonObject {
  const { body } = call;
  const object_data = { ...dataIn(body), dataObjectApiName: textOf(body, 'apiName') };
  return createRecord(within(call, { ...body, data: { object_data } }));
}

export function updateV1(call: Call): JsonObject {
  const { body } = call;
  const object_data = {
    ...dataIn(body),
    _id: textOf(body, 'dataId'),
    dataObjectApiName: textOf(body, 'apiName'),
  };
  updateRecord(within(call, { ...body, data: { object_data } }));
  return {};
}

function dataIn({ data }: JsonObject): JsonObject {
  if (!isJsonObject(data)) throw malformed('parameter data is missing or not a map');
  return data;
}

function listIn(map: JsonObject, key: string): JsonObject[] {
  const value = map[key] ?? [];
  if (!Array.isArray(value) || !value.every(isJsonObject)) throw malformed(`parameter ${key} is not a list of maps`);
  return value;
}

/** `from` and `to` belong to the range; either may be missing. */
function rangeFilters({ fieldName, from, to }: JsonObject): JsonValue[] {
  const filter = (operator: string, value: JsonValue | undefined): JsonValue[] =>
    value === undefined || value === null ? [] : [{ field_name: fieldName ?? null, operator, field_values: [value] }];
  return [...filter('GTE', from), ...filter('LTE', to)];
}
