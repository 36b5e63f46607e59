import * as vscode from 'vscode';
import { NodeTree, type NodeFailures, type TreeNode } from '../../base/vscode/nodeTree';
import type { Connection, Role } from '../connection';
import type { ConnectionStore } from '../connectionStore';
import { roleName } from './connectionForm';

/** Sets `fxiaoke.hasConnections`, by which the manifest shows this view. */
export function registerConnectionsView(store: ConnectionStore, failures: NodeFailures): vscode.Disposable {
  const tree = new NodeTree(() => {
    const active = store.active();
    return store.list().map(connection => connectionNode(connection, connection.id === active?.id));
  }, failures);
  const update = () => {
    void vscode.commands.executeCommand('setContext', 'fxiaoke.hasConnections', store.list().length > 0);
    tree.refresh();
  };
  update();
  return vscode.Disposable.from(
    tree,
    vscode.window.createTreeView('fxiaoke.connections', {
      treeDataProvider: tree,
      dragAndDropController: dragsToOrder(store),
    }),
    store.onDidChange(update),
  );
}

/** VS Code's own type for what is dragged within one view. */
const dragged = 'application/vnd.code.tree.fxiaoke.connections';

/** Dropped on another one, a connection takes its place; dropped below all, it goes to the end. */
function dragsToOrder(store: ConnectionStore): vscode.TreeDragAndDropController<TreeNode> {
  return {
    dragMimeTypes: [dragged],
    dropMimeTypes: [dragged],
    handleDrag: (nodes, transfer) => {
      transfer.set(dragged, new vscode.DataTransferItem(nodes.map(({ item }) => item.id)));
    },
    handleDrop: async (target, transfer) => {
      const ids = transfer.get(dragged)?.value as unknown;
      const before = target?.item.id;
      if (!Array.isArray(ids) || ids.includes(before)) return;
      await store.move(ids as string[], before);
    },
  };
}

function connectionNode(connection: Connection, active: boolean): TreeNode {
  const { id, name, host, userId, role } = connection;
  const item = new vscode.TreeItem(name);
  item.id = id;
  const place = connection.sandbox ? vscode.l10n.t('local') : host.replace(/^https?:\/\//, '');
  const facts = [place, userId, roleName(role)].join(' · ');
  item.description = active ? `✓ ${facts}` : facts;
  item.iconPath = roleIcon(role);
  item.tooltip = `${name}\n${facts}`;
  item.contextValue = active ? 'fxiaoke.connection.active' : 'fxiaoke.connection';
  item.accessibilityInformation = {
    label: [name, active ? vscode.l10n.t('active') : '', facts].filter(part => part !== '').join(', '),
  };
  if (!active) {
    item.command = {
      command: 'fxiaoke.connection.select',
      title: vscode.l10n.t('Select'),
      arguments: [{ id, byPerson: true }],
    };
  }
  return { item, argument: { id } };
}

/** Colour never carries the meaning alone: each role has an icon of its own. */
export function roleIcon(role: Role): vscode.ThemeIcon {
  switch (role) {
    case 'development':
      return new vscode.ThemeIcon('circle-filled');
    case 'production':
      return new vscode.ThemeIcon('flame', new vscode.ThemeColor('list.warningForeground'));
    case 'readOnly':
      return new vscode.ThemeIcon('lock');
  }
}
