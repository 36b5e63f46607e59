import * as vscode from 'vscode';
import type { Fix } from '../language/checks';
import { Diagnoser, fixesOf, punctuationFixes, type Diagnosis } from '../language/diagnose';
import { isError } from '../problems';
import { findingSentence } from './findingSentences';
import { problemSentence } from './problemSentences';
import { languageId, parsed, rangeOf } from './requestFiles';
import type { TenantKnowledge } from './tenantKnowledge';

/** Long enough that a word is typed, short enough that nobody waits. */
const delay = 250;

/** Shows what is wrong with open request files while they are typed, and offers to put it right. */
export class RequestDiagnostics implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('fxiaoke-request');
  readonly #diagnosers = new WeakMap<vscode.TextDocument, Diagnoser>();
  readonly #waiting = new Map<vscode.TextDocument, NodeJS.Timeout>();
  readonly #subscriptions: vscode.Disposable;

  constructor(private readonly knowledge: TenantKnowledge) {
    const { workspace } = vscode;
    this.#subscriptions = vscode.Disposable.from(
      this.#collection,
      workspace.onDidOpenTextDocument(document => this.#soon(document)),
      workspace.onDidChangeTextDocument(({ document }) => this.#soon(document)),
      workspace.onDidCloseTextDocument(document => this.#forget(document)),
      knowledge.onDidChange(() => this.#all()),
      vscode.languages.registerCodeActionsProvider(languageId, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    );
    this.#all();
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#subscriptions.dispose();
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const { problems, findings } = this.#diagnose(document);
    const touched = [...problems, ...findings].filter(found => rangeOf(document, found).intersection(range));
    const mistyped = touched.find(({ code }) => code === 'fullWidthPunctuation');
    const choices = [
      ...(mistyped ? [[punctuationFixes(parsed(document), problems, mistyped.start)]] : []),
      ...touched.map(found => fixesOf(found).map(fix => [fix])),
    ];
    return choices.flatMap(edits => edits.map(each => editAction(document, each, edits.length === 1)));
  }

  #all(): void {
    for (const document of vscode.workspace.textDocuments) this.#soon(document);
  }

  #soon(document: vscode.TextDocument): void {
    if (document.languageId !== languageId) return;
    clearTimeout(this.#waiting.get(document));
    this.#waiting.set(
      document,
      setTimeout(() => this.#show(document), delay),
    );
  }

  #forget(document: vscode.TextDocument): void {
    clearTimeout(this.#waiting.get(document));
    this.#waiting.delete(document);
    this.#collection.delete(document.uri);
  }

  #show(document: vscode.TextDocument): void {
    this.#waiting.delete(document);
    if (document.isClosed) return;
    this.#collection.set(document.uri, diagnosticsOf(document, this.#diagnose(document)));
  }

  #diagnose(document: vscode.TextDocument): Diagnosis {
    const diagnoser = this.#diagnosers.get(document) ?? new Diagnoser();
    this.#diagnosers.set(document, diagnoser);
    return diagnoser.diagnose(parsed(document), connection => this.knowledge.of(connection));
  }
}

export function diagnosticsOf(document: vscode.TextDocument, { problems, findings }: Diagnosis): vscode.Diagnostic[] {
  const { Error, Warning } = vscode.DiagnosticSeverity;
  const shown = [
    ...problems.map(each => ({ each, text: problemSentence(each), severity: isError(each) ? Error : Warning })),
    // The documentation may be wrong: what the API would refuse is a warning, and can be sent.
    ...findings.map(each => ({ each, text: findingSentence(each), severity: Warning })),
  ];
  return shown.map(({ each, text, severity }) => {
    const diagnostic = new vscode.Diagnostic(rangeOf(document, each), text, severity);
    diagnostic.source = 'Fxiaoke';
    diagnostic.code = each.code;
    return diagnostic;
  });
}

function editAction(document: vscode.TextDocument, fixes: readonly Fix[], isPreferred: boolean): vscode.CodeAction {
  const [only, second] = fixes;
  const title =
    only && !second
      ? vscode.l10n.t('Change to {0}', oneLine(only.text))
      : vscode.l10n.t('Replace all full-width punctuation of the request');
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  for (const fix of fixes) action.edit.replace(document.uri, rangeOf(document, fix), fix.text);
  action.isPreferred = isPreferred;
  return action;
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
