import * as vscode from 'vscode';
import type { RequestFile, Span } from '../nodes';
import { Parser } from '../parse';

export const languageId = 'fxiaoke-request';

interface Known {
  readonly parser: Parser;
  version: number;
  file: RequestFile;
}

/** One parse for each version of a document, shared by everything that looks at it. */
export class RequestFiles {
  readonly #known = new WeakMap<vscode.TextDocument, Known>();

  of(document: vscode.TextDocument): RequestFile {
    const { version } = document;
    const known = this.#known.get(document);
    if (known?.version === version) return known.file;
    const parser = known?.parser ?? new Parser();
    const file = parser.parse(document.getText());
    this.#known.set(document, { parser, version, file });
    return file;
  }
}

export function rangeOf(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
