import * as vscode from 'vscode';
import type { Event } from '../../base/emitter';
import { environmentFileName } from '../environment';
import type { RequestFile, RequestNode } from '../nodes';
import { variableProblems, type RequestSource } from '../prepare';
import type { Problem } from '../problems';
import { problemSentence } from './problemSentences';
import { languageId, parsed, rangeOf } from './requestFiles';

export interface VariableWarningsOptions {
  /** Rejects where the environment cannot be read. */
  readonly sourceOf: (document: vscode.TextDocument) => Promise<RequestSource>;
  /** Connections, environments or answers are others than before. */
  readonly onDidChange: Event;
}

/** Long enough that a name is typed. */
const delay = 400;
/** Of a file with more requests only those in sight are looked at. */
const mostRequests = 200;

/** Marks variables that have no value now, so that it is known before somebody sends. */
export class VariableWarnings implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('fxiaoke-variables');
  readonly #waiting = new Map<vscode.TextDocument, NodeJS.Timeout>();
  readonly #subscriptions: vscode.Disposable;

  constructor(private readonly options: VariableWarningsOptions) {
    const { workspace, window } = vscode;
    const environments = workspace.createFileSystemWatcher(`**/${environmentFileName}`);
    this.#subscriptions = vscode.Disposable.from(
      this.#collection,
      options.onDidChange(() => this.#all()),
      workspace.onDidGrantWorkspaceTrust(() => this.#all()),
      workspace.onDidOpenTextDocument(document => this.#soon(document)),
      workspace.onDidChangeTextDocument(({ document }) => this.#soon(document)),
      environments,
      ...[environments.onDidCreate, environments.onDidChange, environments.onDidDelete].map(changed =>
        changed(() => this.#all()),
      ),
      // Beside a file that is in no folder of the workspace.
      workspace.onDidSaveTextDocument(({ uri }) => uri.path.endsWith(`/${environmentFileName}`) && this.#all()),
      workspace.onDidCloseTextDocument(document => this.#forget(document)),
      window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.#soon(textEditor.document)),
    );
    this.#all();
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#subscriptions.dispose();
  }

  #all(): void {
    for (const document of vscode.workspace.textDocuments) this.#soon(document);
  }

  #soon(document: vscode.TextDocument): void {
    if (document.languageId !== languageId) return;
    clearTimeout(this.#waiting.get(document));
    this.#waiting.set(
      document,
      setTimeout(() => void this.#look(document), delay),
    );
  }

  #forget(document: vscode.TextDocument): void {
    clearTimeout(this.#waiting.get(document));
    this.#waiting.delete(document);
    this.#collection.delete(document.uri);
  }

  async #look(document: vscode.TextDocument): Promise<void> {
    this.#waiting.delete(document);
    const { version } = document;
    // The environment of a folder that is not trusted is not read: whatever it holds may have a value.
    const source = vscode.workspace.isTrusted && (await this.options.sourceOf(document).catch(() => undefined));
    if (document.isClosed || document.version !== version) return;
    const file = parsed(document);
    const found = source ? inSight(document, file).flatMap(each => variableProblems(each, file, source)) : [];
    // One variable of the file may be missed by many requests.
    const places = new Map(found.map(each => [`${each.code} ${each.start}`, each]));
    this.#collection.set(
      document.uri,
      [...places.values()].map(each => diagnosticOf(document, each)),
    );
  }
}

function inSight(document: vscode.TextDocument, file: RequestFile): readonly RequestNode[] {
  if (file.sections.length <= mostRequests) return file.requests;
  const ranges = vscode.window.visibleTextEditors
    .filter(editor => editor.document === document)
    .flatMap(({ visibleRanges }) => visibleRanges)
    .map(({ start, end }) => ({ start: document.offsetAt(start), end: document.offsetAt(end) }));
  return file.sections
    .filter(section => ranges.some(({ start, end }) => section.start <= end && start <= section.end))
    .flatMap(({ request }) => request ?? []);
}

/** An answer that is still to come is no fault: its request is sent first. */
function diagnosticOf(document: vscode.TextDocument, problem: Problem): vscode.Diagnostic {
  const { Error, Information } = vscode.DiagnosticSeverity;
  const isToCome = problem.code === 'responseMissing' || problem.code === 'responseOfOtherTenant';
  const severity = isToCome ? Information : Error;
  const diagnostic = new vscode.Diagnostic(rangeOf(document, problem), problemSentence(problem), severity);
  diagnostic.source = 'Fxiaoke';
  diagnostic.code = problem.code;
  return diagnostic;
}
