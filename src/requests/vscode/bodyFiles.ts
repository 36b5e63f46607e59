import * as vscode from 'vscode';

/** Where a file for a body may be: an absolute path there, any other beside the request file, then in its folder. */
export function bodyFilePlaces({ uri }: vscode.TextDocument, path: string): [vscode.Uri, ...vscode.Uri[]] {
  if (/^[a-z]:[\\/]/i.test(path)) return [vscode.Uri.file(path)];
  if (path.startsWith('/')) return [uri.with({ path })];
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  return [vscode.Uri.joinPath(uri, '..', path), ...(root ? [vscode.Uri.joinPath(root, path)] : [])];
}
