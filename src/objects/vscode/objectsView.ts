import * as vscode from 'vscode';
import type { CrmClient } from '../../api/crmClient';
import { messageNode, NodeTree, type NodeFailures, type TreeNode } from '../../base/vscode/nodeTree';
import { displayLanguage, objectsLanguage, settings } from '../../base/vscode/settings';
import type { Connection } from '../../connections/connection';
import type { Connections } from '../../connections/connections';
import { groupName } from '../catalogue';
import { byGroup, displayName, type CrmObject } from '../crmObject';
import type { Pins } from '../pins';
import type { TenantObjects } from '../tenantObjects';

export interface ObjectsViewOptions {
  readonly connections: Connections;
  readonly objects: TenantObjects;
  readonly pins: Pins;
  readonly failures: NodeFailures;
  /** What is below an object: other concepts bring it. A pinned object stands twice, each with nodes of its own. */
  readonly below: (client: CrmClient, object: CrmObject, place: 'pinned' | 'group') => readonly TreeNode[];
}

/** The objects of the active tenant: pinned ones, then the groups of the published menu, then custom objects. */
export class ObjectsView implements vscode.Disposable {
  readonly tree: NodeTree;
  readonly #view: vscode.TreeView<TreeNode>;
  readonly #subscriptions: vscode.Disposable;

  constructor(private readonly options: ObjectsViewOptions) {
    const { connections, failures } = options;
    this.tree = new NodeTree(() => this.#roots(), failures);
    this.#view = vscode.window.createTreeView('fxiaoke.objects', {
      treeDataProvider: this.tree,
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.#title();
    this.#subscriptions = vscode.Disposable.from(
      connections.store.onDidChange(() => this.refresh()),
      settings.objectsLanguage.onDidChange(() => this.refresh()),
      settings.pageSize.onDidChange(() => this.refresh()),
    );
  }

  refresh(node?: TreeNode): void {
    this.#title();
    this.tree.refresh(node);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#view.dispose();
    this.tree.dispose();
  }

  #title(): void {
    this.#view.description = this.options.connections.store.active()?.name ?? '';
  }

  /** Without a connection there is nothing to show, and the manifest's welcome takes the place. */
  async #roots(): Promise<TreeNode[]> {
    const { connections, objects, pins } = this.options;
    const connection = connections.store.active();
    if (!connection) return [];
    const client = connections.client(connection);
    const list = await objects.list(client);
    if (list.length === 0) return [messageNode(vscode.l10n.t('This tenant lists no objects.'))];
    const pinned = pins.list().flatMap(apiName => list.find(object => object.apiName === apiName) ?? []);
    const language = objectsLanguage();
    return [
      ...pinned.map(object => this.#objectNode(client, connection, object, true, 'pinned')),
      ...byGroup(list, language).map(([group, members]) =>
        groupNode(group, members.length, () =>
          members.map(object => this.#objectNode(client, connection, object, pinned.includes(object), 'group')),
        ),
      ),
    ];
  }

  #objectNode(
    client: CrmClient,
    connection: Connection,
    object: CrmObject,
    pinned: boolean,
    place: 'pinned' | 'group',
  ): TreeNode {
    const name = displayName(object, objectsLanguage());
    const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
    item.description = object.apiName;
    item.iconPath = new vscode.ThemeIcon(
      pinned ? 'star-full' : object.kind === 'custom' ? 'symbol-misc' : 'symbol-class',
    );
    item.contextValue = pinned ? 'fxiaoke.object.pinned' : 'fxiaoke.object';
    item.tooltip = [name, object.label, object.englishName, object.apiName].filter(unique).join('\n');
    item.accessibilityInformation = { label: vscode.l10n.t('object {0}, {1}', name, object.apiName) };
    return {
      item,
      argument: { connection: connection.id, object: object.apiName },
      children: () => this.options.below(client, object, place),
    };
  }
}

function groupNode(group: string, count: number, children: () => TreeNode[]): TreeNode {
  const name = groupName(group)[displayLanguage()];
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
  item.description = String(count);
  item.iconPath = new vscode.ThemeIcon('folder');
  item.contextValue = 'fxiaoke.group';
  item.accessibilityInformation = {
    label: count === 1 ? vscode.l10n.t('{0}, 1 object', name) : vscode.l10n.t('{0}, {1} objects', name, count),
  };
  return { item, children };
}

function unique(value: string | undefined, index: number, all: readonly (string | undefined)[]): boolean {
  return value !== undefined && all.indexOf(value) === index;
}
