import * as vscode from 'vscode';
import { textIn, type Argument } from '../../base/argument';
import type { Connection } from '../../connections/connection';
import type { ToolName } from './registerTools';

/** What a person sees while a tool runs, and is asked before it does. */
export function preparation(
  name: ToolName,
  input: Argument,
  connectionNamed: (idOrName: string | undefined) => Connection,
): vscode.PreparedToolInvocation {
  const invocationMessage = messageFor(name, textOr(input, 'object'));
  const asks = name === 'fxiaoke_query_records' || name === 'fxiaoke_get_record';
  const connection = asks ? orNone(() => connectionNamed(textOr(input, 'connection'))) : undefined;
  if (!connection || connection.role === 'development') return { invocationMessage };
  // Records that are real leave this machine for the model's.
  const title = vscode.l10n.t('Show records of {0} to the language model?', connection.name);
  const message = vscode.l10n.t(
    'It reads {0}, and the records of {1} are real.',
    textOr(input, 'object') ?? '',
    connection.name,
  );
  return { invocationMessage, confirmationMessages: { title, message } };
}

/** What cannot be read here is refused, in a sentence, when the tool runs: nothing is shown then. */
function orNone<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch {
    return undefined;
  }
}

function textOr(input: Argument, key: string): string | undefined {
  return orNone(() => textIn(input, key));
}

function messageFor(name: ToolName, object = ''): string {
  switch (name) {
    case 'fxiaoke_list_objects':
      return vscode.l10n.t('Listing the objects of the CRM');
    case 'fxiaoke_describe_object':
      return vscode.l10n.t('Reading the fields of {0}', object);
    case 'fxiaoke_query_records':
      return vscode.l10n.t('Querying records of {0}', object);
    case 'fxiaoke_get_record':
      return vscode.l10n.t('Reading a record of {0}', object);
    case 'fxiaoke_explain_error':
      return vscode.l10n.t('Looking up an error code of the CRM');
    case 'fxiaoke_validate_request':
      return vscode.l10n.t('Checking a request, without sending it');
    case 'fxiaoke_propose_write':
      return vscode.l10n.t('Proposing a change of {0}, without sending it', object);
  }
}
