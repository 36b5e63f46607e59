import type { CrmClient } from '../api/crmClient';
import type { WriteOperation } from '../api/endpoints';
import { RecordPages } from './recordPages';
import type { RecordChange } from './recordChange';
import type { SeenRecord } from './recordService';
import { keyOf, type RecordSet } from './recordSet';

/** What becomes of records on one of the shelves. */
type Consequence = 'reread' | 'drop';

const consequences: Record<WriteOperation, Partial<Record<'records' | 'recycleBin', Consequence>>> = {
  create: { records: 'reread' },
  update: { records: 'reread' },
  changeOwner: { records: 'reread' },
  lock: { records: 'reread' },
  unlock: { records: 'reread' },
  invalidate: { records: 'drop', recycleBin: 'reread' },
  recover: { records: 'reread', recycleBin: 'drop' },
  delete: { records: 'drop', recycleBin: 'drop' },
  // What it did nobody knows.
  send: { records: 'reread', recycleBin: 'reread' },
};

interface Loaded {
  readonly set: RecordSet;
  readonly pages: RecordPages;
  /** How many there are; asked for on demand, and not known any more after a write. */
  count?: number;
  /** How many writes there were. */
  writes: number;
}

/** What was read of an object's records, set by set, kept right as they change. */
export class LoadedRecords {
  readonly #loaded = new Map<string, Loaded>();

  constructor(
    readonly client: CrmClient,
    private readonly object: string,
    private readonly pageSize: () => number,
  ) {}

  pages(set: RecordSet): RecordPages {
    return this.#of(set).pages;
  }

  /** How many there are, as far as somebody asked. */
  knownCount(set: RecordSet): number | undefined {
    const { pages, count } = this.#of(set);
    return pages.complete ? pages.records.length : count;
  }

  async count(set: RecordSet): Promise<number> {
    const loaded = this.#of(set);
    const { writes } = loaded;
    const count = await loaded.pages.count();
    // It may be one less or one more by now.
    if (loaded.writes === writes) loaded.count = count;
    return count;
  }

  /**
   * Records are read anew only where they stand among those that were read, and no page is. Of a write that may have
   * taken place or not only a look tells. Gives what changed.
   */
  async apply({
    operation,
    ids,
    isUncertain,
  }: Pick<RecordChange, 'operation' | 'ids' | 'isUncertain'>): Promise<RecordSet[]> {
    const changed: RecordSet[] = [];
    const rereads: Promise<void>[] = [];
    for (const loaded of this.#loaded.values()) {
      const { set, pages } = loaded;
      // What a filter shows is in force.
      const consequence = consequences[isUncertain ? 'send' : operation][set === 'recycleBin' ? set : 'records'];
      if (!consequence) continue;
      delete loaded.count;
      loaded.writes++;
      if (!pages.wanted) continue;
      if (consequence === 'drop') pages.drop(ids);
      // Whoever looks next has it read again, or sees why that cannot be.
      else rereads.push(pages.reread(ids).catch(() => undefined));
      changed.push(set);
    }
    await Promise.all(rereads);
    return changed;
  }

  /** Takes over a record that was read for another reason. Gives what changed. */
  show({ record }: Pick<SeenRecord, 'record'>): RecordSet[] {
    return [...this.#loaded.values()].filter(({ pages }) => pages.show(record)).map(({ set }) => set);
  }

  forget(set: RecordSet): void {
    this.#loaded.get(keyOf(set))?.pages.stop();
    this.#loaded.delete(keyOf(set));
  }

  /** Those that nobody can look at any more cost nothing. */
  keepOnly(sets: readonly RecordSet[]): void {
    const kept = new Set(sets.map(keyOf));
    for (const { set } of [...this.#loaded.values()]) if (!kept.has(keyOf(set))) this.forget(set);
  }

  stop(): void {
    for (const { pages } of this.#loaded.values()) pages.stop();
  }

  #of(set: RecordSet): Loaded {
    const key = keyOf(set);
    const known = this.#loaded.get(key);
    if (known) return known;
    const loaded = { set, pages: new RecordPages(this.client, this.object, set, this.pageSize), writes: 0 };
    this.#loaded.set(key, loaded);
    return loaded;
  }
}
