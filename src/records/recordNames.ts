import type { Answer } from '../api/answer';
import { endpointAt, endpoints, objectIn, pathnameOf } from '../api/endpoints';
import type { CrmCall } from '../api/crmClient';
import { isJsonObject, parseJson, type JsonObject, type JsonValue } from '../base/json';
import type { Connection } from '../connections/connection';

/** A record by its id, for people who know it by its name. */
export interface NamedRecord {
  readonly id: string;
  readonly name: string;
}

interface Known {
  /** Whose records they are: an edited connection may lead to another tenant. */
  readonly tenant: string;
  /** By id, the latest last. */
  readonly records: Map<string, NamedRecord & { readonly object: string }>;
}

/** So many records of one tenant are remembered. */
const most = 5_000;

/** The names of the records that were read or written in this window. Nothing is asked for them, nothing is kept. */
export class RecordNames {
  readonly #known = new Map<string, Known>();

  constructor(private readonly limit = most) {}

  /** Takes what an answer shows of records: of those read, and of one that was created or updated. */
  learn(connection: Connection, call: Pick<CrmCall, 'path' | 'body'>, answer: Answer): void {
    if (answer.errorCode !== 0) return;
    const shown = [...recordsIn(answer.body), ...written(call, answer.body)].filter(isNamed);
    if (shown.length === 0) return;
    const records = this.#recordsOf(connection);
    let asked: string | undefined;
    for (const record of shown) {
      const own = record['object_describe_api_name'] ?? record['dataObjectApiName'];
      const object = typeof own === 'string' ? own : (asked ??= objectOf(call) ?? '');
      const { _id: id, name } = record;
      records.delete(id);
      records.set(id, { id, name, object });
    }
    for (const id of [...records.keys()].slice(0, Math.max(0, records.size - this.limit))) records.delete(id);
  }

  /** Those of one object, the latest first. */
  of(connectionId: string, object: string): NamedRecord[] {
    const records = this.#known.get(connectionId)?.records.values() ?? [];
    return [...records].filter(record => record.object === object).reverse();
  }

  nameOf(connectionId: string, id: string): string | undefined {
    return this.#known.get(connectionId)?.records.get(id)?.name;
  }

  forget(connectionId: string): void {
    this.#known.delete(connectionId);
  }

  /** Forgets those of connections that are no more, or that lead elsewhere now. */
  keepOnly(connections: readonly Connection[]): void {
    const tenants = new Map(connections.map(connection => [connection.id, tenantOf(connection)]));
    for (const [id, { tenant }] of this.#known) if (tenants.get(id) !== tenant) this.forget(id);
  }

  #recordsOf(connection: Connection): Known['records'] {
    const tenant = tenantOf(connection);
    const known = this.#known.get(connection.id);
    if (known?.tenant === tenant) return known.records;
    const records: Known['records'] = new Map();
    this.#known.set(connection.id, { tenant, records });
    return records;
  }
}

/** What one employee may see another may not. */
function tenantOf({ host, ea, userId }: Connection): string {
  return [host, ea, userId].join('\n');
}

/** A page of a query, or the record itself; custom objects were reported to answer `dataList` at the top. */
function recordsIn(body: JsonObject): JsonObject[] {
  const data = isJsonObject(body['data']) ? body['data'] : body;
  const list = data['dataList'];
  return Array.isArray(list) ? list.filter(isJsonObject) : [data];
}

/** What was sent, with the id that the answer gives to a new record. */
function written({ path, body }: Pick<CrmCall, 'path' | 'body'>, answer: JsonObject): JsonObject[] {
  const endpoint = endpointAt(pathnameOf(path) ?? '');
  if (endpoint !== endpoints.create && endpoint !== endpoints.update) return [];
  const sent = parseJson(body);
  const data = isJsonObject(sent) ? sent['data'] : undefined;
  const record = isJsonObject(data) ? data['object_data'] : undefined;
  if (!isJsonObject(record)) return [];
  const id = answer['dataId'];
  return [{ ...record, ...(typeof id === 'string' && { _id: id }) }];
}

function objectOf({ path, body }: Pick<CrmCall, 'path' | 'body'>): string | undefined {
  const endpoint = endpointAt(pathnameOf(path) ?? '');
  return endpoint && body !== '' ? objectIn(endpoint, parseJson(body)) : undefined;
}

function isNamed(record: JsonObject): record is JsonObject & { _id: string; name: string } {
  return isText(record['_id']) && isText(record['name']);
}

function isText(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && value !== '';
}
