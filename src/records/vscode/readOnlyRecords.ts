import * as vscode from 'vscode';
import type { RecordRef } from '../recordRef';
import { recordOf } from './recordEditors';

export interface ReadOnlyRecordsOptions {
  readonly isReadOnly: (ref: RecordRef) => boolean;
  readonly onConnectionsChange: (listener: () => void) => { dispose(): void };
}

/** Tells the menus which of the open records are of tenants to which nothing is sent that changes data. */
export function registerReadOnlyRecords({
  isReadOnly,
  onConnectionsChange,
}: ReadOnlyRecordsOptions): vscode.Disposable {
  let told = '';
  const update = () => {
    const uris = readOnlyRecords(isReadOnly);
    if (uris.join() === told) return;
    told = uris.join();
    void vscode.commands.executeCommand('setContext', 'fxiaoke.readOnlyRecords', uris);
  };
  update();
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(update),
    vscode.workspace.onDidCloseTextDocument(update),
    onConnectionsChange(update),
  );
}

function readOnlyRecords(isReadOnly: (ref: RecordRef) => boolean): string[] {
  const uris = vscode.workspace.textDocuments.map(({ uri }) => uri);
  return uris.flatMap(uri => {
    const ref = recordOf(uri);
    return ref && isReadOnly(ref) ? [uri.toString()] : [];
  });
}
