import * as vscode from 'vscode';
import { ApiError, RefusedError, type CallError } from '../../api/errors';
import type { Connection } from '../../connections/connection';
import { checkAgainstApi } from '../language/checks';
import type { Fix } from '../language/findings';
import { nothingKnown } from '../language/knowledge';
import { otherTenantMayHelp, tenantChoice } from '../language/tenantChoice';
import { requestAt, sectionAt, type Span } from '../nodes';
import { plainVariables } from '../plainVariables';
import { fixTitle } from './fixTitle';
import { languageId, parsed, rangeOf } from './requestFiles';
import type { Failure, RequestOutcomes } from './requestOutcomes';

export interface FailureActionsOptions {
  readonly outcomes: RequestOutcomes;
  /** The tenants that a request may go to. */
  readonly connections: () => readonly Pick<Connection, 'id' | 'name'>[];
  readonly remedies: (error: CallError) => readonly vscode.Command[];
}

/** What helps after a failure: what is certain in the request itself, another tenant, the explanation, the trace ids. */
export function registerFailureActions(options: FailureActionsOptions): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions: (document, range) =>
      options.outcomes
        .failuresAt(document, range)
        .flatMap(failure => [
          ...fixes(document, failure, range),
          ...options.remedies(failure.error).map(commandAction),
          ...tenants(document, failure, options.connections()),
          ...words(failure),
        ]),
  };
  const providedCodeActionKinds = [vscode.CodeActionKind.QuickFix];
  return vscode.languages.registerCodeActionsProvider(languageId, provider, { providedCodeActionKinds });
}

/** The path of the other kind of object, a limit over the highest: what the endpoint table knows for certain. */
function fixes(
  document: vscode.TextDocument,
  { start, error }: Span & Failure,
  asked: vscode.Range,
): vscode.CodeAction[] {
  if (!(error instanceof ApiError)) return [];
  const file = parsed(document);
  const section = sectionAt(file, start);
  const request = section?.parsed.request;
  if (!section || !request) return [];
  return checkAgainstApi(request, nothingKnown, plainVariables(file)).flatMap(({ fix }) => {
    if (!fix || fix.isGuess) return [];
    const place = { start: section.start + fix.start, end: section.start + fix.end };
    const range = rangeOf(document, place);
    // Where the cursor is at the very place, its own diagnostic offers that.
    if (range.intersection(asked)) return [];
    const title = fixTitle(document.getText(range), fix.text, true);
    return editAction(title, document, { ...place, text: fix.text });
  });
}

/** Those that the request did not go to, where that may be what is wrong. */
function tenants(
  document: vscode.TextDocument,
  { start, error, tenant }: Span & Failure,
  connections: readonly Pick<Connection, 'id' | 'name'>[],
) {
  const file = parsed(document);
  const request = requestAt(file, start);
  if (!request || !otherTenantMayHelp(error)) return [];
  // A name that nobody has here is wrong for all requests that it is written for.
  const isMistyped = error instanceof RefusedError && error.code === 'connectionUnknown';
  return connections
    .filter(({ id }) => id !== tenant)
    .map(({ name }) => {
      const choice = tenantChoice(file, request, name, isMistyped);
      const title = choice.forFile
        ? vscode.l10n.t('Choose the tenant {0} for the whole file', name)
        : vscode.l10n.t('Choose the tenant {0}', name);
      return editAction(title, document, choice);
    });
}

function editAction(title: string, document: vscode.TextDocument, fix: Fix): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.replace(document.uri, rangeOf(document, fix), fix.text);
  return action;
}

function commandAction(command: vscode.Command): vscode.CodeAction {
  const action = new vscode.CodeAction(command.title, vscode.CodeActionKind.QuickFix);
  action.command = command;
  return action;
}

function words({ error, answer }: Failure): vscode.CodeAction[] {
  const explain = error instanceof ApiError ? [explanation(error.errorCode)] : [];
  return answer === undefined ? explain : [...explain, copyTraceIds(answer)];
}

function explanation(errorCode: number): vscode.CodeAction {
  const title = vscode.l10n.t('Explain {0}', errorCode);
  return commandAction({ title, command: 'fxiaoke.error.explain', arguments: [{ errorCode, byPerson: true }] });
}

function copyTraceIds(id: string): vscode.CodeAction {
  const title = vscode.l10n.t('Copy the trace IDs');
  return commandAction({ title, command: 'fxiaoke.history.copyTraceIds', arguments: [{ id, byPerson: true }] });
}
