import * as vscode from 'vscode';
import { printJson, isJsonObject, type JsonObject, type JsonValue } from '../../base/json';
import { jsonSentence } from '../../base/vscode/jsonSentence';
import { localTime } from '../fieldMeaning';
import type { Conflict } from '../recordMerge';
import type { ConflictRefusal, SaveRefusal } from '../recordSaves';

export function savedSentence(fields: readonly string[], tenant: string): string {
  if (fields.length === 0) return vscode.l10n.t('Nothing was sent: {0} has all of this already', tenant);
  const names = fields.join(', ');
  return fields.length === 1
    ? vscode.l10n.t('Saved {0} (1 field) to {1}', names, tenant)
    : vscode.l10n.t('Saved {0} ({1} fields) to {2}', names, fields.length, tenant);
}

/** Why an automatic save was not carried out. */
export function heldSentence(tenant: string): string {
  return vscode.l10n.t('Not saved automatically: a record goes to {0} only when you save it yourself.', tenant);
}

/** The editor offers to create a file that it does not find. */
export function unknownSentence(tenant: string): string {
  return vscode.l10n.t('Nothing was created: {0} has no such record. To make one, use “New Record…”.', tenant);
}

/** The person was asked and said no. */
export function declinedSentence(tenant: string): string {
  return vscode.l10n.t('Not saved, as you said: nothing was sent to {0}.', tenant);
}

export function refusalSentence(refusal: SaveRefusal): string {
  switch (refusal.code) {
    case 'notJson':
      return vscode.l10n.t('Not saved: line {0} is not JSON ({1}).', refusal.line, jsonSentence(refusal.error));
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
    case 'conflict':
      return conflictSentence(refusal);
    case 'invalidated':
      return vscode.l10n.t('Not saved: the record was invalidated since you opened it. Recover it, then save again.');
    case 'created':
      return createdSentence(refusal.id);
    case 'badDetails':
      return vscode.l10n.t('Not created: details must hold a list of records for each detail object.');
    case 'blank':
      return vscode.l10n.t('Not created: fill in {0}.', refusal.fields.join(', '));
    case 'empty':
      return vscode.l10n.t('Not created: the record has no fields.');
  }
}

function createdSentence(id: string | undefined): string {
  return id === undefined
    ? vscode.l10n.t('Not saved: this record was created already. Open it to change it.')
    : vscode.l10n.t('Not saved: this record was created already, as {0}. Open it to change it.', id);
}

/** In the message at most so many fields are told one by one; all of them are in the comparison. */
const told = 3;

function conflictSentence({ conflicts, theirs, isElsewhere }: ConflictRefusal): string {
  const fields = conflicts.slice(0, told).map(changeSentence).join(' ');
  const rest = conflicts.length - told;
  return [
    isElsewhere
      ? vscode.l10n.t(
          'Not saved: the connection was edited, and what you opened is not the record that it leads to now.',
        )
      : vscode.l10n.t('Not saved: the record has changed since you opened it ({0}).', lastChange(theirs)),
    fields,
    rest > 0 ? vscode.l10n.t('{0} more fields are in the comparison.', rest) : '',
    vscode.l10n.t('Decide in the comparison, then save again.'),
  ]
    .filter(part => part !== '')
    .join(' ');
}

function changeSentence({ field, before, theirs, mine }: Conflict): string {
  const now = short(theirs);
  return before === undefined
    ? vscode.l10n.t('{0} is now {1}; yours is {2}.', field, now, short(mine))
    : vscode.l10n.t('{0} was {1} and is now {2}; yours is {3}.', field, short(before), now, short(mine));
}

function short(value: JsonValue | undefined): string {
  const text = Array.from(printJson(value ?? null));
  return text.length > 40 ? `${text.slice(0, 39).join('')}…` : text.join('');
}

/** By whom and when, as far as the record tells. */
function lastChange(record: JsonObject): string {
  const { last_modified_by__r: person, last_modified_by: id, last_modified_time: at } = record;
  const name = isJsonObject(person) ? person['name'] : Array.isArray(id) ? id[0] : undefined;
  const parts = [typeof name === 'string' ? name : '', typeof at === 'number' ? localTime(at, false) : ''];
  return parts.filter(part => part !== '').join(', ') || '?';
}
