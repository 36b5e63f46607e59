import type * as vscode from 'vscode';

/** What our own work listens to, from what the editor's *Cancel* gives. */
export function abortSignal(token: vscode.CancellationToken): AbortSignal {
  const abort = new AbortController();
  if (token.isCancellationRequested) abort.abort();
  token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}
