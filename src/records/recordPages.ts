import type { CrmClient } from '../api/crmClient';
import type { Urgency } from '../api/rateLimiter';
import { printJson, type JsonObject } from '../base/json';
import { queryRecords, type Filter } from './recordCalls';
import { filtersOf, type RecordSet } from './recordSet';

interface PageOptions {
  readonly limit?: number;
  readonly urgency?: Urgency;
}

/** The most that one query gives. Source: api-facts.md 4.1. */
const fullPage = 100;

/**
 * The records of an object, newest first, page by page. The next page is asked for by the last id (`_id LT`)
 * and never by offset: nothing is read twice, nothing is skipped when records come or go, and there is no wall
 * at 10,000. (Documented is the same ascending; ids grow with time, so descending shows the newest first.)
 * What is changed after it was read is put right here, so that no page has to be read again.
 */
export class RecordPages {
  readonly #records: JsonObject[] = [];
  readonly #ids = new Set<string>();
  #edits = 0;
  /** The number of the last question; what became known without one counts as an answer to one asked just then. */
  #asked = 0;
  /** By id: which question what is known of a record answers. An older one's answer that comes later is dropped. */
  readonly #answers = new Map<string, number>();
  /** Records that changed and could not be read. */
  readonly #unread = new Set<string>();
  /** Down to where it has been read; `undefined` before the first page. */
  #last: string | undefined;
  #complete = false;
  #underWay: Promise<void> | undefined;
  /** What became known of records while a page was under way, which is older than that. */
  #meanwhile = new Map<string, JsonObject | undefined>();
  readonly #stopped = new AbortController();
  /** Those that may be right; the one that is, once it has shown a record. */
  #filters: readonly (readonly Filter[])[];

  constructor(
    private readonly client: CrmClient,
    private readonly object: string,
    set: RecordSet,
    private readonly pageSize: () => number,
  ) {
    this.#filters = filtersOf(set);
  }

  get records(): readonly JsonObject[] {
    return this.#records;
  }

  /** How often the records became others in any way than by a further page at their end. */
  get edits(): number {
    return this.#edits;
  }

  /** Whether anything has been read. */
  get started(): boolean {
    return this.#last !== undefined || this.#complete;
  }

  /** Whether anything has been read or is being read. */
  get wanted(): boolean {
    return this.started || this.#underWay !== undefined;
  }

  /** Whether the last page has been read. */
  get complete(): boolean {
    return this.#complete;
  }

