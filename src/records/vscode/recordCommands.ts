import * as vscode from 'vscode';
import type { Answer } from '../../api/answer';
import { ApiError } from '../../api/errors';
import { numberIn, textIn, textsIn, type Argument } from '../../base/argument';
import { isJsonObject } from '../../base/json';
import { UserError } from '../../base/userError';
import { askText } from '../../base/vscode/ask';
import type { Handlers, Invocation } from '../../commands';
import type { Connection } from '../../connections/connection';
import type { Details, Filter, Order } from '../recordCalls';
import type { BatchOperation, RecordService } from '../recordService';
import type { RecordDocuments } from './recordDocuments';
import { askOwner } from './askOwner';
import { showProgress, contractResult, resultDocument, tellPerson } from './batchProgress';

type RecordCommand =
  | 'fxiaoke.record.get'
  | 'fxiaoke.record.query'
  | 'fxiaoke.record.create'
  | 'fxiaoke.record.update'
  | 'fxiaoke.record.changeOwner'
  | 'fxiaoke.record.invalidate'
  | 'fxiaoke.record.recover'
  | 'fxiaoke.record.delete'
  | 'fxiaoke.record.lock'
  | 'fxiaoke.record.unlock';

export interface RecordCommandsOptions {
  readonly service: RecordService;
  readonly documents: RecordDocuments;
  readonly tenantFor: (argument: Argument) => Connection;
  readonly objectFor: (argument: Argument, connection: Connection) => Promise<string>;
  readonly showResponse: (title: string, text: string) => Promise<unknown>;
  /** Whether the answer of a write is to be opened. */
  readonly opensResponse: (failed: boolean) => boolean;
  /** Opens a request file with a ready body: how a person creates a record. */
  readonly newRequest: (connection: Connection, object: string, operation: 'create' | 'query') => Promise<unknown>;
}

export function recordCommands(options: RecordCommandsOptions): Handlers<RecordCommand> {
  return {
    'fxiaoke.record.get': invocation => get(options, invocation),
    'fxiaoke.record.query': invocation => query(options, invocation),
    'fxiaoke.record.create': invocation => create(options, invocation),
    'fxiaoke.record.update': invocation => update(options, invocation),
    'fxiaoke.record.changeOwner': invocation => batch(options, invocation, 'changeOwner'),
    'fxiaoke.record.invalidate': invocation => batch(options, invocation, 'invalidate'),
    'fxiaoke.record.recover': invocation => batch(options, invocation, 'recover'),
    'fxiaoke.record.delete': invocation => batch(options, invocation, 'delete'),
    'fxiaoke.record.lock': invocation => batch(options, invocation, 'lock'),
    'fxiaoke.record.unlock': invocation => batch(options, invocation, 'unlock'),
  };
}

async function get({ service, documents, tenantFor, objectFor }: RecordCommandsOptions, { argument }: Invocation) {
  const connection = tenantFor(argument);
  const object = await objectFor(argument, connection);
  const id = (await idsFor(argument, object))[0] ?? '';
  if (argument['open'] === false) return (await service.get(connection, object, id)).record;
  return documents.show({ connectionId: connection.id, object, id });
}

async function query(options: RecordCommandsOptions, { argument, byProgram }: Invocation) {
  const { service, tenantFor, objectFor, showResponse, newRequest } = options;
  const connection = tenantFor(argument);
  const object = await objectFor(argument, connection);
  // A person writes the query where its fields can be seen and changed.
  if (!byProgram) return newRequest(connection, object, 'query');
  const { records, total, answer } = await service.query(connection, object, {
    filters: filtersIn(argument),
    orders: ordersIn(argument),
    fields: textsIn(argument, 'fields'),
    limit: numberIn(argument, 'limit'),
    offset: numberIn(argument, 'offset'),
  });
  if (argument['open'] !== false) await showResponse(`query ${object}`, answer.text);
  return { records, total };
}

async function create(options: RecordCommandsOptions, { argument, byProgram }: Invocation) {
  const { service, tenantFor, objectFor, newRequest } = options;
  const connection = tenantFor(argument);
  const object = await objectFor(argument, connection);
  const data = argument['data'];
  if (!isJsonObject(data)) {
    if (byProgram) throw new UserError(vscode.l10n.t('The argument data is missing: an object of fields and values.'));
    return newRequest(connection, object, 'create');
  }
  const details = isJsonObject(argument['details']) ? (argument['details'] as Details) : undefined;
  const { id } = await showingAnswer(options, argument, `create ${object}`, () =>
    service.create({ connection, object, byProgram }, data, details),
  );
  return { id };
}

