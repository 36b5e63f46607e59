import * as vscode from 'vscode';
import { recordLabel } from '../recordFields';
import type { OpenRecords } from '../openRecords';
import type { RecordRef } from '../recordRef';
import type { ConflictRefusal } from '../recordSaves';
import { changeText, documentOf, uriOf } from './recordEditors';
import type { RecordSnapshots } from './recordSnapshots';

export interface RecordConflictsOptions {
  readonly records: OpenRecords;
  readonly snapshots: RecordSnapshots;
  readonly tenantName: (ref: RecordRef) => string;
}

/**
 * Where a person and somebody else changed the same field: what only the others changed comes into the person's text,
 * and the rest is shown side by side. That text is made from what the tenant has now, so that saving it again goes
 * through, unless the record has changed once more.
 */
export async function showConflict(
  { records, snapshots, tenantName }: RecordConflictsOptions,
  ref: RecordRef,
  { theirs, text }: ConflictRefusal,
): Promise<void> {
  const uri = uriOf(ref);
  const document = documentOf(uri);
  if (!document) return;
  const left = snapshots.put(ref, 'now', records.known(ref)?.text ?? '');
  await changeText(document, text);
  const title = vscode.l10n.t('{0}: in {1} now ↔ yours, not saved', recordLabel(theirs), tenantName(ref));
  await vscode.commands.executeCommand('vscode.diff', left, uri, title, { preview: false });
}
