import * as vscode from 'vscode';
import { numberIn, textIn, type Argument } from '../../base/argument';
import { UserError } from '../../base/userError';
import { askChoice } from '../../base/vscode/ask';
import { displayLanguage } from '../../base/vscode/settings';
import type { Handlers } from '../../commands';
import type { Connection } from '../../connections/connection';
import { requestNamed, sectionAt, type RequestFile, type RequestNode } from '../nodes';
import { parse } from '../parse';
import { operationName, requestOperations, requestText, type FieldSample, type RequestOperation } from '../templates';
import type { SentRequest } from '../sendRequest';
import type { DocumentSender } from './documentSender';
import { languageId } from './requestFiles';

export interface RequestCommandsOptions {
  readonly sender: DocumentSender;
  readonly tenantFor: (argument: Argument) => Connection;
  readonly activeConnection: () => Connection | undefined;
  readonly objectFor: (argument: Argument, connection: Connection) => Promise<string>;
  /** Fields that a new record of the object must have, with values of the right shape. */
  readonly requiredFields: (connection: Connection, object: string) => Promise<readonly FieldSample[]>;
}

export function requestCommands(
  options: RequestCommandsOptions,
): Handlers<'fxiaoke.request.new' | 'fxiaoke.request.send'> {
  return {
    'fxiaoke.request.new': async ({ argument }) => {
      const connection = options.tenantFor(argument);
      const given = operationIn(argument);
      // The list of objects is of no object.
      const object = given === 'list' ? '' : await options.objectFor(argument, connection);
      const operation = given ?? (await askOperation(object));
      const show = argument['open'] !== false;
      const document = await newRequest(options, connection, object, operation, { id: textIn(argument, 'id'), show });
      return { uri: document.uri.toString(), text: document.getText() };
    },
    'fxiaoke.request.send': async ({ argument, byProgram }) => {
      const document = await documentFor(argument);
      const file = parse(document.getText());
      const node = requestFor(document, file, argument, byProgram);
      const connection = textIn(argument, 'connection');
      const open = argument['open'] !== false;
      const sent = await options.sender.send(document, file, node, { connection, byProgram, open });
      return contractResult(sent);
    },
  };
}

/** Opens a request file with a ready body. It names its tenant only where that is not the active one. */
export async function newRequest(
  options: Pick<RequestCommandsOptions, 'requiredFields' | 'activeConnection'>,
  connection: Connection,
  object: string,
  operation: RequestOperation,
  { id, show = true }: { id?: string | undefined; show?: boolean } = {},
): Promise<vscode.TextDocument> {
  const fields = operation === 'create' ? await options.requiredFields(connection, object) : undefined;
  const title = `${operation} ${object}`.trim();
  const text = requestText({ object, operation, title, id, fields, owner: connection.userId });
  const elsewhere = connection.id === options.activeConnection()?.id ? '' : `# @connection ${connection.name}\n\n`;
  const document = await untitled(elsewhere + text);
  if (show) await vscode.window.showTextDocument(document);
  return document;
}

/**
 * A new document with a text. The editor gives the name of a closed one again, and sometimes what was written in that
 * one as well; then the next name is taken.
 */
async function untitled(content: string): Promise<vscode.TextDocument> {
  for (let attempt = 1; ; attempt++) {
    const document = await vscode.workspace.openTextDocument({ language: languageId, content });
    if (document.getText() === content || attempt === 3) return document;
  }
}

function operationIn(argument: Argument): RequestOperation | undefined {
  const named = textIn(argument, 'operation');
  const known = requestOperations.find(operation => operation === named);
  if (named === undefined || known) return known;
  throw new UserError(vscode.l10n.t('There is no operation “{0}”.', named));
}

function askOperation(object: string): Promise<RequestOperation> {
  return askChoice(
    object,
    vscode.l10n.t('What should the request do?'),
    requestOperations.map(operation => ({
      label: operationName(operation)[displayLanguage()],
      description: operation,
      value: operation,
    })),
  );
}

async function documentFor(argument: Argument): Promise<vscode.TextDocument> {
  const { uri } = argument;
  if (uri instanceof vscode.Uri) return vscode.workspace.openTextDocument(uri);
  if (typeof uri === 'string') return vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  if (uri !== undefined) throw new UserError(vscode.l10n.t('The argument uri is not a URI.'));
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId === languageId) return document;
  throw new UserError(vscode.l10n.t('Open a request file (*.fxhttp) first.'));
}

/** By `name`, by `line` (counted from 0), at the cursor, or the first. */
function requestFor(
  document: vscode.TextDocument,
  file: RequestFile,
  argument: Argument,
  byProgram: boolean,
): RequestNode {
  const name = textIn(argument, 'name');
  const named = name === undefined ? undefined : requestNamed(file, name);
  if (name !== undefined && !named)
    throw new UserError(vscode.l10n.t('There is no request called {0} in this file.', name));
  const line = numberIn(argument, 'line') ?? (byProgram ? undefined : cursorLine(document));
  const offset = line === undefined ? undefined : document.offsetAt(new vscode.Position(line, 0));
  const node = named ?? (offset === undefined ? file.requests[0] : sectionAt(file, offset)?.request);
  if (!node) throw new UserError(vscode.l10n.t('There is no request here. One begins with a line such as POST /cgi/…'));
  return node;
}

function cursorLine(document: vscode.TextDocument): number | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const editor = [activeTextEditor, ...visibleTextEditors].find(each => each?.document === document);
  return editor?.selection.active.line;
}

function contractResult({ answer, assertions }: SentRequest) {
  return {
    errorCode: answer.errorCode,
    body: answer.body,
    traceId: answer.traceId,
    thirdTraceId: answer.context.thirdTraceId,
    milliseconds: answer.milliseconds,
    assertions: assertions.map(({ text, passed }) => ({ text, passed })),
  };
}
