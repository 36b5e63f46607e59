import * as vscode from 'vscode';
import type { ConnectionStore } from '../connectionStore';

/** What another window writes arrives within a fifth of a second, unless a browser slows down a page in the background. */
const looks = { times: 5, milliseconds: 1_000 };

/**
 * Shows here what other windows do to the connections. The editor keeps `globalState` the same in all windows
 * but has no event for it (microsoft/vscode#61024, #131182). Secrets have one, which on the desktop tells of what is
 * added, removed or signed in anew; for all else it is early enough when the person comes to this window.
 */
export function watchOtherWindows(store: ConnectionStore, secrets: vscode.SecretStorage): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const look = (times: number) => {
    clearTimeout(timer);
    void store.refresh();
    if (times > 1) timer = setTimeout(() => look(times - 1), looks.milliseconds);
  };
  return vscode.Disposable.from(
    // What this window does too, as another one may undo it without knowing.
    store.onDidChange(() => look(looks.times)),
    secrets.onDidChange(() => look(looks.times)),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) look(looks.times);
    }),
    { dispose: () => clearTimeout(timer) },
  );
}
