import * as vscode from 'vscode';
import { parseJson, printJson } from '../../base/json';
import { abortSignal } from '../../base/vscode/abortSignal';
import { recordCount } from '../../base/vscode/counts';
import type { Connection } from '../../connections/connection';
import { endOf, type BatchResult, type FailedRecord } from '../batch';
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

/**
 * Success is a line in the status bar; a failure names the first reason and how many there are. A person who cancelled
 * is told what was done until then. `showResults` is the way to all of it, where that is not shown already; `nameOf`
 * gives the name of a record, where it is known.
 */
export async function tellPerson(
  operation: BatchOperation,
  connection: Connection,
  result: BatchResult,
  showResults: (() => Promise<unknown>) | undefined,
  nameOf: (id: string) => string | undefined,
): Promise<void> {
  const done = doneSentence(operation, result.succeeded.length, connection.name);
  const buttons = showResults ? [vscode.l10n.t('Show Results')] : [];
  let picked: string | undefined;
  switch (endOf(result)) {
    case 'done':
      vscode.window.setStatusBarMessage(`$(check) ${done}`, 8000);
      break;
    case 'cancelled': {
      const sentence = vscode.l10n.t('Cancelled. {0}; {1} not sent.', done, result.notSent.length);
      picked = await vscode.window.showInformationMessage(sentence, ...buttons);
      break;
    }
    case 'failed':
      picked = await vscode.window.showErrorMessage(failureSentence(done, result, nameOf), ...buttons);
  }
  if (picked !== undefined) await showResults?.();
}

function failureSentence(
  done: string,
  { succeeded, failed, notSent }: BatchResult,
  nameOf: (id: string) => string | undefined,
): string {
  const { id = '', message = '' } = failed[0] ?? {};
  const failure = vscode.l10n.t('{0}: {1}', nameOf(id) ?? id, message);
  if (notSent.length > 0)
    return vscode.l10n.t('{0}; {1} failed, {2} not sent. The first: {3}', done, failed.length, notSent.length, failure);
  if (failed.length + succeeded.length === 1) return failure;
  return vscode.l10n.t('{0}; {1} failed. The first: {2}', done, failed.length, failure);
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
