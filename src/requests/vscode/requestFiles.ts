import * as vscode from 'vscode';
import type { RequestFile, Span } from '../nodes';
import { Parser } from '../parse';
import type { PlacedSection } from '../placedSection';
import { requestLanguageId } from '../requestLanguageId';

export const languageId = requestLanguageId;

interface Known {
  readonly parser: Parser;
  readonly file: RequestFile;
  /** Of the document; `undefined` where the file was not followed so far. */
  readonly version: number | undefined;
}

/** More at once, as a replacement in all of a file makes, are not followed one by one. */
const mostEdits = 50;

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

/** Hears what is typed, so that the lines of a long document are not joined, compared and cut for each letter. */
export function followEdits(): vscode.Disposable {
  return vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    const last = known.get(document);
    // Whoever was told before us, and asked, has the new text already.
    if (last?.version === undefined || last.version === document.version) return;
    const file = contentChanges.length > mostEdits ? undefined : edited(last, contentChanges);
    if (file?.end === lengthOf(document)) known.set(document, { ...last, file, version: document.version });
    else known.set(document, { ...last, version: undefined });
  });
}

/** The editor gives them in an order in which one may be made after the other. */
function edited({ parser, file }: Known, changes: readonly vscode.TextDocumentContentChangeEvent[]): RequestFile {
  let next = file;
  for (const { rangeOffset, rangeLength, text } of changes) {
    next = parser.edit({ start: rangeOffset, end: rangeOffset + rangeLength, text });
  }
  return next;
}

function lengthOf(document: vscode.TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}

export function rangeOf(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** Of a span that counts from the start of its section. Unlike offsets, lines stay what they are at most edits above. */
export function rangeIn(section: PlacedSection, { start, end }: Span): vscode.Range {
  const [from, to] = [section.placeOf(start), section.placeOf(end)];
  return new vscode.Range(from.line, from.character, to.line, to.character);
}
