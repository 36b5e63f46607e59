import * as vscode from 'vscode';
import { NodeTree, type NodeFailures, type TreeNode } from '../../base/vscode/nodeTree';
import type { Connections } from '../connections';
import type { ConnectionStore } from '../connectionStore';
import { connectionNode } from './connectionNode';
import { onSituation } from './situation';
import type { FailureWords } from './stateWords';

export interface ConnectionsViewOptions extends FailureWords, NodeFailures {
  readonly connections: Connections;
}

export interface ConnectionsView {
  readonly tree: NodeTree;
  readonly registration: vscode.Disposable;
}

/** The view of connections and sandbox; dragging puts them in order. Dispose of `registration` to take it away. */
export function registerConnectionsView(options: ConnectionsViewOptions): ConnectionsView {
  const { connections } = options;
  const { store } = connections;
  const tree = new NodeTree(() => {
    const active = store.active();
    return Promise.all(
      store.list().map(async connection => {
        const situation = {
          active: connection.id === active?.id,
          state: await connections.state(connection),
          calls: connections.callsToday(connection),
        };
        return connectionNode(connection, situation, options);
      }),
    );
  }, options);
  const update = () => tellManifest(store);
  update();
  const registration = vscode.Disposable.from(
    tree,
    vscode.window.createTreeView('fxiaoke.connections', {
      treeDataProvider: tree,
      dragAndDropController: dragsToOrder(store),
    }),
    store.onDidChange(update),
    onSituation(connections, () => tree.refresh()),
  );
  return { tree, registration };
}

/** The manifest shows this view and welcomes, and ends steps of the walkthrough, by what connections there are. */
function tellManifest(store: ConnectionStore): void {
  const list = store.list();
  const tell = (key: string, value: boolean) => void vscode.commands.executeCommand('setContext', key, value);
  tell('fxiaoke.hasConnections', list.length > 0);
  tell('fxiaoke.noneActive', list.length > 0 && !store.active());
  tell(
    'fxiaoke.hasSandbox',
    list.some(({ sandbox }) => sandbox),
  );
  tell(
    'fxiaoke.hasTenant',
    list.some(({ sandbox }) => !sandbox),
  );
  tell(
    'fxiaoke.hasGuardedTenant',
    list.some(({ role }) => role !== 'development'),
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
