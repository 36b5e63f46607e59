import type { CrmClient } from '../../api/crmClient';
import type { JsonObject } from '../../base/json';
import { messageNode, type TreeNode } from '../../base/vscode/nodeTree';
import type { Field } from '../../objects/fields';
import { LoadedRecords } from '../loadedRecords';
import type { RecordPages } from '../recordPages';
import type { RecordChange } from '../recordChange';
import type { SeenRecord } from '../recordService';
import { keyOf, nameOf, setNamed, type RecordFilter, type RecordSet } from '../recordSet';
import { emptyText, folderItem, showCount } from './recordFolder';
import { moreNode, recordNode } from './recordNode';

/** Where an object stands in the tree: a pinned one stands twice. */
export type Place = 'pinned' | 'group';

export interface RecordNodesOptions {
  readonly pageSize: () => number;
  readonly refresh: (node: TreeNode) => void;
  /** The filters that stand below an object. */
  readonly filters: (connectionId: string, object: string) => readonly RecordFilter[];
  /** The fields shown beside a record, where the person picked any. */
  readonly columns: (object: string) => readonly string[] | undefined;
  /** None where the tenant does not tell. */
  readonly fields: (client: CrmClient, object: string) => Promise<readonly Field[]>;
}

/** What the tree has of one object of a tenant: its records, once, and the folders that show them, at each place. */
interface Shelf {
  readonly loaded: LoadedRecords;
  readonly folders: Map<Place, Map<string, TreeNode>>;
}

/** The folders *Records* and *Recycle bin* below an object and one for each filter, filled page by page. */
export class RecordNodes {
  readonly #shelves = new Map<string, Shelf>();

  constructor(private readonly options: RecordNodesOptions) {}

  /** `object` is an API name. */
  async below(client: CrmClient, object: string, place: Place): Promise<TreeNode[]> {
    const shelf = this.#shelfFor(client, object);
    const folders = shelf.folders.get(place) ?? new Map<string, TreeNode>();
    shelf.folders.set(place, folders);
    const filters = this.options.filters(client.tenant.id, object);
    const fields = filters.length > 0 ? await this.options.fields(client, object) : [];
    const sets: readonly RecordSet[] = ['records', ...filters, 'recycleBin'];
    return sets.map(set => {
      const folder = folders.get(keyOf(set)) ?? this.#folder(shelf.loaded, object, set, fields);
      folders.set(keyOf(set), folder);
      return folder;
    });
  }

  /** Shows what a write did. */
  async apply(change: RecordChange): Promise<void> {
    const shelf = this.#shelves.get(`${change.connectionId}/${change.object}`);
    if (shelf) this.#refresh(shelf, await shelf.loaded.apply(change));
  }

  /** Shows a record as it was read just now. */
  show(seen: SeenRecord): void {
    const shelf = this.#shelves.get(`${seen.connectionId}/${seen.object}`);
    if (shelf) this.#refresh(shelf, shelf.loaded.show(seen));
  }

  /** Asks how many records a folder has, and shows it there. */
  async count(client: CrmClient, object: string, set: string): Promise<number> {
    const shelf = this.#shelfFor(client, object);
    const counted = this.#setNamed(client, object, set);
    const count = await shelf.loaded.count(counted);
    this.#refresh(shelf, [counted]);
    return count;
  }

  /** Reads all records of a folder, and shows them each time that there are twice as many as were shown before. */
  async loadAll(
    client: CrmClient,
    object: string,
    set: string,
    { signal, onProgress }: { signal: AbortSignal; onProgress: (shown: number) => void },
  ): Promise<void> {
    const shelf = this.#shelfFor(client, object);
    const wanted = this.#setNamed(client, object, set);
    const pages = shelf.loaded.pages(wanted);
    let shown = pages.records.length;
    try {
      await pages.loadAll(signal, () => {
        onProgress(pages.records.length);
        if (pages.records.length < shown * 2) return;
        shown = pages.records.length;
        this.#refresh(shelf, [wanted]);
      });
    } finally {
      this.#refresh(shelf, [wanted]);
    }
  }

