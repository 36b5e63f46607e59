import { Emitter } from '../src/base/emitter';
import { Disposable, window as ofTrees } from './vscodeTree';

export * from './vscodeTree';

/**
 * As much of the editor's API as the features that run at each keystroke use, so that they are measured as they ship.
 * Positions are found as the extension host finds them: by the lengths of the lines.
 */
export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(...at: [Position, Position] | [number, number, number, number]) {
    if (at.length === 2) [this.start, this.end] = at;
    else [this.start, this.end] = [new Position(at[0], at[1]), new Position(at[2], at[3])];
  }
}

class Parts {
  readonly parts: unknown[];

  constructor(...parts: unknown[]) {
    this.parts = parts;
  }
}

export const DocumentSymbol = Parts;
export class CodeLens {
  command: unknown;
  constructor(readonly range: Range) {}
}
export const Diagnostic = Parts;
export const CodeAction = Parts;
export const FoldingRange = Parts;
export const SymbolKind = { Function: 11, Variable: 12 };
export const DiagnosticSeverity = { Error: 0, Warning: 1 };
export const CodeActionKind = { QuickFix: 'quickfix' };
export const FoldingRangeKind = { Region: 3 };
export const env = { language: 'en' };
export const l10n = {
  t: (message: string, ...values: unknown[]) =>
    message.replace(/\{(\d+)\}/g, (_, at: string) => String(values[Number(at)])),
};

/** What the person does. */
export const opened = new Emitter<MirroredDocument>();
export const changed = new Emitter<{ readonly document: MirroredDocument; readonly contentChanges: unknown[] }>();
/** What the person sees: how many problems a document has. */
export const diagnosed = new Emitter<{ readonly uri: unknown; readonly count: number }>();

export const window = { ...ofTrees, visibleTextEditors: [] };
export const workspace = {
  textDocuments: [],
  onDidOpenTextDocument: opened.event,
  onDidChangeTextDocument: changed.event,
  onDidCloseTextDocument: () => Disposable.from(),
  getConfiguration: () => ({ get: (_key: string, fallback: unknown) => fallback }),
  onDidChangeConfiguration: () => ({ dispose: () => undefined }),
};
export const languages = {
  registerCodeActionsProvider: () => Disposable.from(),
  createDiagnosticCollection: () => {
    const shown = new Set<unknown>();
    return {
      has: (uri: unknown) => shown.has(uri),
      set: (uri: unknown, { length }: readonly unknown[]) => {
        shown.add(uri);
        diagnosed.fire({ uri, count: length });
      },
    };
  },
};

/** A document as the extension host mirrors it: lines, joined to a text when somebody asks for it. */
export class MirroredDocument {
  version = 1;
  readonly languageId = 'fxiaoke-request';
  readonly isUntitled = false;
  readonly isClosed = false;
  #text: string | undefined;
  readonly #starts: Uint32Array;
  /** Up to which line the starts are right. */
  #valid = 0;

  constructor(
    readonly lines: string[],
    readonly uri: { readonly scheme: string; readonly path: string },
  ) {
    this.#starts = new Uint32Array(lines.length);
  }

  get lineCount(): number {
    return this.lines.length;
  }

  getText(): string {
    return (this.#text ??= this.lines.join('\n'));
  }

  /** At the end of a line a letter comes, or the last one goes, and the editor tells of it. */
  type(line: number, letter: string | undefined): void {
    const text = this.lines[line] ?? '';
    const end = this.offsetAt(new Position(line, text.length));
    this.lines[line] = letter === undefined ? text.slice(0, -1) : text + letter;
    this.version++;
    this.#text = undefined;
    this.#valid = Math.min(this.#valid, line);
    const change =
      letter === undefined ? { rangeOffset: end - 1, rangeLength: 1 } : { rangeOffset: end, rangeLength: 0 };
    changed.fire({ document: this, contentChanges: [{ ...change, text: letter ?? '' }] });
  }

  offsetAt({ line, character }: Position): number {
    return (this.#startsOfLines()[line] ?? 0) + character;
  }

  lineAt(at: number): { text: string; range: Range } {
    const text = this.lines[at] ?? '';
    return { text, range: new Range(new Position(at, 0), new Position(at, text.length)) };
  }

  positionAt(offset: number): Position {
    const starts = this.#startsOfLines();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return new Position(low, Math.min(offset - (starts[low] ?? 0), this.lines[low]?.length ?? 0));
  }

  /** From the changed line on, as the extension host does. */
  #startsOfLines(): Uint32Array {
    const starts = this.#starts;
    for (; this.#valid < starts.length - 1; this.#valid++) {
      starts[this.#valid + 1] = (starts[this.#valid] ?? 0) + (this.lines[this.#valid]?.length ?? 0) + 1;
    }
    return starts;
  }
}
