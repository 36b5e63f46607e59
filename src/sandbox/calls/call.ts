import { isJsonObject, type JsonObject, type JsonValue } from '../../base/json';
import type { Caller } from '../auth/caller';
import { codes, Failure, malformed } from '../failure';
import type { Download } from '../reply';
import type { CrmObject } from '../tenant/catalogue';
import type { StoredFile } from '../store/files';
import { fromOpenUserId } from '../tenant/people';
import type { Tenant } from '../tenant/tenant';

/** One authenticated business call, as its handler sees it. */
export interface Call {
  tenant: Tenant;
  caller: Caller;
  body: JsonObject;
  /** Epoch milliseconds. */
  now: number;
  /** Preset paths serve preset objects only; custom paths serve both, as public scripts show. */
  family: 'preset' | 'custom';
  /** `http://127.0.0.1:<port>`, for answers that name an address. */
  origin: string;
  /** Files of a multipart body, by field. */
  files?: ReadonlyMap<string, StoredFile>;
}

/** The keys that an answer adds to the envelope, or a file. */
export type Handler = (call: Call) => JsonObject | Download;
/** A handler that never answers a file. */
export type JsonHandler = (call: Call) => JsonObject;

/** The `data` map of the body. */
export function dataOf({ body }: Call): JsonObject {
  const { data } = body;
  if (!isJsonObject(data)) throw malformed('parameter data is missing or not a map');
  return data;
}

export function textOf(map: JsonObject, key: string): string {
  const value = map[key];
  if (typeof value !== 'string' || value === '') throw malformed(`parameter ${key} is missing or not a text`);
  return value;
}

/** A list of ids under a key; an empty list is as wrong as none. */
export function idsOf(map: JsonObject, key: string): string[] {
  const value = map[key];
  if (!Array.isArray(value) || value.length === 0 || !value.every(id => typeof id === 'string')) {
    throw malformed(`parameter ${key} is missing or not a list of ids`);
  }
  return [...new Set(value)];
}

type Kind = 'read' | 'write';

/** The object that a map names in `dataObjectApiName`, when this path serves it and it has such an operation. */
export function objectOf(call: Call, map: JsonObject, kind: Kind): CrmObject {
  const object = knownObject(call, textOf(map, 'dataObjectApiName'));
  if (call.family === 'preset' && object.kind === 'custom') {
    throw malformed(`${object.apiName} is a custom object: use the paths under /cgi/crm/custom`);
  }
  if (object.operations === 'none' || (kind === 'write' && object.operations === 'read')) {
    throw malformed(`${object.apiName} does not support this operation`);
  }
  return object;
}

export function knownObject({ tenant }: Call, apiName: string): CrmObject {
  const object = tenant.objectOf(apiName);
  if (!object) throw malformed(`object ${apiName} does not exist`);
  return object;
}

/** Another call by the same caller, as a handler makes that is made of others. */
export const within = (call: Call, body: JsonObject): Call => ({ ...call, family: 'custom', body });

export function listOfTexts(map: JsonObject, key: string): string[] {
  const value = map[key];
  if (!Array.isArray(value) || !value.every(item => typeof item === 'string')) {
    throw malformed(`parameter ${key} is missing or not a list of texts`);
  }
  return value;
}

/** A whole number, also when it comes as text. */
export function wholeNumberOf(map: JsonObject, key: string, otherwise?: number): number {
  const value = map[key] ?? otherwise;
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
  if (!Number.isInteger(number)) throw malformed(`parameter ${key} is missing or not a whole number`);
  return number;
}

/** Employees of a list, FSUID_… or numbers, as numbers. */
export function peopleOf({ tenant }: Call, map: JsonObject, key: string): string[] {
  const ids = listOfTexts(map, key).map(fromOpenUserId);
  if (ids.length === 0) throw malformed(`parameter ${key} is empty`);
  const unknown = ids.find(id => !tenant.organization.isPerson(id));
  if (unknown !== undefined) throw new Failure(codes.unknownEmployee, `${key}: 员工 ${unknown} 不存在`);
  return ids;
}

export const isTrue = (value: JsonValue | undefined): boolean => value === true || value === 'true';
