import * as vscode from 'vscode';
import { parseJson, printJson } from '../../base/json';
import { abortSignal } from '../../base/vscode/abortSignal';
import { recordCount } from '../../base/vscode/counts';
import type { Connection } from '../../connections/connection';
import type { BatchResult, FailedRecord } from '../batch';
import type { BatchOperation, ShowProgress } from '../recordService';

/** The result that the contract promises: records that were not sent count as failed. */
export interface BatchOutcome {
  readonly succeeded: readonly string[];
  readonly failed: readonly ContractFailure[];
}

/** Code and trace id are null where the API gave no answer. */
interface ContractFailure extends Pick<FailedRecord, 'id' | 'message'> {
  readonly errorCode: number | null;
  readonly traceId: string | null;
}

/** Several records show progress that can be cancelled; a single one shows in the status bar only. */
export function showProgress(operation: BatchOperation, connection: Connection, count: number): ShowProgress {
  const title = progressTitle(operation, count, connection.name);
  if (count <= 1) {
    return work => vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () => work({}));
  }
  const shown = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return work =>
    vscode.window.withProgress(shown, (progress, token) => {
      let last = 0;
      const onProgress = (done: number) => {
        progress.report({ increment: ((done - last) / count) * 100, message: `${done} / ${count}` });
        last = done;
      };
      return work({ signal: abortSignal(token), onProgress });
    });
}

function progressTitle(operation: BatchOperation, count: number, tenant: string): string {
  const records = recordCount(count);
  switch (operation) {
    case 'changeOwner':
      return vscode.l10n.t('Changing the owner of {0} in {1}', records, tenant);
    case 'invalidate':
      return vscode.l10n.t('Invalidating {0} in {1}', records, tenant);
    case 'recover':
      return vscode.l10n.t('Recovering {0} in {1}', records, tenant);
    case 'delete':
      return vscode.l10n.t('Deleting {0} in {1}', records, tenant);
    case 'lock':
      return vscode.l10n.t('Locking {0} in {1}', records, tenant);
    case 'unlock':
      return vscode.l10n.t('Unlocking {0} in {1}', records, tenant);
  }
}

export function contractResult({ succeeded, failed, notSent }: BatchResult): BatchOutcome {
  const unsent = { errorCode: null, message: vscode.l10n.t('Not sent'), traceId: null };
  return {
    succeeded,
    failed: [
      ...failed.map(({ id, errorCode, message, traceId }) => {
        return { id, errorCode: errorCode ?? null, message, traceId: traceId ?? null };
      }),
      ...notSent.map(id => ({ id, ...unsent })),
    ],
  };
}

/** One call: its answer as it came. More: the result for each record, and all answers below. */
export function resultDocument({ answers }: BatchResult, { succeeded, failed }: BatchOutcome): string {
  const [only] = answers;
  if (only !== undefined && answers.length === 1 && succeeded.length + failed.length === 1) return only;
  return printJson({
    succeeded: [...succeeded],
    failed: failed.map(each => ({ ...each })),
    answers: answers.map(text => parseJson(text)),
  });
}

/** Success is a line in the status bar; a failure names the first reason and how many there are. */
export function tellPerson(
  operation: BatchOperation,
  connection: Connection,
  { succeeded, failed }: BatchOutcome,
): void {
  const [first] = failed;
  const done = doneSentence(operation, succeeded.length, connection.name);
  if (!first) {
    vscode.window.setStatusBarMessage(`$(check) ${done}`, 8000);
    return;
  }
  const failure = vscode.l10n.t('{0}: {1}', first.id, first.message);
  const summary =
    failed.length + succeeded.length === 1
      ? failure
      : vscode.l10n.t('{0}; {1} failed. The first: {2}', done, failed.length, failure);
  void vscode.window.showErrorMessage(summary);
}

function doneSentence(operation: BatchOperation, count: number, tenant: string): string {
  const records = recordCount(count);
  switch (operation) {
    case 'changeOwner':
      return vscode.l10n.t('Changed the owner of {0} in {1}', records, tenant);
    case 'invalidate':
      return vscode.l10n.t('Invalidated {0} in {1}', records, tenant);
    case 'recover':
      return vscode.l10n.t('Recovered {0} in {1}', records, tenant);
    case 'delete':
      return vscode.l10n.t('Deleted {0} in {1}', records, tenant);
    case 'lock':
      return vscode.l10n.t('Locked {0} in {1}', records, tenant);
    case 'unlock':
      return vscode.l10n.t('Unlocked {0} in {1}', records, tenant);
  }
}
