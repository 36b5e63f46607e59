import * as vscode from 'vscode';
import type { Field } from '../../objects/fields';
import type { DetailObjects } from '../detailObjects';
import type { OpenRecord, OpenRecords } from '../openRecords';
import type { ValueShape } from '../../objects/valueShape';
import { recordProblems, type RecordProblem } from '../recordProblems';
import { blamedSpans, brokenSpan } from '../recordBlame';
import type { Span } from '../placedFields';
import type { RecordRef } from '../recordRef';
import type { SaveRefusal } from '../recordSaves';
import { documentOf, recordOf, uriOf } from './recordEditors';
import { knownRecord, rangeOf } from './recordLanguage';

/** After so many milliseconds without a key the text is looked at. */
const pause = 200;

/** Marks, in the text of a record, what a save or the tenant would mind. */
export class RecordChecks implements vscode.Disposable {
  readonly #diagnostics = vscode.languages.createDiagnosticCollection('fxiaoke-record');
  /** Why the last save was refused: until the text is another. */
  readonly #refusals = vscode.languages.createDiagnosticCollection('fxiaoke-record-save');
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  /** Detail objects that were asked for: a half-typed name is none, and is not asked for again and again. */
  readonly #asked = new Set<string>();
  readonly #subscriptions: vscode.Disposable;

  constructor(
    private readonly records: OpenRecords,
    private readonly details: Pick<DetailObjects, 'fields' | 'knownFields'>,
  ) {
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument(document => this.#soon(document)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        // The editor tells also of a document that is dirty no more.
        if (contentChanges.length > 0 || !document.isDirty) this.#refusals.delete(document.uri);
        this.#soon(document);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri)),
      // The same text may be right for another reading.
      records.onDidChange(ref => {
        const document = documentOf(uriOf(ref));
        if (document) this.#soon(document);
      }),
    );
  }

  /** Says why a save was refused, at the lines that it is about. What is said there already is not said twice. */
  showRefusal(ref: RecordRef, message: string, refusal: SaveRefusal | undefined): void {
    const document = documentOf(uriOf(ref));
    const open = this.records.known(ref);
    if (!document || !open) return;
    const spans = refusedSpans(document.getText(), message, refusal, open);
    this.#refusals.set(
      document.uri,
      spans.map(span => diagnosticAt(document, span, message, vscode.DiagnosticSeverity.Error)),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#refusals.dispose();
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#diagnostics.dispose();
  }

  #soon(document: vscode.TextDocument): void {
    if (!recordOf(document.uri)) return;
    const key = document.uri.toString();
    clearTimeout(this.#waiting.get(key));
    this.#waiting.set(
      key,
      setTimeout(() => this.#check(document), pause),
    );
  }

  #check(document: vscode.TextDocument): void {
    this.#waiting.delete(document.uri.toString());
    const open = knownRecord(this.records, document);
    // What is as it was read has no problems, whatever it is.
    const problems = open && document.isDirty ? this.#problemsOf(document, open) : [];
    const state = open && stateSentence(open);
    const firstLine = { start: 0, end: Math.max(1, document.getText().indexOf('\n')) };
    this.#diagnostics.set(document.uri, [
      ...(state === undefined ? [] : [diagnosticAt(document, firstLine, state, vscode.DiagnosticSeverity.Warning)]),
      ...problems.map(problem => diagnostic(document, problem)),
    ]);
  }

  #problemsOf(document: vscode.TextDocument, open: OpenRecord): RecordProblem[] {
    const ref = recordOf(document.uri);
    const readings = ref ? this.records.readings(ref) : [];
    return recordProblems(document.getText(), { ...open, readings }, object => this.#fieldsOf(document, object));
  }

  /** Asks for them where they are not known; then the text is looked at once more. */
  #fieldsOf(document: vscode.TextDocument, object: string): readonly Field[] | undefined {
    const { authority } = document.uri;
    const known = this.details.knownFields(authority, object);
    const key = `${authority}/${object}`;
    if (known || this.#asked.has(key)) return known;
    this.#asked.add(key);
    void this.details.fields(authority, object).then(fields => {
      if (fields && !document.isClosed) this.#soon(document);
    });
    return undefined;
  }

  #forget(uri: vscode.Uri): void {
    clearTimeout(this.#waiting.get(uri.toString()));
    this.#waiting.delete(uri.toString());
    this.#diagnostics.delete(uri);
    this.#refusals.delete(uri);
  }
}

function refusedSpans(text: string, message: string, refusal: SaveRefusal | undefined, open: OpenRecord): Span[] {
  switch (refusal?.code) {
    case undefined:
      return blamedSpans(text, message, open);
    case 'conflict':
      return blamedSpans(text, refusal.conflicts.map(({ field }) => field).join(' '), open);
    case 'notJson':
      return [brokenSpan(text)];
    default:
      return [];
  }
}

/** What became of the record, where the person cannot go on with it. */
function stateSentence({ isGone, isInvalidated }: OpenRecord): string | undefined {
  if (isGone) {
    return vscode.l10n.t('This record was deleted, or is hidden from you. What you see is its last known text.');
  }
  return isInvalidated
    ? vscode.l10n.t('This record is invalidated. It can be edited again once it is recovered.')
    : undefined;
}

/** An error where a save would be refused here; a warning where the tenant has the last word. */
function diagnostic(document: vscode.TextDocument, problem: RecordProblem): vscode.Diagnostic {
  const isRefused = ['readOnly', 'ownerChanged', 'removed', 'blank'].includes(problem.code);
  const severity = isRefused ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  return diagnosticAt(document, problem, sentence(problem), severity);
}

function diagnosticAt(
  document: vscode.TextDocument,
  span: Span,
  message: string,
  severity: vscode.DiagnosticSeverity,
): vscode.Diagnostic {
  const made = new vscode.Diagnostic(rangeOf(document, span), message, severity);
  made.source = 'Fxiaoke';
  return made;
}

function sentence(problem: RecordProblem): string {
  switch (problem.code) {
    case 'readOnly':
      return vscode.l10n.t('{0} cannot be changed by an update.', problem.field);
    case 'ownerChanged':
      return vscode.l10n.t('An update cannot change the owner. Use the command Change Owner.');
    case 'removed':
      return vscode.l10n.t('{0} is missing. To empty a field set it to null.', problem.field);
    case 'unknownField':
      return vscode.l10n.t('The object has no field {0}.', problem.field);
    case 'blank':
      return vscode.l10n.t('Fill in {0}.', problem.field);
    case 'required':
      return vscode.l10n.t('{0} is required.', problem.field);
    case 'badDetails':
      return vscode.l10n.t('details must hold a list of records for each detail object.');
    case 'unknownOption':
      return vscode.l10n.t('{0} has no option {1}.', problem.field, problem.value);
    case 'wrongShape':
      return shapeSentence(problem.field, problem.expected);
  }
}

function shapeSentence(field: string, expected: ValueShape): string {
  switch (expected) {
    case 'text':
      return vscode.l10n.t('{0} must be a text.', field);
    case 'number':
      return vscode.l10n.t('{0} must be a number, as a text or not.', field);
    case 'time':
      return vscode.l10n.t('{0} must be a time in milliseconds since 1970.', field);
    case 'boolean':
      return vscode.l10n.t('{0} must be true or false.', field);
    case 'texts':
      return vscode.l10n.t('{0} must be a list of texts.', field);
    case 'list':
      return vscode.l10n.t('{0} must be a list.', field);
  }
}
