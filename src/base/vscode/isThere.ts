import * as vscode from 'vscode';

/** Whether there is a file or folder of that name. */
export function isThere(uri: vscode.Uri): Thenable<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
