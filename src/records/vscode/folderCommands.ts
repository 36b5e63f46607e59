import * as vscode from 'vscode';
import type { CrmClient } from '../../api/crmClient';
import { textIn, type Argument } from '../../base/argument';
import { CancelledError } from '../../base/cancelled';
import { UserError } from '../../base/userError';
import { abortSignal } from '../../base/vscode/abortSignal';
import { recordCount } from '../../base/vscode/counts';
import type { Handlers, Invocation } from '../../commands';
import type { Connection } from '../../connections/connection';
import type { Field } from '../../objects/fields';
import type { Filter } from '../recordCalls';
import type { RecordService } from '../recordService';
import type { SavedFilters } from '../savedFilters';
import { askConditions } from './askConditions';
import { filtersIn } from './recordArguments';
import type { RecordNodes } from './recordNodes';

type FolderCommand =
  | 'fxiaoke.filter.add'
  | 'fxiaoke.filter.edit'
  | 'fxiaoke.filter.remove'
  | 'fxiaoke.record.count'
  | 'fxiaoke.internal.loadAll';

export interface FolderCommandsOptions {
  readonly service: RecordService;
  readonly nodes: RecordNodes;
  readonly filters: SavedFilters;
  readonly clientOf: (connection: Connection) => CrmClient;
  readonly tenantFor: (invocation: Invocation) => Promise<Connection>;
  readonly objectFor: (argument: Argument, connection: Connection) => Promise<string>;
  readonly fieldsOf: (client: CrmClient, object: string) => Promise<readonly Field[]>;
  readonly refreshView: () => void;
  /** Shows a folder below an object, opened. */
  readonly reveal: (object: string, set: string) => Promise<unknown>;
}

/** What can be done with the folders of records in the tree: *Records*, *Recycle bin* and the filters. */
export function folderCommands(options: FolderCommandsOptions): Handlers<FolderCommand> {
  return {
    'fxiaoke.filter.add': invocation => add(options, invocation),
    'fxiaoke.filter.edit': invocation => edit(options, invocation),
    'fxiaoke.filter.remove': invocation => remove(options, invocation),
    'fxiaoke.record.count': invocation => count(options, invocation),
    'fxiaoke.internal.loadAll': invocation => loadAll(options, invocation),
  };
}

async function add(options: FolderCommandsOptions, invocation: Invocation) {
  const { filters, refreshView, reveal } = options;
  const { connection, object } = await placeOf(options, invocation);
  const conditions = await conditionsFor(options, invocation, connection, object, []);
  if (conditions.length === 0) throw invocation.byProgram ? missingFilters() : new CancelledError();
  const { id } = await filters.add(connection.id, object, conditions);
  refreshView();
  if (!invocation.byProgram) await reveal(object, id);
  return { id };
}

async function edit(options: FolderCommandsOptions, invocation: Invocation) {
  const { filters, nodes, refreshView } = options;
  const { connection, object } = await placeOf(options, invocation);
  const id = idIn(invocation);
  const now = filters.list(connection.id, object).find(filter => filter.id === id);
  if (!now) throw new UserError(vscode.l10n.t('There is no such filter below {0}.', object));
  const conditions = await conditionsFor(options, invocation, connection, object, now.conditions);
  await filters.change(connection.id, object, id, conditions);
  nodes.dropGone(connection.id, object);
  refreshView();
  return { id };
}

async function remove(options: FolderCommandsOptions, invocation: Invocation) {
  const { connection, object } = await placeOf(options, invocation);
  await options.filters.remove(connection.id, object, idIn(invocation));
  options.nodes.dropGone(connection.id, object);
  options.refreshView();
}

/** What the caller gives is taken as it is; a person is asked, with what there is already. */
async function conditionsFor(
  { clientOf, fieldsOf }: FolderCommandsOptions,
  { argument, byProgram }: Invocation,
  connection: Connection,
  object: string,
  given: readonly Filter[],
): Promise<readonly Filter[]> {
  const named = filtersIn(argument);
  if (named) return named;
  if (byProgram) throw missingFilters();
  const fields = await fieldsOf(clientOf(connection), object);
  if (fields.length === 0)
    throw new UserError(vscode.l10n.t('{0} describes no fields of {1}.', connection.name, object));
  return askConditions(vscode.l10n.t('Filter {0}', object), fields, given);
}

async function count(options: FolderCommandsOptions, invocation: Invocation) {
  const { service, nodes, clientOf } = options;
  const { connection, object } = await placeOf(options, invocation);
  const set = idIn(invocation);
  if (set !== '') return nodes.count(clientOf(connection), object, set);
  const filters = filtersIn(invocation.argument);
  const { total } = await service.query(connection, object, { filters, limit: 1, count: true }, { asked: true });
  if (!invocation.byProgram) {
    const text = vscode.l10n.t('{0} of {1} in {2}', recordCount(total), object, connection.name);
    vscode.window.setStatusBarMessage(`$(symbol-number) ${text}`, 8000);
  }
  return total;
}

async function loadAll(options: FolderCommandsOptions, invocation: Invocation) {
  const { connection, object } = await placeOf(options, invocation);
  const set = textIn(invocation.argument, 'set') ?? 'records';
  const client = options.clientOf(connection);
  const title = vscode.l10n.t('Reading the records of {0} in {1}', object, connection.name);
  const location = vscode.ProgressLocation.Notification;
  await vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const onProgress = (shown: number) => progress.report({ message: recordCount(shown) });
    await options.nodes.loadAll(client, object, set, { signal: abortSignal(token), onProgress });
  });
}

async function placeOf({ tenantFor, objectFor }: FolderCommandsOptions, invocation: Invocation) {
  const connection = await tenantFor(invocation);
  return { connection, object: await objectFor(invocation.argument, connection) };
}

function missingFilters(): UserError {
  return new UserError(vscode.l10n.t('The argument filters is missing: a list of conditions.'));
}

/** Of a filter: `set` from its node, `filter` from a caller. */
function idIn({ argument }: Invocation): string {
  return textIn(argument, 'set') ?? textIn(argument, 'filter') ?? '';
}
