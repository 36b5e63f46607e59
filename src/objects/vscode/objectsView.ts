import * as vscode from 'vscode';
import type { CrmClient } from '../../api/crmClient';
import { textIn } from '../../base/argument';
import { messageNode, NodeTree, type NodeFailures, type TreeNode } from '../../base/vscode/nodeTree';
import { displayLanguage, objectsLanguage, settings } from '../../base/vscode/settings';
import { isLocal, type Connection } from '../../connections/connection';
import type { Connections } from '../../connections/connections';
import { catalogueEntry, groupName } from '../catalogue';
import { byGroup, displayName, type CrmObject } from '../crmObject';
import { objectsNamedLike, prepareNames } from '../objectFilter';
import type { Pins } from '../pins';
import type { TenantObjects } from '../tenantObjects';

export interface ObjectsViewOptions {
  readonly connections: Connections;
  readonly objects: TenantObjects;
  readonly pins: Pins;
  readonly failures: NodeFailures;
  /** What is below an object: other concepts bring it. A pinned object stands twice, each with nodes of its own. */
  readonly below: (client: CrmClient, object: CrmObject, place: Place) => Promise<readonly TreeNode[]>;
}

/** Where an object stands. */
type Place = 'pinned' | 'group';

/** The objects of the active tenant: pinned ones, then the groups of the published menu, then custom objects. */
export class ObjectsView implements vscode.Disposable {
  readonly tree: NodeTree;
  readonly #view: vscode.TreeView<TreeNode>;
  readonly #subscriptions: vscode.Disposable;
  /** What the person typed to find objects; empty where all are shown. */
  #filter = '';
  /** The objects whose names are ready to be filtered. */
  #prepared: readonly CrmObject[] | undefined;

  constructor(private readonly options: ObjectsViewOptions) {
    const { connections, failures } = options;
    this.tree = new NodeTree(() => this.#roots(), failures);
    this.#view = vscode.window.createTreeView('fxiaoke.objects', {
      treeDataProvider: this.tree,
      canSelectMany: true,
      showCollapseAll: true,
      dragAndDropController: dragsText,
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

  get filter(): string {
    return this.#filter;
  }

  /** Shows only objects that are named like that; all of them again for an empty text. */
  showOnly(typed: string): void {
    this.#filter = typed.trim();
    void vscode.commands.executeCommand('setContext', 'fxiaoke.objectsFiltered', this.#filter !== '');
    this.refresh();
  }

  get selection(): readonly TreeNode[] {
    return this.#view.selection;
  }

  /** Tells when the person selects something. */
  onDidSelect(listener: () => void): vscode.Disposable {
    return this.#view.onDidChangeSelection(({ selection }) => {
      if (selection.length > 0) listener();
    });
  }

  /**
   * Selects an object, one of the folders below it or what has that id in there, and opens it. Whether it is in the
   * tree; where only the id is not, the folder is selected.
   */
  async reveal(object: string, folder?: string, id?: string): Promise<boolean> {
    const node = (await this.#nodeOf(object)) ?? (this.#filter === '' ? undefined : await this.#unfiltered(object));
    if (!node) return false;
    const below = folder === undefined ? [] : await this.tree.getChildren(node);
    const parent = below.find(({ argument }) => argument?.['set'] === folder) ?? node;
    const inside = id === undefined ? [] : await this.tree.getChildren(parent);
    const found = inside.find(({ argument }) => argument?.['id'] === id);
    await this.#view.reveal(found ?? parent, { select: true, focus: true, expand: true });
    return id === undefined || found !== undefined;
  }

  /** The person wants to see it, whatever was typed before. */
  #unfiltered(object: string): Promise<TreeNode | undefined> {
    this.showOnly('');
    return this.#nodeOf(object);
  }

  async #nodeOf(object: string): Promise<TreeNode | undefined> {
    const roots = await this.tree.getChildren();
    const isMeant = ({ argument }: TreeNode) => argument?.['object'] === object;
    const top = roots.find(isMeant);
    if (top) return top;
    for (const group of roots) {
      const found = (await this.tree.getChildren(group)).find(isMeant);
      if (found) return found;
    }
    return undefined;
  }

