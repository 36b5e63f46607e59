import * as vscode from 'vscode';
import { ApiError, type CallError } from '../../api/errors';
import type { AssertionResult } from '../assertions';
import type { Span } from '../nodes';
import { shiftSpan } from '../shiftSpan';
import { assertionNote, assertionSentence } from './assertionSentences';
import { languageId } from './requestFiles';

/** A finding about a request of a document, with its place. */
export interface Finding extends Span {
  readonly message: string;
  readonly failure?: Failure | undefined;
}

/** Why a request did not do what it should. */
export interface Failure {
  readonly error: CallError;
  /** The id of the connection that it was sent with, as far as that is known. */
  readonly tenant: string | undefined;
  /** Of the answer that the history keeps. */
  readonly answer?: string | undefined;
}

/** What became of one request: it holds until its text changes. The span is that of its section. */
export interface Outcome extends Span {
  readonly findings: readonly Finding[];
  readonly assertions: readonly AssertionResult[];
}

/** Shows what became of requests in their documents: a failure on its line, a note after each assertion. */
export class RequestOutcomes implements vscode.Disposable {
  readonly #diagnostics = vscode.languages.createDiagnosticCollection('fxiaoke');
  readonly #outcomes = new Map<string, readonly Outcome[]>();
  readonly #passed = noteType('testing.iconPassed');
  readonly #failed = noteType('testing.iconFailed');
  readonly #subscription: vscode.Disposable;

  /** `clean` takes secrets out of what is shown. */
  constructor(private readonly clean: (text: string) => string) {
    this.#subscription = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(change => this.#shift(change)),
      vscode.workspace.onDidCloseTextDocument(document => this.#keep(document, [])),
      vscode.window.onDidChangeVisibleTextEditors(editors => {
        for (const editor of editors) this.#decorate(editor);
      }),
    );
  }

  dispose(): void {
    for (const each of [this.#subscription, this.#diagnostics, this.#passed, this.#failed]) each.dispose();
  }

  /** In place of what was known of the same request. */
  set(document: vscode.TextDocument, outcome: Outcome): void {
    this.#keep(document, [...this.#others(document, outcome), outcome]);
  }

  clear(document: vscode.TextDocument, section: Span): void {
    this.#keep(document, this.#others(document, section));
  }

  /** The failures whose place a range touches. */
  failuresAt(document: vscode.TextDocument, range: vscode.Range): (Span & Failure)[] {
    const outcomes = this.#outcomes.get(document.uri.toString()) ?? [];
    const findings = outcomes.flatMap(outcome => outcome.findings);
    return findings.flatMap(({ failure, start, end }) => {
      const isTouched = document.offsetAt(range.start) <= end && start <= document.offsetAt(range.end);
      return failure && isTouched ? [{ ...failure, start, end }] : [];
    });
  }

  #others({ uri }: vscode.TextDocument, { start, end }: Span): Outcome[] {
    const known = this.#outcomes.get(uri.toString()) ?? [];
    return known.filter(each => each.end <= start || end <= each.start);
  }

  #shift({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const outcomes = this.#outcomes.get(document.uri.toString());
    if (!outcomes || contentChanges.length === 0) return;
    // What was answered to an older text says nothing about the new one.
    const shifted = contentChanges.reduce(
      (left, { rangeOffset, rangeLength, text }) => {
        const change = { start: rangeOffset, end: rangeOffset + rangeLength, inserted: text.length };
        return left.flatMap(outcome => {
          const at = shiftSpan(outcome, change);
          return at ? [moved(outcome, at.start - outcome.start)] : [];
        });
      },
      [...outcomes],
    );
    this.#keep(document, shifted);
  }

  #keep(document: vscode.TextDocument, outcomes: readonly Outcome[]): void {
    const key = document.uri.toString();
    if (outcomes.length > 0) this.#outcomes.set(key, outcomes);
    else if (!this.#outcomes.delete(key)) return;
    this.#diagnostics.set(
      document.uri,
      outcomes.flatMap(outcome => this.#diagnosticsOf(document, outcome)),
    );
    for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) this.#decorate(editor);
  }

  #diagnosticsOf(document: vscode.TextDocument, { findings, assertions }: Outcome): vscode.Diagnostic[] {
    const failed = assertions.filter(({ passed }) => !passed);
    return [
      ...findings,
      ...failed.map(result => ({ start: result.start, end: result.end, message: assertionSentence(result) })),
    ].map(({ start, end, message, failure }: Finding) => {
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      const diagnostic = new vscode.Diagnostic(range, this.clean(message), vscode.DiagnosticSeverity.Error);
      diagnostic.source = 'Fxiaoke';
      if (failure) diagnostic.code = failure.error instanceof ApiError ? failure.error.errorCode : failure.error.code;
      return diagnostic;
    });
  }

  #decorate(editor: vscode.TextEditor): void {
    const { document } = editor;
    if (document.languageId !== languageId) return;
    const results = (this.#outcomes.get(document.uri.toString()) ?? []).flatMap(({ assertions }) => assertions);
    const notes = (passed: boolean) =>
      results.filter(result => result.passed === passed).map(result => this.#note(document, result));
    editor.setDecorations(this.#passed, notes(true));
    editor.setDecorations(this.#failed, notes(false));
  }

  #note(document: vscode.TextDocument, result: AssertionResult): vscode.DecorationOptions {
    const { end } = document.lineAt(document.positionAt(result.end).line).range;
    return {
      range: new vscode.Range(end, end),
      renderOptions: { after: { contentText: this.clean(assertionNote(result)) } },
    };
  }
}

function moved(outcome: Outcome, by: number): Outcome {
  const shift = <T extends Span>(span: T): T => ({ ...span, start: span.start + by, end: span.end + by });
  return {
    ...shift(outcome),
    findings: outcome.findings.map(shift),
    assertions: outcome.assertions.map(shift),
  };
}

/** The mark at its front tells passed from failed where the colour does not. */
function noteType(color: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 3em', color: new vscode.ThemeColor(color) },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
  });
}