  /**
   * Whoever looks at records of the tenant, or of one object of it, next reads them anew; late answers to earlier
   * questions are dropped.
   */
  forget(connectionId: string, object?: string): void {
    for (const [key, { loaded }] of this.#shelves) {
      const isMeant = object === undefined ? key.startsWith(`${connectionId}/`) : key === `${connectionId}/${object}`;
      if (!isMeant) continue;
      loaded.stop();
      this.#shelves.delete(key);
    }
  }

  /** The person picked other fields to be shown beside the records. */
  showColumns(object: string): void {
    for (const [key, { folders }] of this.#shelves) {
      if (!key.endsWith(`/${object}`)) continue;
      for (const nodes of folders.values()) for (const node of nodes.values()) this.options.refresh(node);
    }
  }

  #shelfFor(client: CrmClient, object: string): Shelf {
    const key = `${client.tenant.id}/${object}`;
    const known = this.#shelves.get(key);
    if (known?.loaded.client === client) return known;
    // An edited connection has another client, which may be told something else.
    known?.loaded.stop();
    const shelf = { loaded: new LoadedRecords(client, object, this.options.pageSize), folders: new Map() };
    this.#shelves.set(key, shelf);
    return shelf;
  }

  #setNamed(client: CrmClient, object: string, name: string): RecordSet {
    return setNamed(name, this.options.filters(client.tenant.id, object));
  }

  #refresh({ loaded, folders }: Shelf, sets: readonly RecordSet[]): void {
    for (const nodes of folders.values()) {
      for (const set of sets) {
        const node = nodes.get(keyOf(set));
        if (!node) continue;
        showCount(node.item, set, loaded.knownCount(set));
        this.options.refresh(node);
      }
    }
  }

  #folder(loaded: LoadedRecords, object: string, set: RecordSet, fields: readonly Field[]): TreeNode {
    const connection = loaded.client.tenant.id;
    const argument = { connection, object, set: nameOf(set) };
    const nodesOf = this.#recordNodes(loaded.client, object);
    const loadMore = async () => {
      await loaded.pages(set).loadMore();
      const shelf = this.#shelves.get(`${connection}/${object}`);
      if (shelf?.loaded === loaded) this.#refresh(shelf, [set]);
    };
    return {
      item: folderItem(set, fields),
      argument,
      children: async () => {
        const pages = loaded.pages(set);
        if (!pages.started) await pages.loadMore();
        const shown = await nodesOf(pages);
        if (shown.length === 0 && pages.complete) return [messageNode(emptyText(set))];
        const more = { shown: shown.length, of: loaded.knownCount(set), argument, loadMore };
        return pages.complete ? shown : [...shown, moreNode(more)];
      },
    };
  }

  /** One node for one reading of a record: the tree keeps its place and selection where nothing changed. */
  #recordNodes(client: CrmClient, object: string): (pages: RecordPages) => Promise<readonly TreeNode[]> {
    let nodes = new WeakMap<JsonObject, TreeNode>();
    let shown: TreeNode[] = [];
    let before: readonly unknown[] = [];
    let columns: readonly string[] | undefined;
    return async pages => {
      const wanted = this.options.columns(object);
      const fields = wanted ? await this.options.fields(client, object) : [];
      if (wanted !== columns) nodes = new WeakMap();
      columns = wanted;
      const now = [pages, pages.edits, nodes];
      // A further page must not cost more the more there are: those before it are not gone through.
      if (now.some((part, at) => part !== before[at])) shown = [];
      before = now;
      for (const record of pages.records.slice(shown.length)) {
        const node = nodes.get(record) ?? recordNode(client.tenant.id, object, record, { columns: wanted, fields });
        nodes.set(record, node);
        shown.push(node);
      }
      return shown;
    };
  }
}
