import { endpointAt } from '../../api/endpoints';
import { exampleOf } from '../../api/endpointExamples';
import { isJsonObject, type JsonObject, type JsonValue } from '../../base/json';
import type { RequestNode } from '../nodes';
import type { PlainVariables } from '../plainVariables';
import { Body, pathOfTarget } from './body';
import type { Knowledge } from './knowledge';

/** What is around every answer. */
const envelope: JsonObject = { errorCode: 0, errorMessage: '', errorDescription: '', traceId: '' };

/** Of a call that no documentation tells of: what most answers have. */
const usual: JsonObject = { data: { total: 0, dataList: [{ _id: '', name: '' }], _id: '', name: '' }, dataId: '' };

/**
 * What paths may lead into: the last answer to a request and, as that may have been a failure or is still to come, what
 * the documentation promises. Its records have the fields that the tenant has told of.
 */
export function expectedAnswer(request: RequestNode, variables: PlainVariables, knowledge: Knowledge): JsonValue {
  const name = request.name?.value.text;
  const last = name === undefined ? undefined : knowledge.response(name)?.body;
  return { ...promisedAnswer(request, variables, knowledge), ...(isJsonObject(last) && last) };
}

function promisedAnswer(request: RequestNode, variables: PlainVariables, knowledge: Knowledge): JsonObject {
  const { target } = request;
  const pathname = target && pathOfTarget(target.text, variables);
  const endpoint = pathname === undefined ? undefined : endpointAt(pathname);
  if (!endpoint) return { ...envelope, ...usual };
  const object = Body.of(request, variables)?.objectAt([]);
  const fields = (object === undefined ? undefined : knowledge.fields(object)) ?? [];
  const known = Object.fromEntries(fields.map(({ apiName }) => [apiName, '']));
  return { ...envelope, ...(withFields(exampleOf(endpoint.id).response ?? {}, known) as JsonObject) };
}

function withFields(value: JsonValue, fields: JsonObject): JsonValue {
  if (Array.isArray(value)) return value.map(each => withFields(each, fields));
  if (!isJsonObject(value)) return value;
  if ('object_describe_api_name' in value) return { ...value, ...fields };
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withFields(each, fields)]));
}
