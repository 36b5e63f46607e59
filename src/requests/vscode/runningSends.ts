import * as vscode from 'vscode';

/** What the work that is shown may use. */
export interface Running {
  readonly signal: AbortSignal;
  readonly report: (message: string) => void;
}

/** The status bar would flicker with a short call; a longer one it shows, and one that lasts a notification too. */
const untilStatusBar = 150;
const untilNotification = 1000;

/** The sends under way: each is shown, and can be cancelled by its notification or, all together, by the command. */
export class RunningSends {
  readonly #aborts = new Set<AbortController>();

  cancel(): void {
    for (const abort of this.#aborts) abort.abort();
  }

  /** `signal`: of a caller that can cancel too. */
  async show<T>(title: string, work: (running: Running) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const abort = new AbortController();
    const stop = () => abort.abort();
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    this.#aborts.add(abort);
    const progress = new Set<vscode.Progress<{ message: string }>>();
    let last = '';
    const report = (message: string) => {
      last = message;
      progress.forEach(each => each.report({ message }));
    };
    // What is shown later begins where the work is by then.
    const begin = (shown: vscode.Progress<{ message: string }>) => {
      progress.add(shown);
      if (last !== '') shown.report({ message: last });
    };
    const result = work({ signal: abort.signal, report });
    const ended = result.then(
      () => undefined,
      () => undefined,
    );
    const show = (options: vscode.ProgressOptions) =>
      void vscode.window.withProgress(options, (shown, token) => {
        token.onCancellationRequested(stop);
        begin(shown);
        return ended;
      });
    const { Window, Notification } = vscode.ProgressLocation;
    const timers = [
      setTimeout(() => show({ location: Window, title }), untilStatusBar),
      setTimeout(() => show({ location: Notification, title, cancellable: true }), untilNotification),
    ];
    try {
      return await result;
    } finally {
      timers.forEach(clearTimeout);
      this.#aborts.delete(abort);
      signal?.removeEventListener('abort', stop);
    }
  }
}
