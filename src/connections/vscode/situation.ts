import * as vscode from 'vscode';
import { systemClock } from '../../base/clock';
import type { ConnectionState } from '../connectionStates';
import type { Connections } from '../connections';

/** How it stands with a connection, as it is shown. */
export interface Situation {
  readonly active: boolean;
  readonly state: ConnectionState | undefined;
  /** How many calls the tenant had from this editor today. */
  readonly calls: number;
}

/** Calls may come by the hundred: their count is shown anew that many milliseconds after the first of them. */
const countEvery = 1_000;

/** Calls `show` whenever the situation of any connection may have changed. */
export function onSituation(connections: Connections, show: () => void): vscode.Disposable {
  let stopWaiting: (() => void) | undefined;
  const showNow = () => {
    stopWaiting?.();
    stopWaiting = undefined;
    show();
  };
  return vscode.Disposable.from(
    connections.store.onDidChange(showNow),
    connections.onDidChangeState(showNow),
    connections.onDidCall(() => (stopWaiting ??= systemClock.after(countEvery, showNow))),
    // Other windows have counted too, and a new day may have begun.
    vscode.window.onDidChangeWindowState(({ focused }) => focused && showNow()),
    { dispose: () => stopWaiting?.() },
  );
}
