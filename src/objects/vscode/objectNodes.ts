import * as vscode from 'vscode';
import type { CrmClient } from '../../api/crmClient';
import { messageNode, type TreeNode } from '../../base/vscode/nodeTree';
import { displayLanguage, objectsLanguage } from '../../base/vscode/settings';
import type { Connection } from '../../connections/connection';
import type { Connections } from '../../connections/connections';
import { catalogueEntry, groupName } from '../catalogue';
import { displayName, type CrmObject } from '../crmObject';
import { objectsNamedLike, prepareNames } from '../objectFilter';
import { byGroup } from '../objectList';
import type { Pins } from '../pins';
import type { TenantObjects } from '../tenantObjects';

export interface ObjectNodesOptions {
  readonly connections: Connections;
  readonly objects: TenantObjects;
  readonly pins: Pins;
  /** What is below an object: other concepts bring it. A pinned object stands twice, each with nodes of its own. */
  readonly below: (client: CrmClient, object: CrmObject, place: Place) => Promise<readonly TreeNode[]>;
}

/** Where an object stands. */
type Place = 'pinned' | 'group';

export interface ObjectRoots {
  readonly nodes: readonly TreeNode[];
  /** Above the nodes; where there is none, what stands there stays. */
  readonly message?: string;
}

/** The objects of the active tenant: pinned ones, then the groups of the published menu, then custom objects. */
export class ObjectNodes implements vscode.Disposable {
  /** The objects whose names are ready to be filtered. */
  #prepared: readonly CrmObject[] | undefined;

  constructor(private readonly options: ObjectNodesOptions) {}

  /** Without a connection there is nothing to show, and the manifest's welcome takes the place. */
  async roots(typed: () => string): Promise<ObjectRoots> {
    const { connections, objects, pins } = this.options;
    const connection = connections.store.active();
    if (!connection) return { nodes: [] };
    const client = connections.client(connection);
    const list = await objects.list(client);
    if (list.length === 0) return { nodes: [messageNode(vscode.l10n.t('This tenant lists no objects.'))] };
    const filter = typed();
    if (filter !== '') return this.#found(client, connection, list, filter);
    // Once what is to be shown has been.
    if (this.#prepared !== list) setImmediate(() => void prepareNames(list, () => this.#prepared === list));
    this.#prepared = list;
    const pinned = pins.list().flatMap(apiName => list.find(object => object.apiName === apiName) ?? []);
    const language = objectsLanguage();
    const nodes = [
      ...pinned.map(object => this.#objectNode(client, connection, object, true, 'pinned')),
      ...byGroup(list, language).map(([group, members]) =>
        groupNode(group, members.length, () =>
          members.map(object => this.#objectNode(client, connection, object, pinned.includes(object), 'group')),
        ),
      ),
    ];
    return { nodes, message: '' };
  }

  dispose(): void {
    this.#prepared = undefined;
  }

  #found(client: CrmClient, connection: Connection, list: readonly CrmObject[], filter: string): ObjectRoots {
    const found = objectsNamedLike(list, filter);
    const [shown, all] = [found.length, list.length];
    const message = vscode.l10n.t('{0} of {1} objects are named like “{2}”', shown, all, filter);
    const pinned = this.options.pins.list();
    const nodes = found.map(object =>
      this.#objectNode(client, connection, object, pinned.includes(object.apiName), 'group'),
    );
    return { nodes, message };
  }

  #objectNode(client: CrmClient, connection: Connection, object: CrmObject, pinned: boolean, place: Place): TreeNode {
    const name = displayName(object, objectsLanguage());
    const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
    item.description = besideName(object);
    item.iconPath = new vscode.ThemeIcon(
      pinned ? 'star-full' : object.kind === 'custom' ? 'symbol-misc' : 'symbol-class',
    );
    item.contextValue = contextOf(object, pinned);
    const doubt = object.unverified ? vscode.l10n.t('Not documented: the name was built by a pattern.') : undefined;
    item.tooltip = [name, object.label, object.englishName, object.apiName, doubt].filter(unique).join('\n');
    const marks = [
      ...(object.unverified ? [vscode.l10n.t('unverified')] : []),
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

/** What stands beside the name of an object: its API name, marked where nobody vouches for it. */
export function besideName({ apiName, unverified }: CrmObject): string {
  return unverified ? `${apiName} · ${vscode.l10n.t('unverified')}` : apiName;
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
