import * as vscode from 'vscode';
import type { History, HistoryEntry } from '../history';
import { responseId, responseScheme, responseUri } from '../responseUri';

/**
 * Shows answers as read-only JSON beside what the person works on, without taking the focus from it. One preview
 * tab is reused until the person keeps it.
 */
export class ResponseDocuments implements vscode.TextDocumentContentProvider {
  constructor(
    private readonly history: History,
    private readonly reusesTab: () => boolean,
  ) {}

  register(): vscode.Disposable {
    return vscode.workspace.registerTextDocumentContentProvider(responseScheme, this);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const text = await this.history.text(responseId(uri.path) ?? '');
    return text ?? vscode.l10n.t('// This response is no longer kept. Send the request again to see it.');
  }

  /** An answer that the history has already is not kept twice. */
  async show(title: string, text: string): Promise<vscode.Uri> {
    return this.open(this.history.withText(text) ?? this.history.add(title, text));
  }

  async open(entry: HistoryEntry): Promise<vscode.Uri> {
    const uri = responseUriOf(entry);
    // Opened as a document first, the editor would keep it for minutes after its tab, and all of it would have to be
    // in the extension host before it is seen.
    await vscode.commands.executeCommand('vscode.open', uri, {
      preview: this.reusesTab(),
      preserveFocus: true,
      viewColumn: answerColumn(),
    } satisfies vscode.TextDocumentShowOptions);
    return uri;
  }
}

export function responseUriOf({ id, title }: HistoryEntry): vscode.Uri {
  return vscode.Uri.from(responseUri(id, title));
}

/** Where an answer is shown already; else beside the active editor; else where there is nothing yet. */
function answerColumn(): vscode.ViewColumn {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const shown = visibleTextEditors.find(({ document }) => document.uri.scheme === responseScheme)?.viewColumn;
  return shown ?? (activeTextEditor ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active);
}
