import * as vscode from 'vscode';
import { inSlices } from '../../base/slices';
import type { Finding } from '../language/findings';
import { Diagnoser, type Found } from '../language/diagnose';
import type { Knowledge } from '../language/knowledge';
import { PerSection } from '../perSection';
import { noVariables, plainVariables, samePlainVariables } from '../plainVariables';
import type { PlacedSection } from '../placedSection';
import { isError, type Problem } from '../problems';
import { findingSentence } from './findingSentences';
import { problemSentence } from './problemSentences';
import { parsed, rangeIn, rangeOf } from './requestFiles';

/** As many lines as a large editor shows. */
const firstLines = 100;

/** What is wrong with one document, version after version: only what changed is checked, and said, anew. */
export class DocumentCheck {
  readonly #diagnoser = new Diagnoser();
  readonly #shown = new PerSection<readonly vscode.Diagnostic[]>();
  #connection: string | undefined;
  #variables = noVariables;

  constructor(
    private readonly document: vscode.TextDocument,
    private readonly knowledgeOf: (connection: string | undefined) => Knowledge,
  ) {}

  /** There is more to know than before. */
  forget(): void {
    this.#shown.forget();
  }

  /**
   * Shows all that is wrong. A long file is checked in slices, what is in sight first: `showFirst` is called with that
   * when there is more to come. Ends when it is no longer to go on.
   */
  async run(
    show: (diagnostics: readonly vscode.Diagnostic[]) => void,
    showFirst: (diagnostics: readonly vscode.Diagnostic[]) => void,
    goOn: () => boolean,
  ): Promise<void> {
    const { document } = this;
    const file = parsed(document);
    const shown = this.#shown;
    shown.follow(file.sections);
    // What its tenant knows of the requests that name none themselves, and what stands in their variables.
    const variables = plainVariables(file);
    if (this.#connection !== file.connection?.value.text || !samePlainVariables(this.#variables, variables)) {
      shown.forget();
    }
    this.#connection = file.connection?.value.text;
    this.#variables = variables;
    const foundIn = this.#diagnoser.of(file, this.knowledgeOf);
    const check = (at: number) => shown.make(at, section => diagnosticsIn(section, foundIn(section)));
    const missing = shown.missing();
    const [inSight, others] = inSightFirst(document, file.sections, missing);
    inSight.forEach(check);
    if (others.length > 0) showFirst(shown.all.flat());
    if (!(await inSlices(others, check, goOn))) return;
    const duplicates = file.duplicates.map(each => problemDiagnostic(each, rangeOf(document, each)));
    show([...shown.all.flat(), ...duplicates]);
  }

  /** What is wrong in the sections of a range. */
  foundIn(range: vscode.Range): (Found & { readonly section: PlacedSection })[] {
    const file = parsed(this.document);
    const foundIn = this.#diagnoser.of(file, this.knowledgeOf);
    return file.sections.filter(isIn([range])).map(section => ({ section, ...foundIn(section) }));
  }
}

/** The sections that an editor shows, or will show when it opens, and all others. */
function inSightFirst(document: vscode.TextDocument, sections: readonly PlacedSection[], all: readonly number[]) {
  const editors = vscode.window.visibleTextEditors.filter(editor => editor.document === document);
  const top = new vscode.Range(0, 0, firstLines, 0);
  const isInSight = isIn(editors.length > 0 ? editors.flatMap(({ visibleRanges }) => visibleRanges) : [top]);
  const inSight = new Set(all.filter(at => sections[at] && isInSight(sections[at])));
  return [[...inSight], all.filter(at => !inSight.has(at))] as const;
}

function isIn(ranges: readonly vscode.Range[]): (section: PlacedSection) => boolean {
  return ({ line, lineBelow }) => ranges.some(({ start, end }) => line <= end.line && start.line <= lineBelow);
}

function diagnosticsIn(section: PlacedSection, { problems, findings }: Found): vscode.Diagnostic[] {
  const { Warning } = vscode.DiagnosticSeverity;
  return [
    ...problems.map(each => problemDiagnostic(each, rangeIn(section, each))),
    // The documentation may be wrong: what the API would refuse is a warning, and can be sent.
    ...findings.map(each => diagnosticOf(each, rangeIn(section, each), findingSentence(each), Warning)),
  ];
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
