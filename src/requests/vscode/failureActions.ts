import * as vscode from 'vscode';
import { checkAgainstApi } from '../language/checks';
import { nothingKnown } from '../language/knowledge';
import { sectionAt } from '../nodes';
import { languageId, parsed, rangeOf } from './requestFiles';
import type { Finding, RequestOutcomes } from './requestOutcomes';

/** What helps after a failing errorCode: what is certain in the request itself, the explanation, the trace ids. */
export function registerFailureActions(outcomes: RequestOutcomes): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions: (document, range) =>
      outcomes.failuresAt(document, range).flatMap(failure => [...fixes(document, failure), ...words(failure)]),
  };
  const providedCodeActionKinds = [vscode.CodeActionKind.QuickFix];
  return vscode.languages.registerCodeActionsProvider(languageId, provider, { providedCodeActionKinds });
}

/** The path of the other kind of object, a limit over the highest: what the endpoint table knows for certain. */
function fixes(document: vscode.TextDocument, { start }: Finding): vscode.CodeAction[] {
  const section = sectionAt(parsed(document), start);
  const request = section?.parsed.request;
  if (!section || !request) return [];
  return checkAgainstApi(request, nothingKnown).flatMap(({ fix }) => {
    if (!fix) return [];
    const place = { start: section.start + fix.start, end: section.start + fix.end };
    const title = vscode.l10n.t('Change {0} to {1}', document.getText(rangeOf(document, place)), fix.text);
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.edit = new vscode.WorkspaceEdit();
    action.edit.replace(document.uri, rangeOf(document, place), fix.text);
    return action;
  });
}

function words({ code, answer }: Finding): vscode.CodeAction[] {
  const explain = code === undefined ? [] : [explanation(code)];
  return answer === undefined ? explain : [...explain, copyTraceIds(answer)];
}

function explanation(errorCode: number): vscode.CodeAction {
  const title = vscode.l10n.t('Explain {0}', errorCode);
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { title, command: 'fxiaoke.error.explain', arguments: [{ errorCode, byPerson: true }] };
  return action;
}

function copyTraceIds(id: string): vscode.CodeAction {
  const title = vscode.l10n.t('Copy the trace ids');
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { title, command: 'fxiaoke.history.copyTraceIds', arguments: [{ id, byPerson: true }] };
  return action;
}
