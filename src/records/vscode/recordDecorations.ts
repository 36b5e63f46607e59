import * as vscode from 'vscode';
import type { OpenRecords } from '../openRecords';
import { recordOf, uriOf } from './recordEditors';

/** Marks the tabs of records that are invalidated, or not there any more. */
export class RecordDecorations implements vscode.FileDecorationProvider {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor(private readonly records: OpenRecords) {}

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      this.#changed,
      vscode.window.registerFileDecorationProvider(this),
      this.records.onDidChange(ref => this.#changed.fire(uriOf(ref))),
    );
  }

  /** Never by colour alone. */
  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const ref = recordOf(uri);
    const known = ref && this.records.known(ref);
    if (!known) return undefined;
    if (known.isGone) {
      const tooltip = vscode.l10n.t('Deleted, or hidden from you');
      return new vscode.FileDecoration('✕', tooltip, new vscode.ThemeColor('list.errorForeground'));
    }
    if (!known.isInvalidated) return undefined;
    return new vscode.FileDecoration(
      '⊘',
      vscode.l10n.t('Invalidated'),
      new vscode.ThemeColor('list.warningForeground'),
    );
  }
}
