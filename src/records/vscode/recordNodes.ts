import * as vscode from 'vscode';
import type { CrmClient } from '../../api/crmClient';
import type { JsonObject } from '../../base/json';
import { UserError } from '../../base/userError';
import { messageNode, type TreeNode } from '../../base/vscode/nodeTree';
import type { Field } from '../../objects/fields';
import { LoadedRecords } from '../loadedRecords';
import type { RecordPages } from '../recordPages';
import type { RecordChange } from '../recordChange';
import type { SeenRecord } from '../recordService';
import { keyOf, nameOf, setNamed, type RecordFilter, type RecordSet } from '../recordSet';
import { emptyText, folderItem, nameFolder, showCount } from './recordFolder';
import { moreNode, recordNode, type RecordColumns, type RecordPlace } from './recordNode';

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
    this.dropGone(client.tenant.id, object);
    const sets = this.#sets(client.tenant.id, object);
    const fields = sets.length > 2 ? await this.#fieldsAndRecords(shelf.loaded, object) : [];
    return sets.map(set => {
      const folder = folders.get(keyOf(set)) ?? this.#folder(shelf.loaded, object, set, place);
      folders.set(keyOf(set), folder);
      // At first the tenant may not have told what the conditions of a filter mean.
      if (fields.length > 0) nameFolder(folder.item, set, fields);
      showCount(folder.item, set, shelf.loaded.knownCount(set));
      return folder;
    });
  }

  /** What stands below the object is all that is kept of it: a filter that was removed or edited costs no more calls. */
  dropGone(connectionId: string, object: string): void {
    const shelf = this.#shelves.get(`${connectionId}/${object}`);
    if (!shelf) return;
    const sets = this.#sets(connectionId, object);
    shelf.loaded.keepOnly(sets);
    const kept = new Set(sets.map(keyOf));
    for (const nodes of shelf.folders.values()) for (const key of nodes.keys()) if (!kept.has(key)) nodes.delete(key);
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

  /** Whoever looks at that folder next reads it anew. */
  forgetSet(connectionId: string, object: string, name: string): void {
    const shelf = this.#shelves.get(`${connectionId}/${object}`);
    const set = setNamed(name, this.options.filters(connectionId, object));
    if (!shelf || !set) return;
    shelf.loaded.forget(set);
    this.#refresh(shelf, [set]);
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

  #sets(connectionId: string, object: string): readonly RecordSet[] {
    return ['records', ...this.options.filters(connectionId, object), 'recycleBin'];
  }

  /** The folder *Records* stands open: its first page need not wait until it is known what the filters are called. */
  async #fieldsAndRecords(loaded: LoadedRecords, object: string): Promise<readonly Field[]> {
    const pages = loaded.pages('records');
    // A failure is shown in the folder, which asks again.
    if (!pages.wanted) void pages.loadMore().catch(() => undefined);
    return this.options.fields(loaded.client, object);
  }

  #setNamed(client: CrmClient, object: string, name: string): RecordSet {
    const set = setNamed(name, this.options.filters(client.tenant.id, object));
    if (set === undefined) throw new UserError(vscode.l10n.t('There is no such filter below {0}.', object));
    return set;
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

  #folder(loaded: LoadedRecords, object: string, set: RecordSet, place: Place): TreeNode {
    const connection = loaded.client.tenant.id;
    const argument = { connection, object, set: nameOf(set) };
    const nodesOf = recordNodes({ connection, object, key: [place, connection, object, keyOf(set)].join('/') });
    const loadMore = async () => {
      await loaded.pages(set).loadMore();
      const shelf = this.#shelves.get(`${connection}/${object}`);
      if (shelf?.loaded === loaded) this.#refresh(shelf, [set]);
    };
    return {
      item: folderItem(set),
      argument,
      children: async () => {
        const pages = loaded.pages(set);
        const columns = this.options.columns(object);
        const [fields] = await Promise.all([
          columns ? this.options.fields(loaded.client, object) : [],
          pages.started ? pages.catchUp() : pages.loadMore(),
        ]);
        const shown = nodesOf(pages, { columns, fields });
        if (shown.length === 0 && pages.complete) return [messageNode(emptyText(set))];
        const more = { shown: shown.length, of: loaded.knownCount(set), argument, loadMore };
        return pages.complete ? shown : [...shown, moreNode(more)];
      },
    };
  }
}

/** One node for one reading of a record: the tree keeps its place and selection where nothing changed. */
function recordNodes(place: RecordPlace): (pages: RecordPages, beside: RecordColumns) => readonly TreeNode[] {
  let nodes = new WeakMap<JsonObject, TreeNode>();
  let shown: TreeNode[] = [];
  let before: readonly unknown[] = [];
  let columns: readonly string[] | undefined;
  return (pages, beside) => {
    if (beside.columns !== columns) nodes = new WeakMap();
    ({ columns } = beside);
    const now = [pages, pages.edits, nodes];
    // A further page must not cost more the more there are: those before it are not gone through.
    if (now.some((part, at) => part !== before[at])) shown = [];
    before = now;
    for (const record of pages.records.slice(shown.length)) {
      const node = nodes.get(record) ?? recordNode(place, record, beside);
      nodes.set(record, node);
      shown.push(node);
    }
    return shown;
  };
}
