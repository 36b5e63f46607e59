import * as vscode from 'vscode';

const longest = 60;

/** What an edit does. With `isElsewhere` it says what it replaces, as the cursor is not there. */
export function fixTitle(old: string, text: string, isElsewhere = false): string {
  if (text === '') return vscode.l10n.t('Remove {0}', oneLine(old));
  if (old === '') {
    return text.trim() === '' ? vscode.l10n.t('Insert a blank line') : vscode.l10n.t('Insert {0}', oneLine(text));
  }
  return isElsewhere
    ? vscode.l10n.t('Change {0} to {1}', oneLine(old), oneLine(text))
    : vscode.l10n.t('Change to {0}', oneLine(text));
}

function oneLine(text: string): string {
  const line = text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/^,\s*|\s*,$/g, '');
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
