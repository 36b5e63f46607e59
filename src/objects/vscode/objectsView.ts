import * as vscode from 'vscode';
import { textIn } from '../../base/argument';
import { NodeTree, type NodeFailures, type TreeNode } from '../../base/vscode/nodeTree';
import { settings } from '../../base/vscode/settings';
import type { Connections } from '../../connections/connections';
import type { ObjectRoots } from './objectNodes';

export interface ObjectsViewOptions {
  readonly connections: Connections;
  readonly failures: NodeFailures;
  /** What the view shows, all objects or, where `filter` is not empty, those that are named like it. */
  readonly roots: (filter: () => string) => Promise<ObjectRoots>;
}

/** The view of the objects of the active tenant. Its nodes come from elsewhere, when somebody looks. */
export class ObjectsView implements vscode.Disposable {
  readonly tree: NodeTree;
  readonly #view: vscode.TreeView<TreeNode>;
  readonly #subscriptions: vscode.Disposable;
  /** What the person typed to find objects; empty where all are shown. */
  #filter = '';

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

  async #roots(): Promise<readonly TreeNode[]> {
    const { nodes, message } = await this.options.roots(() => this.#filter);
    if (message !== undefined) this.#view.message = message;
    return nodes;
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
