import * as vscode from 'vscode';
import type { CrmClient } from '../../api/crmClient';
import type { JsonObject } from '../../base/json';
import { messageNode, type TreeNode } from '../../base/vscode/nodeTree';
import { LoadedRecords } from '../loadedRecords';
import type { RecordSet } from '../recordPages';
import type { RecordChange, SeenRecord } from '../recordService';
import { moreNode, recordNode } from './recordNode';

/** Where an object stands in the tree: a pinned one stands twice. */
export type Place = 'pinned' | 'group';

export interface RecordNodesOptions {
  readonly pageSize: () => number;
  readonly refresh: (node: TreeNode) => void;
}

/** What the tree has of one object of a tenant: its records, once, and the folders that show them, at each place. */
interface Shelf {
  readonly loaded: LoadedRecords;
  readonly folders: Map<Place, Record<RecordSet, TreeNode>>;
}

/** The folders *Records* and *Recycle bin* below an object, filled page by page. */
export class RecordNodes {
  readonly #shelves = new Map<string, Shelf>();

  constructor(private readonly options: RecordNodesOptions) {}

  /** `object` is an API name. */
  below(client: CrmClient, object: string, place: Place): TreeNode[] {
    const key = `${client.tenant.id}/${object}`;
    const known = this.#shelves.get(key);
    // An edited connection has another client, which may be told something else.
    if (known && known.loaded.client !== client) known.loaded.stop();
    const shelf = known?.loaded.client === client ? known : this.#newShelf(client, object);
    this.#shelves.set(key, shelf);
    const folders = shelf.folders.get(place) ?? {
      records: this.#folder(shelf.loaded, object, 'records'),
      recycleBin: this.#folder(shelf.loaded, object, 'recycleBin'),
    };
    shelf.folders.set(place, folders);
    return [folders.records, folders.recycleBin];
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

  #newShelf(client: CrmClient, object: string): Shelf {
    return { loaded: new LoadedRecords(client, object, this.options.pageSize), folders: new Map() };
  }

  #refresh({ folders }: Shelf, sets: readonly RecordSet[]): void {
    for (const nodes of folders.values()) for (const set of sets) this.options.refresh(nodes[set]);
  }

  #folder(loaded: LoadedRecords, object: string, set: RecordSet): TreeNode {
    const connection = loaded.client.tenant.id;
    const nodeOf = remembered((record: JsonObject) => recordNode(connection, object, record));
    const loadMore = async () => {
      const pages = loaded.pages(set);
      await pages.loadMore();
      const shelf = this.#shelves.get(`${connection}/${object}`);
      if (shelf?.loaded === loaded) this.#refresh(shelf, [set]);
    };
    return {
      item: folderItem(set),
      argument: { connection, object },
      children: async () => {
        const pages = loaded.pages(set);
        if (!pages.started) await pages.loadMore();
        const shown = pages.records.map(nodeOf);
        if (shown.length === 0 && pages.complete) return [messageNode(emptyText(set))];
        return pages.complete ? shown : [...shown, moreNode(shown.length, loadMore)];
      },
    };
  }
}

/** One node for one reading of a record: the tree keeps its place and selection where nothing changed. */
function remembered(make: (record: JsonObject) => TreeNode): (record: JsonObject) => TreeNode {
  const nodes = new WeakMap<JsonObject, TreeNode>();
  return record => {
    const node = nodes.get(record) ?? make(record);
    nodes.set(record, node);
    return node;
  };
}

function folderItem(set: RecordSet): vscode.TreeItem {
  const bin = set === 'recycleBin';
  const item = new vscode.TreeItem(
    bin ? vscode.l10n.t('Recycle bin') : vscode.l10n.t('Records'),
    bin ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded,
  );
  item.iconPath = new vscode.ThemeIcon(bin ? 'trash' : 'list-flat');
  item.contextValue = bin ? 'fxiaoke.recycleBin' : 'fxiaoke.records';
  if (bin) item.tooltip = vscode.l10n.t('Invalidated records: they can be recovered or deleted for good');
  return item;
}

function emptyText(set: RecordSet): string {
  return set === 'recycleBin' ? vscode.l10n.t('No invalidated records') : vscode.l10n.t('No records');
}