  /** Reads the next page; whoever asks while one is under way waits for that one. */
  loadMore(page: PageOptions = {}): Promise<void> {
    this.#underWay ??= this.#loadMore(page).finally(() => {
      this.#underWay = undefined;
      this.#meanwhile.clear();
    });
    return this.#underWay;
  }

  /** Reads all that is left in full pages and gives way to what a person waits for; each page is kept as it comes. */
  async loadAll(signal: AbortSignal, onPage: () => void): Promise<void> {
    while (!this.#complete && !this.#isStopped()) {
      signal.throwIfAborted();
      await this.loadMore({ limit: fullPage, urgency: 'bulk' });
      onPage();
    }
  }

  /** Asks how many there are. It costs the tenant time, so only when somebody wants to know. */
  async count(): Promise<number> {
    for (const own of this.#filters) {
      const query = { filters: own, limit: 1, count: true };
      const { records, total } = await queryRecords(this.client, this.object, query, { signal: this.#stopped.signal });
      if (records.length > 0) return total;
    }
    return 0;
  }

  /** Nobody wants the records any more: what is under way comes to nothing. */
  stop(): void {
    this.#stopped.abort();
  }

  /**
   * Reads those of the records anew that are, or would be, among the pages read; they come, change or go. What a page
   * under way brings may be older than the question, so its records are read after it. What cannot be read is
   * remembered for `catchUp`.
   */
  async reread(ids: readonly string[]): Promise<void> {
    await this.#rereadReached(ids);
    const later = this.#underWay && ids.filter(id => !this.#isReached(id));
    if (!later || later.length === 0) return;
    await this.#underWay?.catch(() => undefined);
    await this.#rereadReached(later);
  }

  /** Reads what changed and could not be read then. */
  catchUp(): Promise<void> {
    return this.#rereadReached([...this.#unread]);
  }

  /** Shows a record as it is now, where it is one of those that were read. Whether that makes a difference. */
  show(record: JsonObject): boolean {
    const id = idOf(record);
    const before = this.#records.find(each => idOf(each) === id);
    if (id === undefined || !before || printJson(before) === printJson(record)) return false;
    this.#set(id, record, ++this.#asked);
    return true;
  }

  drop(ids: readonly string[]): void {
    for (const id of ids) this.#set(id, undefined, ++this.#asked);
  }

  async #rereadReached(ids: readonly string[]): Promise<void> {
    const wanted = ids.filter(id => this.#isReached(id));
    for (let start = 0; start < wanted.length; start += fullPage) {
      const some = wanted.slice(start, start + fullPage);
      const question = ++this.#asked;
      const named: Filter = { field_name: '_id', operator: 'IN', field_values: some };
      const found = await this.#query([named], some.length).catch((error: unknown) => {
        // With those that were not asked for any more.
        for (const id of wanted.slice(start)) if (question >= (this.#answers.get(id) ?? 0)) this.#unread.add(id);
        throw error;
      });
      const byId = new Map(found.map(record => [idOf(record), record]));
      for (const id of some) this.#set(id, byId.get(id), question);
    }
  }

  async #loadMore({ limit = this.pageSize(), urgency }: PageOptions): Promise<void> {
    if (this.#complete || this.#isStopped()) return;
    const behind: Filter[] =
      this.#last === undefined ? [] : [{ field_name: '_id', operator: 'LT', field_values: [this.#last] }];
    const page = await this.#query(behind, limit, urgency);
    if (this.#isStopped()) return;
    for (const record of page) {
      const id = idOf(record);
      const current = id !== undefined && this.#meanwhile.has(id) ? this.#meanwhile.get(id) : record;
      if (id === undefined || this.#ids.has(id) || !current) continue;
      this.#records.push(current);
      this.#ids.add(id);
    }
    this.#last = idOf(page.at(-1)) ?? this.#last;
    this.#complete = page.length < limit;
  }

  async #query(filters: readonly Filter[], limit: number, urgency?: Urgency): Promise<JsonObject[]> {
    for (const own of this.#filters) {
      const { records } = await queryRecords(
        this.client,
        this.object,
        {
          filters: [...own, ...filters],
          orders: [{ fieldName: '_id', isAsc: false }],
          limit,
          count: false,
        },
        { signal: this.#stopped.signal, urgency },
      );
      if (records.length > 0) this.#filters = [own];
      if (records.length > 0 || own === this.#filters.at(-1)) return records;
    }
    return [];
  }

  #isStopped(): boolean {
    return this.#stopped.signal.aborted;
  }

  /** Whether the record would stand among those that were read. */
  #isReached(id: string): boolean {
    return this.#complete || (this.#last !== undefined && id >= this.#last);
  }

  #set(id: string, record: JsonObject | undefined, question: number): void {
    if (question < (this.#answers.get(id) ?? 0)) return;
    this.#answers.set(id, question);
    this.#unread.delete(id);
    this.#edits++;
    if (this.#underWay) this.#meanwhile.set(id, record);
    const known = this.#ids.has(id);
    const at = this.#records.findIndex(each => (known ? idOf(each) === id : (idOf(each) ?? '') < id));
    const place = at < 0 ? this.#records.length : at;
    if (!record && known) {
      this.#records.splice(place, 1);
      this.#ids.delete(id);
    } else if (record && (known || this.#isReached(id))) {
      this.#records.splice(place, known ? 1 : 0, record);
      this.#ids.add(id);
    }
  }
}

function idOf(record: JsonObject | undefined): string | undefined {
  return typeof record?.['_id'] === 'string' ? record['_id'] : undefined;
}
