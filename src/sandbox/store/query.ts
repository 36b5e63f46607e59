import { isJsonObject, type JsonObject, type JsonValue } from '../../base/json';
import { codes, Failure, malformed, refused } from '../failure';
import type { CrmObject } from '../tenant/catalogue';
import type { Field } from '../tenant/field';
import type { Tenant } from '../tenant/tenant';
import { compareValues, matches, parseFilters, type Filter } from './filters';
import { KeepBest } from './keepBest';
import type { RecordStore } from './recordStore';
import { asText } from '../text';

/** A search_query_info, understood. */
export interface Query {
  limit: number;
  offset: number;
  filters: Filter[];
  orders: { field: Field; ascending: boolean }[];
}

/** Documented: limit at most 100, offset a multiple of it and at most 10000 (api-facts.md 4.1). */
const mostV2Limit = 100;
const mostOffset = 10_000;
const defaultLimit = 20;

export function parseQuery(object: CrmObject, info: JsonValue | undefined, mostLimit = mostV2Limit): Query {
  if (!isJsonObject(info)) throw malformed('searchQueryInfo is empty');
  const limit = wholeNumber(info, 'limit') ?? defaultLimit;
  const offset = wholeNumber(info, 'offset') ?? 0;
  if (limit < 1 || limit > mostLimit) throw malformed(`limit ${limit} is out of range 1 to ${mostLimit}`);
  if (offset > mostOffset) {
    throw new Failure(codes.offsetOutOfRange, `offset out of range ${mostOffset}`, `offset 不能超过${mostOffset}`);
  }
  if (offset < 0 || offset % limit !== 0) throw malformed(`offset ${offset} is not a multiple of limit ${limit}`);
  return { limit, offset, filters: parseFilters(object, info['filters']), orders: parseOrders(object, info['orders']) };
}

function wholeNumber(info: JsonObject, key: string): number | undefined {
  const value = info[key];
  if (value === undefined || value === null) return undefined;
  const number = Number(value);
  if (!Number.isInteger(number)) throw malformed(`parameter ${key} is not a whole number`);
  return number;
}

function parseOrders(object: CrmObject, orders: JsonValue | undefined): Query['orders'] {
  if (orders === undefined || orders === null) return [];
  if (!Array.isArray(orders)) throw malformed('parameter orders is not a list');
  return orders.map(order => {
    const { fieldName, isAsc } = isJsonObject(order) ? order : {};
    const field = typeof fieldName === 'string' ? object.fields.get(fieldName) : undefined;
    if (!field) throw refused(`order field ${asText(fieldName)} does not exist on ${object.apiName}`);
    return { field, ascending: isAsc !== false };
  });
}

/** The positions of the records on the asked page and, if wanted, how many records match in all. */
export function runQuery(
  tenant: Tenant,
  store: RecordStore,
  query: Query,
  wantTotal: boolean,
): { positions: number[]; total?: number } {
  const { from, to, rest } = idRange(store, query.filters);
  const withInvalid = query.filters.some(({ field }) => field.name === 'life_status' || field.name === 'is_deleted');
  const test = (position: number): boolean =>
    store.existsAt(position) &&
    (withInvalid || !store.isInvalidAt(position)) &&
    rest.every(filter => matches(filter, tenant.valueAt(store, position, filter.field)));
  const [first] = query.orders;
  // Without conditions on other fields the total needs no scan, and a page by _id ends when it is full.
  const known = rest.length === 0 && wantTotal ? store.count(from, to, withInvalid) : undefined;
  const byId = !first || first.field.name === '_id';
  const scanAll = !byId || (wantTotal && known === undefined);
  const page = byId
    ? new Page(query.offset, query.limit)
    : new KeepBest(query.offset, query.limit, comparer(tenant, store, query.orders));
  const step = byId && first?.ascending === false ? -1 : 1;
  let found = 0;
  for (let position = step > 0 ? from : to - 1; position >= from && position < to; position += step) {
    if (!test(position)) continue;
    found += 1;
    page.add(position);
    if (!scanAll && found === query.offset + query.limit) break;
  }
  return { positions: page.take(), ...(wantTotal && { total: known ?? found }) };
}

/** Takes what comes after the first `offset` until there are `limit`. */
class Page {
  private seen = 0;
  private readonly positions: number[] = [];

  constructor(
    private readonly offset: number,
    private readonly limit: number,
  ) {}

  add(position: number): void {
    if (this.seen++ >= this.offset && this.positions.length < this.limit) this.positions.push(position);
  }

  take(): number[] {
    return this.positions;
  }
}

/** Turns conditions on `_id` into a range of positions, found by binary search; `rest` are the other conditions. */
function idRange(store: RecordStore, filters: Filter[]): { from: number; to: number; rest: Filter[] } {
  let from = 0;
  let to = store.end;
  const rest: Filter[] = [];
  for (const filter of filters) {
    const [value, last = value] = filter.values.map(String);
    const { operator } = filter;
    if (filter.field.name !== '_id' || value === undefined || last === undefined) {
      rest.push(filter);
      continue;
    }
    const after = (id: string): number => store.lowerBound(`${id}\0`);
    if (operator === 'GT') from = Math.max(from, after(value));
    else if (operator === 'GTE') from = Math.max(from, store.lowerBound(value));
    else if (operator === 'LT') to = Math.min(to, store.lowerBound(value));
    else if (operator === 'LTE') to = Math.min(to, after(value));
    else if (operator === 'EQ' || operator === 'BETWEEN') {
      from = Math.max(from, store.lowerBound(value));
      to = Math.min(to, after(operator === 'EQ' ? value : last));
    } else rest.push(filter);
  }
  return { from, to: Math.max(from, to), rest };
}

/** Compares two positions by the asked orders; equal ones keep the order of their ids. */
function comparer(tenant: Tenant, store: RecordStore, orders: Query['orders']): (a: number, b: number) => number {
  const cache = new Map<number, (JsonValue | undefined)[]>();
  const keysOf = (position: number): (JsonValue | undefined)[] => {
    let keys = cache.get(position);
    if (!keys) {
      keys = orders.map(({ field }) => tenant.valueAt(store, position, field));
      // A bound for memory only: what is still in the running is generated again.
      if (cache.size >= 50_000) cache.clear();
      cache.set(position, keys);
    }
    return keys;
  };
  return (a, b) => {
    const [left, right] = [keysOf(a), keysOf(b)];
    for (const [i, { field, ascending }] of orders.entries()) {
      const sign = compareValues(field, left[i], right[i]);
      if (sign !== 0) return ascending ? sign : -sign;
    }
    return a - b;
  };
}
