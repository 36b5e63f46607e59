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
  constructor(
    readonly start: Position,
    readonly end: Position,
  ) {}
}

class Parts {
  readonly parts: unknown[];

  constructor(...parts: unknown[]) {
    this.parts = parts;
  }
}

export const DocumentSymbol = Parts;
export const CodeLens = Parts;
export const Diagnostic = Parts;
export const CodeAction = Parts;
export const FoldingRange = Parts;
export const SymbolKind = { Function: 11, Variable: 12 };
export const DiagnosticSeverity = { Error: 0, Warning: 1 };
export const CodeActionKind = { QuickFix: 'quickfix' };
export const FoldingRangeKind = { Region: 3 };
export const env = { language: 'en' };
export const workspace = {
  getConfiguration: () => ({ get: (_key: string, fallback: unknown) => fallback }),
  onDidChangeConfiguration: () => ({ dispose: () => undefined }),
};
export const languages = {};
export const l10n = {
  t: (message: string, ...values: unknown[]) =>
    message.replace(/\{(\d+)\}/g, (_, at: string) => String(values[Number(at)])),
};

export * from './vscodeTree';

/** A document as the extension host mirrors it: lines, joined to a text when somebody asks for it. */
export class MirroredDocument {
  version = 1;
  readonly languageId = 'fxiaoke-request';
  readonly isUntitled = false;
  readonly uri = { scheme: 'file', path: '/bench.fxhttp' };
  #text: string | undefined;
  readonly #starts: Uint32Array;
  /** Up to which line the starts are right. */
  #valid = 0;

  constructor(readonly lines: string[]) {
    this.#starts = new Uint32Array(lines.length);
  }

  get lineCount(): number {
    return this.lines.length;
  }

  getText(): string {
    return (this.#text ??= this.lines.join('\n'));
  }

  replaceLine(at: number, text: string): void {
    this.lines[at] = text;
    this.version++;
    this.#text = undefined;
    this.#valid = Math.min(this.#valid, at);
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
