import * as vscode from 'vscode';
import {
  commandIds,
  handlerOf,
  recordCommandIds,
  type CommandId,
  type CommandTable,
  type Invocation,
} from '../../commands';
import { ArgumentError, type Argument } from '../argument';
import { plainJson } from '../json';
import { UserError } from '../userError';
import { isTreeNode, type TreeNode } from './nodeTree';
import { showFailure, type FailureHandling } from './showFailure';

/**
 * Registers the whole table. Here, and nowhere else, is decided what becomes of a failure: a program that
 * called with an argument gets it as rejection, a person is shown it, and a cancellation is silent.
 */
export function registerCommands(table: CommandTable, failures: FailureHandling): vscode.Disposable {
  return vscode.Disposable.from(
    ...commandIds.map(id =>
      vscode.commands.registerCommand(id, (...given: unknown[]) => run(table, id, given, failures)),
    ),
  );
}

async function run(
  table: CommandTable,
  id: CommandId,
  given: readonly unknown[],
  failures: FailureHandling,
): Promise<unknown> {
  let byProgram = true;
  try {
    const invocation = invocationFrom(given);
    ({ byProgram } = invocation);
    if (recordCommandIds.has(id) && isOfGoneItem(given)) {
      throw new UserError(vscode.l10n.t('Nothing was done: the row was just being read anew. Try again.'));
    }
    const handler = await handlerOf(table, id);
    return plainJson(await handler(invocation));
  } catch (error) {
    const { describe, isCancellation, isExpected, log } = failures;
    if (!isExpected(error)) log.error(error);
    if (byProgram) throw new UserError(describe(error));
    if (!isCancellation(error)) void showFailure(error, failures);
    return undefined;
  }
}

/** VS Code passes nothing (palette), an item and the selection (tree), a URI (editor) or what a caller gave. */
function invocationFrom([first, selection]: readonly unknown[]): Invocation {
  if (isTreeNode(first)) {
    const nodes = Array.isArray(selection) && selection.length > 1 ? selection.filter(isTreeNode) : [first];
    return { argument: argumentOf(first, nodes), byProgram: false };
  }
  if (first instanceof vscode.Uri) return { argument: { uri: first }, byProgram: false };
  if (first === undefined || first === null) return { argument: {}, byProgram: false };
  if (typeof first !== 'object' || Array.isArray(first)) throw new ArgumentError('1', 'map');
  return { argument: { ...first }, byProgram: !('byPerson' in first) };
}

/**
 * A tree gives an item and the selection: no item where it was taken away between the pointing and the click. The title
 * of a view gives the same where no row is in focus.
 */
function isOfGoneItem(given: readonly unknown[]): boolean {
  return given.length > 1 && given[0] === undefined;
}

/**
 * What the clicked node knows. For a record also the ids of all that are selected with it: those of the same object
 * in `ids`, those of others in `others`, one argument for each object.
 */
function argumentOf(node: TreeNode, selected: readonly TreeNode[]): Readonly<Record<string, unknown>> {
  const argument = node.argument ?? {};
  if (typeof argument['id'] !== 'string') return argument;
  const groups = new Map<string, { connection: unknown; object: unknown; ids: unknown[] }>();
  for (const { connection, object, id } of [argument, ...selected.map(each => each.argument ?? {})] as Argument[]) {
    if (typeof id !== 'string') continue;
    const key = JSON.stringify([connection, object]);
    const group = groups.get(key) ?? { connection, object, ids: [] };
    groups.set(key, { ...group, ids: [...new Set([...group.ids, id])] });
  }
  const [own, ...others] = [...groups.values()];
  return { ...argument, ids: own?.ids ?? [], others };
}
