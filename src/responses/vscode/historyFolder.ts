import * as vscode from 'vscode';
import type { HistoryFiles } from '../historyStore';

/** A folder of the extension's own storage, made when something is first written. */
export function historyFolder(storage: vscode.Uri): HistoryFiles {
  const { fs } = vscode.workspace;
  const folder = vscode.Uri.joinPath(storage, 'history');
  const at = (name: string) => vscode.Uri.joinPath(folder, name);
  return {
    read: async name =>
      fs.readFile(at(name)).then(
        bytes => new TextDecoder().decode(bytes),
        () => undefined,
      ),
    write: async (name, text) => fs.writeFile(at(name), new TextEncoder().encode(text)),
    delete: async name =>
      fs.delete(at(name)).then(
        () => undefined,
        () => undefined,
      ),
  };
}
