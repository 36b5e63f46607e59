import * as vscode from 'vscode';

/** A node of a tree view. Concepts make nodes; `NodeTree` shows them. */
export interface TreeNode {
  readonly item: vscode.TreeItem;
  /** Read when the node is expanded; a failure becomes a node with the reason and *Retry*. */
  readonly children?: () => Promise<readonly TreeNode[]> | readonly TreeNode[];
  /** What a command called from this node needs not ask for, in the shape of the command's argument. */
  readonly argument?: Readonly<Record<string, unknown>>;
}

/** How a tree shows a failure. */
export interface NodeFailures {
  readonly describe: (error: unknown) => string;
  /** What helps, where trying again does not. */
  readonly remedies: (error: unknown) => readonly vscode.Command[];
}

/** Shows nodes. States (loading, empty, failed, more) are nodes too. */
export class NodeTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<TreeNode | undefined>();
  readonly #parents = new WeakMap<TreeNode, TreeNode>();
  readonly #children = new WeakMap<TreeNode, readonly TreeNode[]>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    private readonly roots: () => Promise<readonly TreeNode[]> | readonly TreeNode[],
    private readonly failures: NodeFailures,
  ) {}

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return node.item;
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.#parents.get(node);
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    const children = [...(await this.#read(node))];
    if (node) this.#adopt(node, children);
    return children;
  }

  /** What stands where it stood has its parent already. */
  #adopt(node: TreeNode, children: readonly TreeNode[]): void {
    const before = this.#children.get(node) ?? [];
    children.forEach((child, at) => {
      if (before[at] !== child) this.#parents.set(child, node);
    });
    this.#children.set(node, children);
  }

  refresh(node?: TreeNode): void {
    this.#changed.fire(node);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #read(node: TreeNode | undefined): Promise<readonly TreeNode[]> {
    try {
      return await (node ? (node.children?.() ?? []) : this.roots());
    } catch (error) {
      const { describe, remedies } = this.failures;
      const waysOn = remedies(error).map(command => commandNode(command, 'arrow-right'));
      return [failureNode(describe(error)), ...(waysOn.length > 0 ? waysOn : [this.#retryNode(node)])];
    }
  }

  #retryNode(node: TreeNode | undefined): TreeNode {
    const command = {
      command: 'fxiaoke.internal.retry',
      title: vscode.l10n.t('Retry'),
      arguments: [{ retry: () => this.refresh(node) }],
    };
    return commandNode(command, 'refresh');
  }
}

/** A node that says what is the case; nothing can be done with it. */
export function messageNode(label: string, icon?: vscode.ThemeIcon): TreeNode {
  const item = new vscode.TreeItem(label);
  if (icon) item.iconPath = icon;
  item.tooltip = label;
  item.accessibilityInformation = { label };
  return { item };
}

function commandNode(command: vscode.Command, icon: string): TreeNode {
  const item = new vscode.TreeItem(command.title);
  item.iconPath = new vscode.ThemeIcon(icon);
  item.accessibilityInformation = { label: command.title, role: 'button' };
  item.command = command;
  return { item };
}

function failureNode(reason: string): TreeNode {
  const node = messageNode(reason, new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground')));
  node.item.contextValue = 'fxiaoke.failure';
  node.item.accessibilityInformation = { label: vscode.l10n.t('error: {0}', reason) };
  return node;
}

export function isTreeNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && 'item' in value && value.item instanceof vscode.TreeItem;
}
