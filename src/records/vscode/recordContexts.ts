import * as vscode from 'vscode';
import { isNewRecord, type RecordRef } from '../recordRef';
import { recordOf } from './recordEditors';

export interface RecordContextsOptions {
  readonly isReadOnly: (ref: RecordRef) => boolean;
  readonly onConnectionsChange: (listener: () => void) => { dispose(): void };
}

/**
 * Tells the menus which of the open records are of tenants to which nothing is sent that changes data, and the
 * walkthrough when one was opened, from wherever: the tree's click is a command of the editor's own.
 */
export function registerRecordContexts({ isReadOnly, onConnectionsChange }: RecordContextsOptions): vscode.Disposable {
  let readOnly = '';
  let opened = false;
  const update = () => {
    const records = openRecords();
    const uris = records.filter(({ ref }) => isReadOnly(ref)).map(({ uri }) => uri.toString());
    if (uris.join() !== readOnly) {
      readOnly = uris.join();
      tell('fxiaoke.readOnlyRecords', uris);
    }
    if (!opened && records.some(({ ref }) => !isNewRecord(ref))) {
      opened = true;
      tell('fxiaoke.recordOpened', true);
    }
  };
  update();
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(update),
    vscode.workspace.onDidCloseTextDocument(update),
    onConnectionsChange(update),
  );
}

function tell(key: string, value: unknown): void {
  void vscode.commands.executeCommand('setContext', key, value);
}

function openRecords(): { uri: vscode.Uri; ref: RecordRef }[] {
  return vscode.workspace.textDocuments.flatMap(({ uri }) => {
    const ref = recordOf(uri);
    return ref ? [{ uri, ref }] : [];
  });
}
