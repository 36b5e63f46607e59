import * as vscode from 'vscode';
import { textIn, textsIn, type Argument } from '../../base/argument';
import { CancelledError } from '../../base/cancelled';
import { UserError } from '../../base/userError';
import type { TreeNode } from '../../base/vscode/nodeTree';
import { copyText } from '../../base/vscode/clipboard';
import type { Handlers, Invocation } from '../../commands';
import type { Connection } from '../../connections/connection';
import type { Columns } from '../columns';
import type { Field } from '../fields';
import { nodeName, type ObjectsView } from './objectsView';

type ObjectsViewCommand =
  | 'fxiaoke.object.filter'
  | 'fxiaoke.object.clearFilter'
  | 'fxiaoke.object.reveal'
  | 'fxiaoke.object.chooseColumns'
  | 'fxiaoke.field.copyApiName'
  | 'fxiaoke.internal.copySelected'
  | 'fxiaoke.internal.removeSelected';

export interface ObjectsViewCommandsOptions {
  readonly view: ObjectsView;
  readonly columns: Columns;
  readonly tenantFor: (invocation: Invocation) => Promise<Connection>;
  readonly objectFor: (argument: Argument, connection: Connection) => Promise<string>;
  readonly fieldsOf: (connection: Connection, object: string) => Promise<readonly Field[]>;
  /** The records of that object are to be shown with other fields beside them. */
  readonly showColumns: (object: string) => void;
  /** Whether the tree shows that tenant. */
  readonly isActive: (connection: Connection) => boolean;
}

/** What is done in the view of the objects, by its buttons, menus and keys. */
export function objectsViewCommands(options: ObjectsViewCommandsOptions): Handlers<ObjectsViewCommand> {
  const { view } = options;
  return {
    'fxiaoke.object.filter': ({ argument, byProgram }) => {
      const text = argument['text'];
      if (typeof text !== 'string' && !byProgram) return filterAsYouType(view);
      view.showOnly(typeof text === 'string' ? text : '');
      return undefined;
    },
    'fxiaoke.object.clearFilter': () => {
      view.showOnly('');
    },
    'fxiaoke.object.reveal': invocation => reveal(options, invocation),
    'fxiaoke.object.chooseColumns': invocation => chooseColumns(options, invocation),
    'fxiaoke.field.copyApiName': ({ argument }) => {
      const field = textIn(argument, 'field');
      if (field === undefined) throw new UserError(vscode.l10n.t('The argument field is missing: an API name.'));
      return copyText(field, field);
    },
    'fxiaoke.internal.copySelected': () => {
      const names = view.selection.map(nodeName).filter(name => name !== undefined);
      return names.length > 0
        ? copyText(names.join('\n'), names.length === 1 ? names.join() : String(names.length))
        : '';
    },
    'fxiaoke.internal.removeSelected': () => removeSelected(view),
  };
}

/** A look-up field's node names its own object and, as `target`, the one that it points to, which is meant. */
async function reveal(
  { view, tenantFor, objectFor, isActive }: ObjectsViewCommandsOptions,
  invocation: Invocation,
): Promise<void> {
  const { argument } = invocation;
  const connection = await tenantFor(invocation);
  const object = textIn(argument, 'target') ?? (await objectFor(argument, connection));
  if (!isActive(connection)) {
    throw new UserError(
      vscode.l10n.t('The tree shows another tenant. Select {0} to see its objects.', connection.name),
    );
  }
  if (await view.reveal(object)) return;
  throw new UserError(vscode.l10n.t('{0} does not list the object {1}.', connection.name, object));
}

/** Each key shows what is left. Enter, or picking something found, keeps it; Escape goes back to what was shown. */
async function filterAsYouType(view: ObjectsView): Promise<void> {
  const before = view.filter;
  const box = vscode.window.createInputBox();
  box.title = vscode.l10n.t('Filter the Objects');
  box.prompt = vscode.l10n.t('API name, Chinese or English name, or pinyin initials (kh: 客户)');
  box.value = before;
  // A click into the tree is what the filter is for.
  box.ignoreFocusOut = true;
  box.onDidChangeValue(typed => view.showOnly(typed));
  let selecting: vscode.Disposable | undefined;
  const kept = await new Promise<boolean>(resolve => {
    box.onDidAccept(() => resolve(true));
    selecting = view.onDidSelect(() => resolve(true));
    box.onDidHide(() => resolve(false));
    box.show();
  });
  selecting?.dispose();
  box.dispose();
  if (!kept) view.showOnly(before);
}

async function chooseColumns(options: ObjectsViewCommandsOptions, invocation: Invocation): Promise<readonly string[]> {
  const { columns, tenantFor, objectFor, fieldsOf, showColumns } = options;
  const { argument, byProgram } = invocation;
  const connection = await tenantFor(invocation);
  const object = await objectFor(argument, connection);
  const given = textsIn(argument, 'fields');
  if (!given && byProgram) throw new UserError(vscode.l10n.t('The argument fields is missing: a list of API names.'));
  const chosen = given ?? (await askColumns(object, await fieldsOf(connection, object), columns.of(object) ?? []));
  await columns.choose(object, chosen);
  showColumns(object);
  return chosen;
}

async function askColumns(object: string, fields: readonly Field[], now: readonly string[]): Promise<string[]> {
  const choices = fields.map(({ apiName, label }) => ({
    label,
    description: apiName,
    picked: now.includes(apiName),
  }));
  const picked = await vscode.window.showQuickPick(choices, {
    title: object,
    placeHolder: vscode.l10n.t('Fields shown beside the records; none: the owner'),
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  if (!picked) throw new CancelledError();
  return picked.map(({ description }) => description);
}

/**
 * The delete key: records go to the recycle bin, and those in it for good; each asks as its menu entry does. What is
 * no record is left alone where records are selected too.
 */
async function removeSelected({ selection }: ObjectsView): Promise<void> {
  const records = selection.filter(({ item }) => /^fxiaoke\.record(\.(?!process$)|$)/.test(item.contextValue ?? ''));
  const [first] = records;
  if (!first) {
    const filter = selection.find(({ item }) => item.contextValue === 'fxiaoke.filter');
    if (filter) await vscode.commands.executeCommand('fxiaoke.filter.remove', filter);
    return;
  }
  const invalid = isInvalid(first);
  const alike = records.filter(record => isInvalid(record) === invalid);
  await vscode.commands.executeCommand(invalid ? 'fxiaoke.record.delete' : 'fxiaoke.record.invalidate', first, alike);
}

function isInvalid({ item }: TreeNode): boolean {
  return item.contextValue?.startsWith('fxiaoke.record.invalid') ?? false;
}
