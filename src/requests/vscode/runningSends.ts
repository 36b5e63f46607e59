import * as vscode from 'vscode';

/** What the work that is shown may use. */
export interface Running {
  readonly signal: AbortSignal;
  readonly report: (message: string) => void;
}

/** A short call needs no notification; the status bar says that it is under way. */
const quietMilliseconds = 1000;

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
    void vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, shown => {
      begin(shown);
      return ended;
    });
    const notify = setTimeout(() => {
      const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
      void vscode.window.withProgress(options, (shown, token) => {
        token.onCancellationRequested(stop);
        begin(shown);
        return ended;
      });
    }, quietMilliseconds);
    try {
      return await result;
    } finally {
      clearTimeout(notify);
      this.#aborts.delete(abort);
      signal?.removeEventListener('abort', stop);
    }
  }
}