async function update(options: RecordCommandsOptions, { argument, byProgram }: Invocation) {
  const { service, documents, tenantFor, objectFor } = options;
  const connection = tenantFor(argument);
  const object = await objectFor(argument, connection);
  const id = (await idsFor(argument, object))[0] ?? '';
  const data = argument['data'];
  if (!isJsonObject(data)) {
    if (byProgram) throw new UserError(vscode.l10n.t('The argument data is missing: an object of fields and values.'));
    // A person edits the record itself; saving it updates it.
    return documents.show({ connectionId: connection.id, object, id });
  }
  await showingAnswer(options, argument, `update ${object}`, async () => ({
    answer: await service.update({ connection, object, byProgram }, id, data),
  }));
  return { id };
}

async function batch(options: RecordCommandsOptions, { argument, byProgram }: Invocation, operation: BatchOperation) {
  const { service, tenantFor, objectFor, showResponse, opensResponse } = options;
  const connection = tenantFor(argument);
  const object = await objectFor(argument, connection);
  const ids = await idsFor(argument, object);
  const owner = operation === 'changeOwner' ? (ownerIn(argument) ?? (await askOwner(service, connection))) : undefined;
  const show = showProgress(operation, connection, ids.length);
  const result = await service.batch({ connection, object, byProgram }, operation, ids, owner, show);
  const outcome = contractResult(result);
  const failed = outcome.failed.length > 0;
  if (argument['open'] !== false && opensResponse(failed)) {
    await showResponse(`${operation} ${object}`, resultDocument(result, outcome));
  }
  if (!byProgram) tellPerson(operation, connection, outcome);
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

/** The ids in the argument (`ids`, else `id`), else those the person types. */
async function idsFor(argument: Argument, object: string): Promise<string[]> {
  const single = textIn(argument, 'id');
  const given = textsIn(argument, 'ids') ?? (single === undefined ? undefined : [single]);
  if (Array.isArray(argument['ids']) && given?.length !== argument['ids'].length) {
    throw new UserError(vscode.l10n.t('The argument ids must be a list of record ids.'));
  }
  if (given) return given;
  const typed = await askText({
    title: object,
    prompt: vscode.l10n.t('Record id (several: separated by commas or spaces)'),
    placeHolder: '64f0c0ffee00000000000001',
    problem: text => (text === '' ? vscode.l10n.t('A value is required.') : undefined),
  });
  return typed.split(/[\s,，]+/).filter(id => id !== '');
}

/** A filter that is not one is refused, not left out: a caller may delete what the query gives. */
function filtersIn(argument: Argument): Filter[] | undefined {
  return listIn(argument, 'filters', (entry): entry is Filter => {
    const { field_name, operator, field_values } = entry as Partial<Filter>;
    return typeof field_name === 'string' && typeof operator === 'string' && Array.isArray(field_values);
  });
}

function ordersIn(argument: Argument): Order[] | undefined {
  return listIn(argument, 'orders', (entry): entry is Order => {
    const { fieldName, isAsc } = entry as Partial<Order>;
    return typeof fieldName === 'string' && typeof isAsc === 'boolean';
  });
}

function listIn<T>(argument: Argument, key: string, fits: (entry: object) => entry is object & T): T[] | undefined {
  const value = argument[key];
  if (value === undefined) return undefined;
  const list: unknown[] = Array.isArray(value) ? value : [undefined];
  const fitting = list.filter(
    (entry): entry is object & T => typeof entry === 'object' && entry !== null && fits(entry),
  );
  if (fitting.length === list.length) return fitting;
  throw new UserError(vscode.l10n.t('The argument {0} does not have the shape that the API takes.', key));
}

/** One employee id; the API's own shape, a list of one, is taken too. */
function ownerIn(argument: Argument): string | undefined {
  const list = textsIn(argument, 'owner');
  return textIn(argument, 'owner') ?? (list?.length === 1 ? list[0] : undefined);
}
