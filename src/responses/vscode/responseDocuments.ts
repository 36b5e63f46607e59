import * as vscode from 'vscode';
import type { ResponseLog } from '../response';
import { responseId, responseScheme, responseUri } from '../responseUri';

/**
 * Shows answers as read-only JSON beside what the person works on, without taking the focus from it. One preview
 * tab is reused until the person keeps it.
 */
export class ResponseDocuments implements vscode.TextDocumentContentProvider {
  constructor(private readonly log: ResponseLog) {}

  register(): vscode.Disposable {
    return vscode.workspace.registerTextDocumentContentProvider(responseScheme, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const entry = this.log.get(responseId(uri.path) ?? '');
    return entry?.text ?? vscode.l10n.t('// This response is no longer kept. Send the request again to see it.');
  }

  async show(title: string, text: string): Promise<vscode.Uri> {
    const entry = this.log.add(title, text);
    const uri = vscode.Uri.from(responseUri(entry.id, title));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true, preserveFocus: true, viewColumn: answerColumn() });
    return uri;
  }
}

/** Where an answer is shown already; else beside the active editor; else where there is nothing yet. */
function answerColumn(): vscode.ViewColumn {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const shown = visibleTextEditors.find(({ document }) => document.uri.scheme === responseScheme)?.viewColumn;
  return shown ?? (activeTextEditor ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active);
}
