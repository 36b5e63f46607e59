import * as vscode from 'vscode';
import { isDirty } from './recordEditors';

/**
 * Which documents hold what is not saved. Where a person typed while the save was under way, the editor tells its
 * extensions that the document is clean, until the next change.
 */
export class UnsavedTexts {
  /** What a save that is not noted yet has written. */
  readonly #written = new Map<string, string>();
  readonly #typedOn = new Set<string>();

  register(): vscode.Disposable {
    return vscode.workspace.onDidChangeTextDocument(({ document: { uri } }) => this.forget(uri));
  }

  has(uri: vscode.Uri): boolean {
    return isDirty(uri) || this.#typedOn.has(uri.toString());
  }

  written(uri: vscode.Uri, text: string): void {
    this.#written.set(uri.toString(), text);
  }

  /** The editor has taken note of the write. */
  noted(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    const text = this.#written.get(key);
    this.#written.delete(key);
    if (text !== undefined && text !== document.getText()) this.#typedOn.add(key);
  }

  forget(uri: vscode.Uri): void {
    this.#typedOn.delete(uri.toString());
  }
}
