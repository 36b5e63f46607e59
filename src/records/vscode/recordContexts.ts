import * as vscode from 'vscode';
import { isNewRecord, type RecordRef } from '../recordRef';
import { recordOf } from './recordEditors';

export interface RecordContextsOptions {
  readonly isReadOnly: (ref: RecordRef) => boolean;
  readonly isLocked: (ref: RecordRef) => boolean;
  readonly onConnectionsChange: (listener: () => void) => { dispose(): void };
  /** Tells of each record that was read or saved. */
  readonly onRecordsChange: (listener: () => void) => { dispose(): void };
}

interface ShownRecord {
  readonly uri: vscode.Uri;
  readonly ref: RecordRef;
}

/**
 * Tells the menus which of the open records are of tenants to which nothing is sent that changes data, and which are
 * locked; and the walkthrough when one was opened, from wherever: the tree's click is a command of the editor's own.
 */
export function registerRecordContexts(options: RecordContextsOptions): vscode.Disposable {
  const { isReadOnly, isLocked, onConnectionsChange, onRecordsChange } = options;
  const tellReadOnly = tellOfRecords('fxiaoke.readOnlyRecords', isReadOnly);
  const tellLocked = tellOfRecords('fxiaoke.lockedRecords', isLocked);
  let opened = false;
  const update = () => {
    const records = openRecords();
    tellReadOnly(records);
    tellLocked(records);
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
    onRecordsChange(update),
  );
}

/** Sets the key to those of the records that are meant, where they are others than the last time. */
function tellOfRecords(key: string, isMeant: (ref: RecordRef) => boolean): (records: readonly ShownRecord[]) => void {
  let told = '';
  return records => {
    const uris = records.filter(({ ref }) => isMeant(ref)).map(({ uri }) => uri.toString());
    if (uris.join() === told) return;
    told = uris.join();
    tell(key, uris);
  };
}

function tell(key: string, value: unknown): void {
  void vscode.commands.executeCommand('setContext', key, value);
}

function openRecords(): ShownRecord[] {
  return vscode.workspace.textDocuments.flatMap(({ uri }) => {
    const ref = recordOf(uri);
    return ref ? [{ uri, ref }] : [];
  });
}
