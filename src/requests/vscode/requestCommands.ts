import * as vscode from 'vscode';
import { textIn, type Argument } from '../../base/argument';
import { UserError } from '../../base/userError';
import { askChoice } from '../../base/vscode/ask';
import { displayLanguage } from '../../base/vscode/settings';
import type { Handlers, Invocation } from '../../commands';
import type { Connection } from '../../connections/connection';
import {
  operationName,
  operationNamed,
  requestOperations,
  requestText,
  type FieldSample,
  type RequestOperation,
} from '../templates';
import { languageId } from './requestFiles';

export interface RequestCommandsOptions {
  readonly tenantFor: (invocation: Invocation) => Promise<Connection>;
  readonly activeConnection: () => Connection | undefined;
  readonly objectFor: (argument: Argument, connection: Connection) => Promise<string>;
  /** Fields that a new record of the object must have, with values of the right shape. */
  readonly requiredFields: (connection: Connection, object: string) => Promise<readonly FieldSample[]>;
}

export function requestCommands(options: RequestCommandsOptions): Handlers<'fxiaoke.request.new'> {
  return {
    'fxiaoke.request.new': async invocation => {
      const { argument } = invocation;
      const connection = await options.tenantFor(invocation);
      const given = operationIn(argument);
      // The list of objects is of no object.
      const object = given === 'list' ? '' : await options.objectFor(argument, connection);
      const operation = given ?? (await askOperation(object));
      const show = argument['open'] !== false;
      const document = await newRequest(options, connection, object, operation, { id: textIn(argument, 'id'), show });
      return { uri: document.uri.toString(), text: document.getText() };
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
  return openRequest(elsewhere + text, show);
}

/** Opens text as a request file that is not saved yet. */
export async function openRequest(
  content: string,
  show: boolean | vscode.TextDocumentShowOptions = true,
): Promise<vscode.TextDocument> {
  const document = await untitled(content);
  if (show) await vscode.window.showTextDocument(document, show === true ? {} : show);
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
  if (named === undefined) return undefined;
  const known = operationNamed(named);
  if (known) return known;
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
