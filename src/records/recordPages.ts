import type { CrmClient } from '../api/crmClient';
import type { JsonObject } from '../base/json';
import { queryRecords, type Filter } from './recordCalls';

/** Which of an object's records: those in force, or those in the recycle bin. */
export type RecordSet = 'records' | 'recycleBin';

/** How the recycle bin is asked for. Which of the two a tenant understands is not documented. Source: facts.md 10.12. */
const binFilters: readonly Filter[] = [
  { field_name: 'life_status', operator: 'EQ', field_values: ['invalid'] },
  { field_name: 'is_deleted', operator: 'EQ', field_values: [true] },
];

/**
 * The records of an object, newest first, page by page. The next page is asked for by the last id (`_id LT`)
 * and never by offset: nothing is read twice, nothing is skipped when records come or go, and there is no wall
 * at 10,000. (Documented is the same ascending; ids grow with time, so descending shows the newest first.)
 */
export class RecordPages {
  readonly records: JsonObject[] = [];
  #filter: Filter | undefined;
  #complete = false;

  constructor(
    private readonly client: CrmClient,
    private readonly object: string,
    private readonly set: RecordSet,
    private readonly pageSize: number,
  ) {
    this.#filter = set === 'recycleBin' ? binFilters[0] : undefined;
  }

  /** Whether the last page has been read. */
  get complete(): boolean {
    return this.#complete;
  }

  async loadMore(signal?: AbortSignal): Promise<void> {
    let page = await this.#page(signal);
    if (this.set === 'recycleBin' && this.records.length === 0 && page.length === 0) {
      this.#filter = binFilters[1];
      page = await this.#page(signal);
    }
    const known = new Set(this.records.map(record => record['_id']));
    this.records.push(...page.filter(record => !known.has(record['_id'])));
    this.#complete = page.length < this.pageSize;
  }

  async #page(signal: AbortSignal | undefined): Promise<JsonObject[]> {
    const last = this.records.at(-1)?.['_id'];
    const after: Filter[] =
      typeof last === 'string' ? [{ field_name: '_id', operator: 'LT', field_values: [last] }] : [];
    const { records } = await queryRecords(
      this.client,
      this.object,
      {
        filters: [...(this.#filter ? [this.#filter] : []), ...after],
        orders: [{ fieldName: '_id', isAsc: false }],
        limit: this.pageSize,
        count: false,
      },
      { signal },
    );
    return records;
  }
}
