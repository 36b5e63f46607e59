import * as vscode from 'vscode';
import type { ResponseLog } from '../response';
import { responseId, responseScheme, responseUri } from '../responseUri';

export interface ShowResponse {
  /** Beside the active editor, without taking the focus from it. */
  readonly beside?: boolean;
}

/** Shows answers as read-only JSON in editor tabs. A preview tab is reused until the person keeps it. */
export class ResponseDocuments implements vscode.TextDocumentContentProvider {
  constructor(private readonly log: ResponseLog) {}

  register(): vscode.Disposable {
    return vscode.workspace.registerTextDocumentContentProvider(responseScheme, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const entry = this.log.get(responseId(uri.path) ?? '');
    return entry?.text ?? vscode.l10n.t('// This answer is no longer kept. Send the request again to see it.');
  }

  async show(title: string, text: string, { beside = false }: ShowResponse = {}): Promise<vscode.Uri> {
    const entry = this.log.add(title, text);
    const uri = vscode.Uri.from(responseUri(entry.id, title));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, {
      preview: true,
      preserveFocus: beside,
      viewColumn: beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active,
    });
    return uri;
  }
}
