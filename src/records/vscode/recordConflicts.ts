import * as vscode from 'vscode';
import type { JsonObject } from '../../base/json';
import { recordLabel } from '../recordFields';
import type { OpenRecords } from '../openRecords';
import type { RecordRef } from '../recordRef';
import type { ConflictRefusal, RecordSaves } from '../recordSaves';
import { changeText, documentOf, uriOf } from './recordEditors';
import type { HeldBack } from './recordEvents';
import type { RecordSnapshots } from './recordSnapshots';

export interface RecordConflictsOptions {
  readonly records: OpenRecords;
  readonly saves: RecordSaves;
  readonly snapshots: RecordSnapshots;
  readonly tenantName: (ref: RecordRef) => string;
}

/** So long until what was typed at the same moment is here, in milliseconds; and so often that is waited for. */
const untilTyped = 50;
const mostAttempts = 10;

/**
 * Where a person and somebody else changed the same field: what only the others changed comes into the person's text,
 * and the rest is shown side by side. That text is made from what the tenant has now, so that saving it again goes
 * through, unless the record has changed once more.
 */
export async function showConflict(
  { records, saves, snapshots, tenantName }: RecordConflictsOptions,
  ref: RecordRef,
  { theirs, text }: ConflictRefusal,
  sent: string,
): Promise<void> {
  const uri = uriOf(ref);
  const document = documentOf(uri);
  if (!document) return;
  // The save took its time: what was typed meanwhile, or is being typed now, is in the document only.
  const withTheirs = (present: string) => (present === sent ? text : (saves.rebased(ref, present, theirs) ?? present));
  for (let attempt = 1; !(await changeText(document, withTheirs(document.getText()))); attempt++) {
    if (attempt === mostAttempts) break;
    await new Promise(resolve => setTimeout(resolve, untilTyped));
  }
  await showBeside({ snapshots, tenantName }, ref, theirs, records.known(ref)?.text ?? '');
}

/** Says that a reading was not shown, as there are unsaved changes, and offers the two ways to see it. */
export async function offerHeldBack(
  {
    records,
    snapshots,
    tenantName,
    refresh,
  }: Omit<RecordConflictsOptions, 'saves'> & { refresh: (ref: RecordRef) => Promise<void> },
  { ref, now }: HeldBack,
): Promise<void> {
  const [compare, discard] = [vscode.l10n.t('Compare'), vscode.l10n.t('Discard Changes')];
  const sentence = vscode.l10n.t('{0} has changes that are not saved. They stay as they are.', recordLabel(now));
  const picked = await vscode.window.showInformationMessage(sentence, compare, discard);
  if (picked === compare) await showBeside({ snapshots, tenantName }, ref, now, records.textOf(ref, now));
  if (picked !== discard) return;
  await vscode.window.showTextDocument(uriOf(ref));
  await vscode.commands.executeCommand('workbench.action.files.revert');
  await refresh(ref);
}

async function showBeside(
  { snapshots, tenantName }: Pick<RecordConflictsOptions, 'snapshots' | 'tenantName'>,
  ref: RecordRef,
  theirs: JsonObject,
  text: string,
): Promise<void> {
  const left = snapshots.put(ref, 'now', text);
  const title = vscode.l10n.t('{0}: in {1} now ↔ yours, not saved', recordLabel(theirs), tenantName(ref));
  await vscode.commands.executeCommand('vscode.diff', left, uriOf(ref), title, { preview: false });
}
