import * as vscode from 'vscode';
import { NodeTree, type NodeFailures } from '../../base/vscode/nodeTree';
import type { History } from '../history';

/** The last answers, newest first. */
export class HistoryView implements vscode.Disposable {
  readonly tree: NodeTree;
  readonly #disposable: vscode.Disposable;

  constructor(history: History, failures: NodeFailures) {
    this.tree = new NodeTree(async () => {
      const { entryNode } = await import('./historyNodes');
      return (await history.list()).map(entryNode);
    }, failures);
    this.#disposable = vscode.Disposable.from(
      this.tree,
      vscode.window.createTreeView('fxiaoke.history', { treeDataProvider: this.tree, canSelectMany: true }),
      history.onDidChange(() => this.tree.refresh()),
    );
  }

  dispose(): void {
    this.#disposable.dispose();
  }
}
