import * as vscode from 'vscode';
import type { RequestFile, Span } from '../nodes';
import { Parser } from '../parse';

export const languageId = 'fxiaoke-request';

interface Known {
  readonly parser: Parser;
  readonly version: number;
  readonly file: RequestFile;
}

const known = new WeakMap<vscode.TextDocument, Known>();

/** One parse for each version of a document, shared by everything that looks at it. */
export function parsed(document: vscode.TextDocument): RequestFile {
  const { version } = document;
  const last = known.get(document);
  if (last?.version === version) return last.file;
  const parser = last?.parser ?? new Parser();
  const file = parser.parse(document.getText());
  known.set(document, { parser, version, file });
  return file;
}

export function rangeOf(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
