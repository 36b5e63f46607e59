import * as vscode from 'vscode';

/** Copies and says so in the status bar. Gives the text back. */
export async function copyText(text: string, what: string): Promise<string> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`$(check) ${vscode.l10n.t('Copied {0}', what)}`, 4000);
  return text;
}
