import * as vscode from 'vscode';

/** `1 record`, `3 records`. */
export function recordCount(count: number): string {
  return count === 1 ? vscode.l10n.t('1 record') : vscode.l10n.t('{0} records', count);
}
