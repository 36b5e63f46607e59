import * as vscode from 'vscode';
import type { SaveRefusal } from '../openRecords';

export function savedSentence(fields: readonly string[], tenant: string): string {
  if (fields.length === 0) return vscode.l10n.t('Nothing had changed: nothing was sent');
  const names = fields.join(', ');
  return fields.length === 1
    ? vscode.l10n.t('Saved {0} (1 field) to {1}', names, tenant)
    : vscode.l10n.t('Saved {0} ({1} fields) to {2}', names, fields.length, tenant);
}

/** Why an automatic save was not carried out. */
export function heldSentence(tenant: string): string {
  return vscode.l10n.t('Not saved automatically: a record goes to {0} only when you save it yourself.', tenant);
}

export function refusalSentence(refusal: SaveRefusal): string {
  switch (refusal.code) {
    case 'notJson':
      return vscode.l10n.t('Not saved: this is not JSON ({0}).', refusal.message);
    case 'notARecord':
      return vscode.l10n.t('Not saved: a record is a JSON object.');
    case 'readOnly':
      return vscode.l10n.t(
        'Not saved: {0} cannot be changed by an update. Put back what it was.',
        refusal.fields.join(', '),
      );
    case 'ownerChanged':
      return vscode.l10n.t(
        'Not saved: an update cannot change the owner. Put it back and use the command Change Owner.',
      );
    case 'removed':
      return vscode.l10n.t(
        'Not saved: {0} is missing. To empty a field set it to null; otherwise put it back.',
        refusal.fields.join(', '),
      );
    case 'outdated':
      return vscode.l10n.t(
        'Not saved: the record has changed since this text was read, and it is not known which of {0} you changed. Copy what you need, revert the file and change it again.',
        refusal.fields.join(', '),
      );
    case 'conflict':
      return vscode.l10n.t(
        'Not saved: {0} was changed by someone else since you opened this record. Copy what you need, revert the file and change it again.',
        refusal.fields.join(', '),
      );
  }
}
