import * as vscode from 'vscode';

/**
 * Calls `begin` once, when there is a document that fits. What it imports and registers is there before whoever opened
 * the document gets it: that answer is a message of its own from the editor.
 */
export function onFirstDocument(
  fits: (document: vscode.TextDocument) => boolean,
  begin: () => void,
): vscode.Disposable {
  const { workspace } = vscode;
  if (workspace.textDocuments.some(fits)) {
    begin();
    return new vscode.Disposable(() => undefined);
  }
  const subscription = workspace.onDidOpenTextDocument(document => {
    if (!fits(document)) return;
    subscription.dispose();
    begin();
  });
  return subscription;
}
