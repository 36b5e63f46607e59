import * as vscode from 'vscode';
import type { Answer } from '../../api/answer';
import { ApiError } from '../../api/errors';
import { numberIn, textsIn, type Argument } from '../../base/argument';
import { UserError } from '../../base/userError';
import type { Handlers, Invocation } from '../../commands';
import type { Connection } from '../../connections/connection';
import { endOf } from '../batch';
import type { BatchOperation, RecordService } from '../recordService';
import { atEditor, dataIn, detailsIn, filtersIn, idsFor, ordersIn, ownerIn } from './recordArguments';
import type { NewRecords } from './newRecords';
import type { RecordDocuments } from './recordDocuments';
import { askOwner } from './askOwner';
import { selectedRecords, type SelectedRecords } from './selectedRecords';
import { showRecords } from './showRecords';
import { showProgress, contractResult, resultDocument, tellPerson } from './batchProgress';

type RecordCommand =
  | 'fxiaoke.record.get'
  | 'fxiaoke.record.query'
  | 'fxiaoke.record.create'
  | 'fxiaoke.record.clone'
  | 'fxiaoke.record.update'
  | 'fxiaoke.record.changeOwner'
  | 'fxiaoke.record.invalidate'
  | 'fxiaoke.record.recover'
  | 'fxiaoke.record.delete'
  | 'fxiaoke.record.lock'
  | 'fxiaoke.record.unlock'
  | 'fxiaoke.internal.refreshRecord';

export interface RecordCommandsOptions {
  readonly service: RecordService;
  readonly documents: RecordDocuments;
  readonly newRecords: NewRecords;
  readonly tenantFor: (invocation: Invocation) => Promise<Connection>;
  readonly objectFor: (argument: Argument, connection: Connection) => Promise<string>;
  readonly showResponse: (title: string, text: string) => Promise<unknown>;
  /** What a record of a tenant is called, where that is known. */
  readonly recordName: (connectionId: string, id: string) => string | undefined;
  /** Whether the answer of a write is to be opened. */
  readonly opensResponse: (failed: boolean) => boolean;
  /** Opens a request file with a ready body: how a person queries records. */
  readonly newRequest: (connection: Connection, object: string, operation: 'query') => Promise<unknown>;
}

export function recordCommands(options: RecordCommandsOptions): Handlers<RecordCommand> {
  const each = (operation: BatchOperation) => (invocation: Invocation) =>
    batches(options, atEditor(invocation), operation);
  return {
    // Not the record in the editor: it is open, and *Refresh* reads it again.
    'fxiaoke.record.get': invocation => get(options, invocation),
    'fxiaoke.record.query': invocation => query(options, invocation),
    'fxiaoke.record.create': invocation => create(options, invocation),
    'fxiaoke.record.clone': invocation => clone(options, atEditor(invocation)),
    'fxiaoke.record.update': invocation => update(options, atEditor(invocation)),
    'fxiaoke.record.changeOwner': each('changeOwner'),
    'fxiaoke.record.invalidate': each('invalidate'),
    'fxiaoke.record.recover': each('recover'),
    'fxiaoke.record.delete': each('delete'),
    'fxiaoke.record.lock': each('lock'),
    'fxiaoke.record.unlock': each('unlock'),
    'fxiaoke.internal.refreshRecord': invocation => get(options, atEditor(invocation)),
  };
}

async function get(options: RecordCommandsOptions, invocation: Invocation) {
  const { service, documents } = options;
  const selected = await selectedRecords(options, invocation);
  const [{ connection, object, ids }] = selected;
  if (invocation.argument['open'] !== false) return showRecords(documents, selected, invocation.byProgram);
  return (await service.get(connection, object, ids[0] ?? '', { asked: true })).record;
}

async function query(options: RecordCommandsOptions, invocation: Invocation) {
  const { argument, byProgram } = invocation;
  const { service, tenantFor, objectFor, showResponse, newRequest } = options;
  const connection = await tenantFor(invocation);
  const object = await objectFor(argument, connection);
  // A person writes the query where its fields can be seen and changed.
  if (!byProgram) return newRequest(connection, object, 'query');
  const wanted = {
    filters: filtersIn(argument),
    orders: ordersIn(argument),
    fields: textsIn(argument, 'fields'),
    limit: numberIn(argument, 'limit'),
    offset: numberIn(argument, 'offset'),
  };
  const { records, total, answer } = await service.query(connection, object, wanted, { asked: true });
  if (argument['open'] !== false) await showResponse(`query ${object}`, answer.text);
  return { records, total };
}

