import * as vscode from 'vscode';
import { systemClock, type Clock } from '../../base/clock';
import { inSlices } from '../../base/slices';
import type { Finding } from '../language/checks';
import { Diagnoser, fixOf, type Found } from '../language/diagnose';
import type { RequestFile } from '../nodes';
import type { PlacedSection } from '../placedSection';
import { isError, type Problem } from '../problems';
import { findingSentence } from './findingSentences';
import { problemSentence } from './problemSentences';
import { languageId, parsed, rangeIn, rangeOf } from './requestFiles';
import type { TenantKnowledge } from './tenantKnowledge';

/** Long enough that a word is typed, short enough that nobody waits. */
const delay = 250;
/** As many lines as a large editor shows. */
const firstLines = 100;

/**
 * Shows what is wrong with open request files while they are typed, and offers to put it right. A long file is checked
 * in slices, what is in sight first, so that the editor can be used meanwhile.
 */
export class RequestDiagnostics implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('fxiaoke-request');
  readonly #diagnosers = new WeakMap<vscode.TextDocument, Diagnoser>();
  /** Of each document the newest look at it, which takes the place of those before; how to stop it. */
  readonly #looks = new Map<vscode.TextDocument, () => void>();
  readonly #subscriptions: vscode.Disposable;

  constructor(
    private readonly knowledge: Pick<TenantKnowledge, 'of' | 'onDidChange'>,
    private readonly clock: Clock = systemClock,
  ) {
    const { workspace } = vscode;
    this.#subscriptions = vscode.Disposable.from(
      this.#collection,
      workspace.onDidOpenTextDocument(document => this.#look(document, 0)),
      workspace.onDidChangeTextDocument(({ document }) => this.#look(document, delay)),
      workspace.onDidCloseTextDocument(document => this.#forget(document)),
      knowledge.onDidChange(() => this.#all()),
      vscode.languages.registerCodeActionsProvider(languageId, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    );
    this.#all();
  }

  dispose(): void {
    for (const stop of this.#looks.values()) stop();
    this.#subscriptions.dispose();
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const file = parsed(document);
    const foundIn = this.#diagnose(document, file);
    const sections = file.sections.filter(({ line, lineBelow }) => line <= range.end.line && range.start.line <= lineBelow);
    return sections.flatMap(section => {
      const { problems, findings } = foundIn(section);
      return [...problems, ...findings].flatMap(found => {
        const fix = fixOf(found);
        return fix && rangeIn(section, found).intersection(range)
          ? actionFor(document, rangeIn(section, fix), fix.text)
          : [];
      });
    });
  }

  #all(): void {
    for (const document of vscode.workspace.textDocuments) this.#look(document, delay);
  }

  #look(document: vscode.TextDocument, after: number): void {
    if (document.languageId !== languageId) return;
    this.#looks.get(document)?.();
    let stopped = false;
    const stopTimer = this.clock.after(after, () => void this.#check(document, () => !stopped && !document.isClosed));
    this.#looks.set(document, () => {
      stopped = true;
      stopTimer();
    });
  }

  #forget(document: vscode.TextDocument): void {
    this.#looks.get(document)?.();
    this.#looks.delete(document);
    this.#collection.delete(document.uri);
  }

  async #check(document: vscode.TextDocument, goOn: () => boolean): Promise<void> {
    if (!goOn()) return;
    const { uri } = document;
    const file = parsed(document);
    const foundIn = this.#diagnose(document, file);
    const check = (section: PlacedSection) => diagnosticsIn(section, foundIn(section));
    const [inSight, others] = inSightFirst(document, file.sections);
    const first = inSight.flatMap(check);
    // A later look leaves what is shown until it knows all.
    if (others.length > 0 && !this.#collection.has(uri)) this.#collection.set(uri, first);
    if (!(await inSlices(others, check, goOn))) return;
    const duplicates = file.duplicates.map(each => problemDiagnostic(each, rangeOf(document, each)));
    this.#collection.set(uri, [...file.sections.flatMap(check), ...duplicates]);
  }

  #diagnose(document: vscode.TextDocument, file: RequestFile): (section: PlacedSection) => Found {
    const diagnoser = this.#diagnosers.get(document) ?? new Diagnoser();
    this.#diagnosers.set(document, diagnoser);
    return diagnoser.of(file, connection => this.knowledge.of(connection));
  }
}

/** The sections that an editor shows, or will show when it opens, and all others. */
function inSightFirst(document: vscode.TextDocument, sections: readonly PlacedSection[]) {
  const shown = vscode.window.visibleTextEditors
    .filter(editor => editor.document === document)
    .flatMap(({ visibleRanges }) => visibleRanges.map(({ start, end }) => [start.line, end.line] as const));
  const ranges = shown.length > 0 ? shown : [[0, firstLines] as const];
  const isInSight = ({ line, lineBelow }: PlacedSection) =>
    ranges.some(([from, to]) => line <= to && from <= lineBelow);
  return [sections.filter(isInSight), sections.filter(section => !isInSight(section))] as const;
}

interface Shown {
  readonly line: number;
  readonly diagnostics: readonly vscode.Diagnostic[];
}
const shown = new WeakMap<Found, Shown>();

/** What is wrong in a section as the editor shows it: what stands on its line as before is not made anew. */
function diagnosticsIn(section: PlacedSection, found: Found): readonly vscode.Diagnostic[] {
  const { line } = section;
  const last = shown.get(found);
  if (last?.line === line) return last.diagnostics;
  const diagnostics = [
    ...found.problems.map(each => problemDiagnostic(each, rangeIn(section, each))),
    // The documentation may be wrong: what the API would refuse is a warning, and can be sent.
    ...found.findings.map(each => diagnosticOf(each, rangeIn(section, each), findingSentence(each), vscode.DiagnosticSeverity.Warning)),
  ];
  shown.set(found, { line, diagnostics });
  return diagnostics;
}

function problemDiagnostic(problem: Problem, range: vscode.Range): vscode.Diagnostic {
  const { Error, Warning } = vscode.DiagnosticSeverity;
  return diagnosticOf(problem, range, problemSentence(problem), isError(problem) ? Error : Warning);
}

function diagnosticOf(
  { code }: Problem | Finding,
  range: vscode.Range,
  text: string,
  severity: vscode.DiagnosticSeverity,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, text, severity);
  diagnostic.source = 'Fxiaoke';
  diagnostic.code = code;
  return diagnostic;
}

function actionFor(document: vscode.TextDocument, range: vscode.Range, text: string): vscode.CodeAction {
  const action = new vscode.CodeAction(
    vscode.l10n.t('Change to {0}', oneLine(text)),
    vscode.CodeActionKind.QuickFix,
  );
  action.edit = new vscode.WorkspaceEdit();
  action.edit.replace(document.uri, range, text);
  action.isPreferred = true;
  return action;
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
