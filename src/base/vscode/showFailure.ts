import * as vscode from 'vscode';
import { UserError } from '../userError';

/** How a failure is told to a person and to the log. */
export interface FailureHandling {
  /** The sentence that tells a person what went wrong and what to do. */
  readonly describe: (error: unknown) => string;
  /** What helps: the buttons of the message. Otherwise it is the log's, where that tells more. */
  readonly remedies: (error: unknown) => readonly vscode.Command[];
  readonly isCancellation: (error: unknown) => boolean;
  /** Whether the failure is of a kind we foresaw; all others are logged with their stack. */
  readonly isExpected: (error: unknown) => boolean;
  readonly log: { error(error: unknown): void; show(): void };
}

/** Tells a person what went wrong, with buttons for what helps. */
export async function showFailure(error: unknown, { describe, remedies, log }: FailureHandling): Promise<void> {
  const showLog = vscode.l10n.t('Show Log');
  const waysOn = remedies(error);
  // What a person did or typed is all said in the sentence.
  const otherwise = error instanceof UserError ? [] : [showLog];
  const buttons = waysOn.length > 0 ? waysOn.map(({ title }) => title) : otherwise;
  const picked = await vscode.window.showErrorMessage(describe(error), ...buttons);
  const wayOn = waysOn.find(({ title }) => title === picked);
  if (wayOn) await vscode.commands.executeCommand(wayOn.command, ...((wayOn.arguments ?? []) as unknown[]));
  else if (picked === showLog) log.show();
}
