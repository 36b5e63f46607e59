import * as vscode from 'vscode';
import type { CallError } from '../../api/errors';
import type { ConnectionState } from '../connectionStates';

/** How a failure reads: in a few words beside a name, and as a sentence with what to do. */
export interface FailureWords {
  readonly briefly: (error: CallError) => string;
  readonly describe: (error: unknown) => string;
}

/** The state as it stands beside a name. Nothing where nothing is known. */
export function stateWords(state: ConnectionState | undefined, { briefly }: FailureWords): string | undefined {
  switch (state?.kind) {
    case undefined:
      return undefined;
    case 'signedIn':
      return vscode.l10n.t('signed in');
    case 'signedOut':
      return vscode.l10n.t('signed out');
    case 'notRunning':
      return vscode.l10n.t('not running');
    case 'failed':
      return briefly(state.error);
  }
}

/** What can be done about it, where something is to be done. */
export function stateSentence(
  state: ConnectionState | undefined,
  name: string,
  { describe }: FailureWords,
): string | undefined {
  switch (state?.kind) {
    case 'signedOut':
      return vscode.l10n.t('Edit {0} to sign in: its secrets are not on this machine, or the login has ended.', name);
    case 'notRunning':
      return vscode.l10n.t('The sandbox is not running.');
    case 'failed':
      return describe(state.error);
    default:
      return undefined;
  }
}