  dispose(): void {
    this.#prepared = undefined;
    this.#subscriptions.dispose();
    this.#view.dispose();
    this.tree.dispose();
  }

  #title(): void {
    const active = this.options.connections.store.active();
    this.#view.description = active?.name ?? '';
    // The menus offer no writes there.
    void vscode.commands.executeCommand('setContext', 'fxiaoke.objectsReadOnly', active?.role === 'readOnly');
  }

  /** Without a connection there is nothing to show, and the manifest's welcome takes the place. */
  async #roots(): Promise<TreeNode[]> {
    const { connections, objects, pins } = this.options;
    const connection = connections.store.active();
    if (!connection) return [];
    const client = connections.client(connection);
    const list = await objects.list(client);
    if (list.length === 0) return [messageNode(vscode.l10n.t('This tenant lists no objects.'))];
    if (this.#filter !== '') return this.#found(client, connection, list);
    this.#view.message = '';
    // Once what is to be shown has been.
    if (this.#prepared !== list) setImmediate(() => void prepareNames(list, () => this.#prepared === list));
    this.#prepared = list;
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

  #found(client: CrmClient, connection: Connection, list: readonly CrmObject[]): TreeNode[] {
    const found = objectsNamedLike(list, this.#filter);
    const [shown, all] = [found.length, list.length];
    this.#view.message = vscode.l10n.t('{0} of {1} objects are named like “{2}”', shown, all, this.#filter);
    const pinned = this.options.pins.list();
    return found.map(object => this.#objectNode(client, connection, object, pinned.includes(object.apiName), 'group'));
  }

  #objectNode(client: CrmClient, connection: Connection, object: CrmObject, pinned: boolean, place: Place): TreeNode {
    const name = displayName(object, objectsLanguage());
    const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
    // A tenant that lists it vouches for the name; a sandbox has it from the same catalogue.
    const inferred = isLocal(connection) && catalogueEntry(object.apiName)?.confidence === 'inferred';
    const unverified = inferred ? [vscode.l10n.t('unverified')] : [];
    item.description = [object.apiName, ...unverified].join(' · ');
    item.iconPath = new vscode.ThemeIcon(
      pinned ? 'star-full' : object.kind === 'custom' ? 'symbol-misc' : 'symbol-class',
    );
    item.contextValue = contextOf(object, pinned);
    const doubt = inferred ? vscode.l10n.t('Not documented: the name was built by a pattern.') : undefined;
    item.tooltip = [name, object.label, object.englishName, object.apiName, doubt].filter(unique).join('\n');
    const marks = [
      ...unverified,
      ...(object.kind === 'custom' ? [vscode.l10n.t('custom')] : []),
      ...(pinned ? [vscode.l10n.t('pinned')] : []),
    ];
    item.accessibilityInformation = {
      label: [vscode.l10n.t('object {0}, {1}', name, object.apiName), ...marks].join(', '),
    };
    return {
      item,
      argument: { connection: connection.id, object: object.apiName },
      children: () => this.options.below(client, object, place),
    };
  }
}

/** What is dragged into an editor is inserted there: ids of records, API names of fields and objects. */
const dragsText: vscode.TreeDragAndDropController<TreeNode> = {
  dragMimeTypes: ['text/plain'],
  dropMimeTypes: [],
  handleDrag: (nodes, transfer) => {
    const text = nodes.map(nodeName).filter(name => name !== undefined);
    if (text.length > 0) transfer.set('text/plain', new vscode.DataTransferItem(text.join('\n')));
  },
};

/** What a node is called in a request: the id of a record, the API name of a field or an object. Folders have none. */
export function nodeName({ argument = {} }: TreeNode): string | undefined {
  if ('set' in argument) return undefined;
  return textIn(argument, 'id') ?? textIn(argument, 'field') ?? textIn(argument, 'object');
}

/** What the menus go by: of objects of a process engine nothing can be written. */
function contextOf({ apiName }: CrmObject, pinned: boolean): string {
  const process = catalogueEntry(apiName)?.readOnly ? '.process' : '';
  return `fxiaoke.object${pinned ? '.pinned' : ''}${process}`;
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
