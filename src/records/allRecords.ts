import type { CrmClient } from '../api/crmClient';
import type { JsonObject } from '../base/json';
import { OneByOne } from '../base/oneByOne';
import { queryRecords, type Filter } from './recordCalls';

/** The most that one query gives. Source: api-facts.md 4.1. */
const fullPage = 100;

export interface ReadAllOptions {
  readonly filters?: readonly Filter[] | undefined;
  /** API names of the fields wanted; `_id` comes in any case. */
  readonly fields?: readonly string[] | undefined;
  /** Go on behind this id: the last one that an earlier reading gave. */
  readonly after?: string | undefined;
  readonly pageSize?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The tenant gave the same records again instead of those behind the last id: going on would never end. */
export class PagingError extends Error {
  override readonly name = 'PagingError';
  constructor(
    readonly object: string,
    readonly lastId: string,
  ) {
    super(`${object} cannot be read page by page: the records behind ${lastId} came with no greater _id`);
  }
}

/**
 * All records of an object that match, exactly once each, in the order of `_id`: past the API's wall of 10,000 rows
 * by the documented way (`_id` ascending, offset 0, `_id GT` the last one). A page is asked for when the one before
 * has been taken, and asked for again when it fails; nothing is kept. Records that are created meanwhile come too,
 * as ids grow with time.
 */
export function allRecords(
  client: CrmClient,
  object: string,
  options: ReadAllOptions = {},
): AsyncGenerator<JsonObject, void, void> {
  return new OneByOne(allPages(client, object, options));
}

/** The same records, page by page as they come. */
export async function* allPages(
  client: CrmClient,
  object: string,
  { filters = [], fields, after, pageSize = fullPage, signal }: ReadAllOptions = {},
): AsyncGenerator<readonly JsonObject[], void, void> {
  const wanted = fields && [...new Set(['_id', ...fields])];
  for (let last = after; ;) {
    const behind: Filter[] = last === undefined ? [] : [{ field_name: '_id', operator: 'GT', field_values: [last] }];
    const { records } = await queryRecords(
      client,
      object,
      {
        filters: [...filters, ...behind],
        orders: [{ fieldName: '_id', isAsc: true }],
        fields: wanted,
        limit: pageSize,
        count: false,
      },
      { signal, urgency: 'bulk' },
    );
    last = lastId(object, records, last);
    yield records;
    if (records.length < pageSize) return;
  }
}

/** The last of the ids, each of which must be behind the one before. */
function lastId(object: string, records: readonly JsonObject[], before: string | undefined): string | undefined {
  let last = before;
  for (const { _id: id } of records) {
    if (typeof id !== 'string' || (last !== undefined && id <= last)) throw new PagingError(object, last ?? '');
    last = id;
  }
  return last;
}
