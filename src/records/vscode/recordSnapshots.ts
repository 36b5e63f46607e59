import * as vscode from 'vscode';
import type { RecordRef } from '../recordRef';

const scheme = 'fxiaoke-reading';
/** An editor that is not in sight may be read again much later. */
const kept = 100;

/** Which state of a record a text shows: what the tenant has now, or what was read before. */
export type SnapshotState = 'now' | 'before';

/** States of records as read-only texts, to be compared with what is edited. */
export class RecordSnapshots implements vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;

  register(): vscode.Disposable {
    return vscode.Disposable.from(this.#changed, vscode.workspace.registerTextDocumentContentProvider(scheme, this));
  }

  /** The same state of the same record has the same URI, so that one comparison shows the newest. */
  put({ connectionId, object, id }: RecordRef, state: SnapshotState, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme, authority: connectionId, path: `/${object}/${id}.json`, query: state });
    const key = uri.toString();
    this.#texts.delete(key);
    this.#texts.set(key, text);
    for (const oldest of [...this.#texts.keys()].slice(0, -kept)) this.#texts.delete(oldest);
    this.#changed.fire(uri);
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }
}
