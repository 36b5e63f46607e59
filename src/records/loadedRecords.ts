import type { CrmClient } from '../api/crmClient';
import type { WriteOperation } from '../connections/gate';
import { RecordPages, type RecordSet } from './recordPages';
import type { RecordChange, SeenRecord } from './recordService';

/** What becomes of records on one of the shelves. */
type Consequence = 'reread' | 'drop';

const consequences: Record<WriteOperation, Partial<Record<RecordSet, Consequence>>> = {
  create: { records: 'reread' },
  update: { records: 'reread' },
  changeOwner: { records: 'reread' },
  lock: { records: 'reread' },
  unlock: { records: 'reread' },
  invalidate: { records: 'drop', recycleBin: 'reread' },
  recover: { records: 'reread', recycleBin: 'drop' },
  delete: { records: 'drop', recycleBin: 'drop' },
  send: {},
};

/** What was read of an object's records, those in force and those in the recycle bin, kept right as they change. */
export class LoadedRecords {
  readonly #pages: Record<RecordSet, RecordPages>;

  constructor(
    readonly client: CrmClient,
    private readonly object: string,
    private readonly pageSize: () => number,
  ) {
    this.#pages = { records: this.#fresh('records'), recycleBin: this.#fresh('recycleBin') };
  }

  pages(set: RecordSet): RecordPages {
    return this.#pages[set];
  }

  /** Records are read anew only where they stand among those that were read, and no page is. Gives what changed. */
  async apply({ operation, ids }: Pick<RecordChange, 'operation' | 'ids'>): Promise<RecordSet[]> {
    const changed: RecordSet[] = [];
    for (const set of ['records', 'recycleBin'] as const) {
      const consequence = consequences[operation][set];
      const pages = this.#pages[set];
      if (!consequence || !pages.started) continue;
      if (consequence === 'drop') pages.drop(ids);
      // What cannot be read is not known any more: whoever looks reads it again, or sees why not.
      else await pages.reread(ids).catch(() => this.#forget(set));
      changed.push(set);
    }
    return changed;
  }

  /** Takes over a record that was read for another reason. Gives what changed. */
  show({ record }: Pick<SeenRecord, 'record'>): RecordSet[] {
    return (['records', 'recycleBin'] as const).filter(set => this.#pages[set].show(record));
  }

  stop(): void {
    for (const pages of Object.values(this.#pages)) pages.stop();
  }

  #forget(set: RecordSet): void {
    this.#pages[set].stop();
    this.#pages[set] = this.#fresh(set);
  }

  #fresh(set: RecordSet): RecordPages {
    return new RecordPages(this.client, this.object, set, this.pageSize);
  }
}
