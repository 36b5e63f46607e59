import * as vscode from 'vscode';
import type { CrmClient } from '../../api/crmClient';
import { isJsonObject, type JsonObject } from '../../base/json';
import { messageNode, type TreeNode } from '../../base/vscode/nodeTree';
import { isInvalid, recordLabel } from '../recordFields';
import { RecordPages, type RecordSet } from '../recordPages';

export interface RecordNodesOptions {
  readonly pageSize: () => number;
  readonly refresh: (node: TreeNode) => void;
}

/** The folders *Records* and *Recycle bin* below an object, filled page by page. */
export class RecordNodes {
  readonly #folders = new Map<string, { node: TreeNode; reload: () => void }[]>();

  constructor(private readonly options: RecordNodesOptions) {}

  /** `object` is an API name. */
  below(client: CrmClient, object: string): TreeNode[] {
    const key = `${client.tenant.id}/${object}`;
    const folders = [this.#folder(client, object, 'records'), this.#folder(client, object, 'recycleBin')];
    // The same object may stand twice: pinned and in its group.
    this.#folders.set(key, [...(this.#folders.get(key) ?? []).slice(-2), ...folders]);
    return folders.map(folder => folder.node);
  }

  /** Reads the folders of an object anew where they are shown. */
  reload(connectionId: string, object: string): void {
    for (const folder of this.#folders.get(`${connectionId}/${object}`) ?? []) folder.reload();
  }

  #folder(client: CrmClient, object: string, set: RecordSet): { node: TreeNode; reload: () => void } {
    const { pageSize, refresh } = this.options;
    const fresh = () => new RecordPages(client, object, set, pageSize());
    let pages: RecordPages | undefined;
    const loadMore = async () => {
      await pages?.loadMore();
      refresh(node);
    };
    const node: TreeNode = {
      item: folderItem(set),
      argument: { connection: client.tenant.id, object },
      children: async () => {
        if (!pages) {
          // Kept only once its first page is there, so that Retry asks again.
          const first = fresh();
          await first.loadMore();
          pages = first;
        }
        const shown = pages.records.map(record => recordNode(client.tenant.id, object, record));
        if (shown.length === 0) return [messageNode(emptyText(set))];
        return pages.complete ? shown : [...shown, moreNode(shown.length, loadMore)];
      },
    };
    const reload = () => {
      pages = undefined;
      refresh(node);
    };
    return { node, reload };
  }
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

function recordNode(connection: string, object: string, record: JsonObject): TreeNode {
  const id = typeof record['_id'] === 'string' ? record['_id'] : '';
  const label = recordLabel(record);
  const invalid = isInvalid(record);
  const locked = record['lock_status'] === '1';
  const item = new vscode.TreeItem(label);
  const owner = isJsonObject(record['owner__r']) ? record['owner__r']['name'] : undefined;
  const notes = [typeof owner === 'string' ? owner : undefined, locked ? vscode.l10n.t('locked') : undefined];
  item.description = notes.filter(note => note !== undefined).join(' · ');
  item.iconPath = new vscode.ThemeIcon(invalid ? 'circle-slash' : locked ? 'lock' : 'json');
  item.contextValue = invalid ? 'fxiaoke.record.invalid' : locked ? 'fxiaoke.record.locked' : 'fxiaoke.record';
  item.tooltip = `${label}\n${object}/${id}`;
  item.accessibilityInformation = {
    label: [vscode.l10n.t('record {0}', label), invalid ? vscode.l10n.t('invalidated') : '', item.description]
      .filter(part => part !== '')
      .join(', '),
  };
  const argument = { connection, object, id };
  item.command = {
    command: 'fxiaoke.record.get',
    title: vscode.l10n.t('Open'),
    arguments: [{ ...argument, byPerson: true }],
  };
  return { item, argument };
}

function moreNode(shown: number, loadMore: () => Promise<void>): TreeNode {
  const item = new vscode.TreeItem(vscode.l10n.t('Load more'));
  item.description = vscode.l10n.t('{0} shown', shown);
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.contextValue = 'fxiaoke.more';
  item.command = {
    command: 'fxiaoke.internal.loadMore',
    title: vscode.l10n.t('Load more'),
    arguments: [{ loadMore, byPerson: true }],
  };
  return { item };
}