async function create(options: RecordCommandsOptions, invocation: Invocation) {
  const { argument, byProgram } = invocation;
  const { service, newRecords, tenantFor, objectFor } = options;
  const connection = await tenantFor(invocation);
  const object = await objectFor(argument, connection);
  const data = dataIn(argument);
  if (!data) {
    if (byProgram) throw new UserError(vscode.l10n.t('The argument data is missing: an object of fields and values.'));
    // A person writes the record itself; saving it creates it.
    return opened(await newRecords.start(connection, object));
  }
  const details = detailsIn(argument);
  const { id } = await showingAnswer(options, argument, `create ${object}`, () =>
    service.create({ connection, object, byProgram }, data, details),
  );
  return { id };
}

async function clone({ newRecords, tenantFor, objectFor }: RecordCommandsOptions, invocation: Invocation) {
  const { argument } = invocation;
  const connection = await tenantFor(invocation);
  const object = await objectFor(argument, connection);
  const [id = ''] = await idsFor(argument, object);
  return opened(await newRecords.clone(connection, object, id));
}

/** What a program gets to know of a document. */
function opened(document: vscode.TextDocument) {
  return { uri: document.uri.toString(), text: document.getText() };
}

async function update(options: RecordCommandsOptions, invocation: Invocation) {
  const { argument, byProgram } = invocation;
  const { service, documents, tenantFor, objectFor } = options;
  const connection = await tenantFor(invocation);
  const object = await objectFor(argument, connection);
  const id = (await idsFor(argument, object))[0] ?? '';
  const data = dataIn(argument);
  if (!data) {
    if (byProgram) throw new UserError(vscode.l10n.t('The argument data is missing: an object of fields and values.'));
    // A person edits the record itself; saving it updates it.
    return documents.show({ connectionId: connection.id, object, id });
  }
  await showingAnswer(options, argument, `update ${object}`, async () => ({
    answer: await service.update({ connection, object, byProgram }, id, data),
  }));
  return { id };
}

/** Where records of several objects are selected there is one question, and one result, for each object. */
async function batches(options: RecordCommandsOptions, invocation: Invocation, operation: BatchOperation) {
  const { argument, byProgram } = invocation;
  const [first, ...others] = await selectedRecords(options, invocation);
  const owner =
    operation === 'changeOwner'
      ? (ownerIn(argument) ?? (await askOwner(options.service, first.connection)))
      : undefined;
  const run = (selected: SelectedRecords) =>
    batch(options, selected, operation, owner, { byProgram, open: argument['open'] });
  const outcome = await run(first);
  for (const other of others) await run(other);
  return outcome;
}

async function batch(
  { service, showResponse, opensResponse, recordName }: RecordCommandsOptions,
  { connection, object, ids }: SelectedRecords,
  operation: BatchOperation,
  owner: string | undefined,
  { byProgram, open }: { byProgram: boolean; open: unknown },
) {
  const show = showProgress(operation, connection, ids.length);
  const result = await service.batch({ connection, object, byProgram }, operation, ids, owner, show);
  const outcome = contractResult(result);
  const showResults = () => showResponse(`${operation} ${object}`, resultDocument(result, outcome));
  const isShown = open !== false && opensResponse(endOf(result) === 'failed');
  if (isShown) await showResults();
  const nameOf = (id: string) => recordName(connection.id, id);
  if (!byProgram) void tellPerson(operation, connection, result, isShown ? undefined : showResults, nameOf);
  return outcome;
}

/** Opens the answer of a write, a refusal's too, where the person wants that. */
async function showingAnswer<T extends { answer: Answer }>(
  { opensResponse, showResponse }: RecordCommandsOptions,
  argument: Argument,
  title: string,
  write: () => Promise<T>,
): Promise<T> {
  const show = async (text: string, failed: boolean) => {
    if (argument['open'] !== false && opensResponse(failed)) await showResponse(title, text);
  };
  try {
    const result = await write();
    await show(result.answer.text, false);
    return result;
  } catch (error) {
    if (error instanceof ApiError) await show(error.answerText, true);
    throw error;
  }
}
