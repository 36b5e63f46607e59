import * as vscode from 'vscode';
import { CancelledError } from '../../base/cancelled';
import type { JsonObject } from '../../base/json';
import { recordCount } from '../../base/vscode/counts';
import type { RecordRef } from '../recordRef';
import type { RecordDocuments } from './recordDocuments';
import type { SelectedRecords } from './selectedRecords';

/** So many editors a person may have opened by one slip of the hand. */
const manyEditors = 10;

/** Opens records, a single one as a preview. Gives the first. */
export async function showRecords(
  documents: Pick<RecordDocuments, 'show'>,
  selected: readonly SelectedRecords[],
  byProgram: boolean,
): Promise<JsonObject | undefined> {
  const refs = selected.flatMap(({ connection, object, ids }) =>
    ids.map((id): RecordRef => ({ connectionId: connection.id, object, id })),
  );
  const [first] = refs;
  if (first && refs.length === 1) return documents.show(first);
  if (refs.length > manyEditors && !byProgram) await mustAgree(refs.length);
  return showEach(documents, refs);
}

async function mustAgree(count: number): Promise<void> {
  const open = vscode.l10n.t('Open');
  const question = vscode.l10n.t('Open {0}, each in an editor of its own?', recordCount(count));
  if ((await vscode.window.showWarningMessage(question, { modal: true }, open)) !== open) throw new CancelledError();
}

/** What is open when the person cancels stays so. */
function showEach(documents: Pick<RecordDocuments, 'show'>, refs: readonly RecordRef[]) {
  const title = vscode.l10n.t('Opening {0}', recordCount(refs.length));
  const shown = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(shown, async (progress, token) => {
    const records: JsonObject[] = [];
    for (const ref of refs) {
      if (token.isCancellationRequested) break;
      records.push(await documents.show(ref, { preview: false }));
      progress.report({ increment: 100 / refs.length, message: `${records.length} / ${refs.length}` });
    }
    return records[0];
  });
}
