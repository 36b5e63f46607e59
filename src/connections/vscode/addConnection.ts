import * as vscode from 'vscode';
import type { Argument } from '../../base/argument';
import { CancelledError, isCancellation } from '../../base/cancelled';
import type { Connection, ConnectionInput } from '../connection';
import type { Connections } from '../connections';
import { askChange, askToGoOn, completeByAsking, draftFrom, type Draft } from './connectionForm';

/** A program may leave out role and way of signing in; a person is asked, as the one decides how careful we are. */
export async function addAsGiven(connections: Connections, argument: Argument): Promise<Connection> {
  const usual: Draft = { role: 'development', auth: 'clientCredentials' };
  return connections.add(await completeByAsking({ ...usual, ...draftFrom(argument) }, () => undefined));
}

/** Adds connections by asking. What was typed when the person stopped stays in memory, and only there, for the next time. */
export function addByAsking(connections: Connections, describe: (error: unknown) => string) {
  let kept: Draft | undefined;
  const keep = (draft: Draft) => (kept = draft);
  return async (given: Draft): Promise<Connection> => {
    const typed = kept && (await askToGoOn(kept)) ? kept : {};
    const input = await completeByAsking({ ...typed, ...given }, keep);
    const added = await addUntilItWorks(connections, input, describe, keep);
    kept = undefined;
    return added;
  };
}

/** What was typed is not lost when signing in fails: the person may correct it and go on. */
async function addUntilItWorks(
  connections: Connections,
  input: ConnectionInput,
  describe: (error: unknown) => string,
  keep: (draft: Draft) => void,
): Promise<Connection> {
  for (let draft = input; ;) {
    try {
      return await whileSigningIn(draft.name, () => connections.add(draft));
    } catch (error) {
      if (isCancellation(error)) throw error;
      const correct = vscode.l10n.t('Correct…');
      if ((await vscode.window.showErrorMessage(describe(error), correct)) !== correct) throw new CancelledError();
      const change: Draft = await askChange(draft);
      draft = { ...draft, ...change };
      keep(draft);
    }
  }
}

export function whileSigningIn<T>(name: string, work: () => Promise<T>): Thenable<T> {
  const title = vscode.l10n.t('Signing in to {0}…', name);
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, work);
}
