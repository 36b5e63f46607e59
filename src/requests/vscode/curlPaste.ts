import * as vscode from 'vscode';
import { sectionAt, type RequestFile } from '../nodes';
import { isCurlCommand } from '../paste/curlCommand';
import { gapAfter, requestOf } from './pasteCommand';
import { languageId, parsed } from './requestFiles';

/**
 * A cURL command that is pasted between requests becomes one, as files for REST Client take it. The text as it was is
 * one click away, in the widget that the editor shows beside what was pasted.
 */
export class CurlPaste implements vscode.DocumentPasteEditProvider {
  static readonly kind = vscode.DocumentDropOrPasteEditKind.Empty.append('fxiaoke', 'request');

  static register(): vscode.Disposable {
    return vscode.languages.registerDocumentPasteEditProvider(languageId, new CurlPaste(), {
      providedPasteEditKinds: [CurlPaste.kind],
      pasteMimeTypes: ['text/plain'],
    });
  }

  async provideDocumentPasteEdits(
    document: vscode.TextDocument,
    ranges: readonly vscode.Range[],
    data: vscode.DataTransfer,
    _context: vscode.DocumentPasteEditContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentPasteEdit[]> {
    const [range, second] = ranges;
    if (!range || second || !isOnLinesOfItsOwn(document, range)) return [];
    const text = (await data.get('text/plain')?.asString()) ?? '';
    if (token.isCancellationRequested || !isCurlCommand(text)) return [];
    const file = parsed(document);
    const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
    if (!isBetweenRequests(file, start) || !isBetweenRequests(file, end)) return [];
    const request = requestOf(text);
    if (!request) return [];
    const isLast = file.text.slice(end).trim() === '';
    const inserted = gapAfter(file.text.slice(0, start)) + request.text + (isLast ? '' : '\n');
    return [new vscode.DocumentPasteEdit(inserted, vscode.l10n.t('Paste as a request'), CurlPaste.kind)];
  }
}

function isOnLinesOfItsOwn(document: vscode.TextDocument, { start, end }: vscode.Range): boolean {
  const before = document.lineAt(start).text.slice(0, start.character);
  const behind = document.lineAt(end).text.slice(end.character);
  return `${before}${behind}`.trim() === '';
}

/** In a body the command is perhaps the value of a field. */
function isBetweenRequests(file: RequestFile, offset: number): boolean {
  const { heading } = sectionAt(file, offset) ?? {};
  return !heading || offset <= heading.top || offset > heading.end;
}
