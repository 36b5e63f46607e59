import * as vscode from 'vscode';
import { nameIn, type WriteOperation } from '../../api/endpoints';
import { recordCount } from '../../base/vscode/counts';
import { displayLanguage } from '../../base/vscode/settings';
import type { Connection } from '../connection';
import type { Confirm, PlannedWrite } from '../gate';
import { roleName } from './roles';

/** What people call an object or a record of a tenant, where that is known. No question waits for the tenant. */
export interface KnownNames {
  readonly object: (connection: Connection, apiName: string) => string | undefined;
  readonly record: (connection: Connection, id: string) => string | undefined;
}

/** Puts a write to the person in plain words: tenant, object, which records, and what cannot be undone. */
export function confirmInEditor(names: KnownNames): Confirm {
  return async (write, verdict) => {
    const question = questionFor(write, names);
    const verb = operationName(write.operation);
    if (verdict === 'ask') {
      const detail = detailFor(write, names).join('\n');
      const options = { modal: true, ...(detail !== '' && { detail }) };
      return (await vscode.window.showWarningMessage(question, options, verb)) === verb;
    }
    const { name } = write.connection;
    const typed = await vscode.window.showInputBox({
      title: question,
      prompt: [
        ...recordsFor(write, names),
        vscode.l10n.t('Deleted records cannot be recovered. Type {0} to delete them.', name),
      ].join(' — '),
      ignoreFocusOut: true,
      validateInput: text => (text === name || text === '' ? undefined : vscode.l10n.t('This is not {0}.', name)),
    });
    return typed === name;
  };
}

function questionFor(write: PlannedWrite, names: KnownNames): string {
  const { connection, operation, object, count, question, isRead } = write;
  const tenant = vscode.l10n.t('{0} ({1})', connection.name, roleName(connection.role));
  if (isRead && question !== undefined) return vscode.l10n.t('{0} — {1}', question, tenant);
  // What is about to happen is told in any case; the author's own question goes ahead of it.
  const asked = question === undefined ? '' : `${question} `;
  if (object === undefined) return asked + callSentence(write, undefined, tenant);
  const name = names.object(connection, object);
  const what = name === undefined || name === object ? object : vscode.l10n.t('{0} ({1})', object, name);
  if (operation === 'send') return asked + callSentence(write, what, tenant);
  return asked + sentenceFor(operation, recordCount(count), what, tenant);
}

/** Of a call that is known by its name or path only. */
function callSentence({ endpoint, path, count }: PlannedWrite, object: string | undefined, tenant: string): string {
  const records = recordCount(count);
  const touched =
    object === undefined ? (count > 1 ? records : undefined) : vscode.l10n.t('{0} of {1}', records, object);
  if (endpoint) {
    const name = nameIn(displayLanguage(), endpoint);
    return touched === undefined
      ? vscode.l10n.t('{0} in {1}?', name, tenant)
      : vscode.l10n.t('{0} ({1}) in {2}?', name, touched, tenant);
  }
  const call = path ?? '';
  return touched === undefined
    ? vscode.l10n.t('Send {0}, which may change data, to {1}?', call, tenant)
    : vscode.l10n.t('Send {0}, which may change data ({1}), to {2}?', call, touched, tenant);
}

function sentenceFor(
  operation: Exclude<WriteOperation, 'send'>,
  records: string,
  object: string,
  tenant: string,
): string {
  switch (operation) {
    case 'create':
      return vscode.l10n.t('Create {0} of {1} in {2}?', records, object, tenant);
    case 'update':
      return vscode.l10n.t('Update {0} of {1} in {2}?', records, object, tenant);
    case 'changeOwner':
      return vscode.l10n.t('Change the owner of {0} of {1} in {2}?', records, object, tenant);
    case 'invalidate':
      return vscode.l10n.t('Invalidate {0} of {1} in {2}?', records, object, tenant);
    case 'recover':
      return vscode.l10n.t('Recover {0} of {1} in {2}?', records, object, tenant);
    case 'delete':
      return vscode.l10n.t('Delete {0} of {1} from {2}?', records, object, tenant);
    case 'lock':
      return vscode.l10n.t('Lock {0} of {1} in {2}?', records, object, tenant);
    case 'unlock':
      return vscode.l10n.t('Unlock {0} of {1} in {2}?', records, object, tenant);
  }
}

/** Which records, which of their fields, whose they become, and what cannot be undone. */
function detailFor(write: PlannedWrite, names: KnownNames): string[] {
  const { connection, operation, fields = [], owner } = write;
  return [
    ...recordsFor(write, names),
    ...(fields.length > 0 ? [vscode.l10n.t('Fields: {0}', fields.join(', '))] : []),
    ...(owner === undefined ? [] : [vscode.l10n.t('New owner: {0}', namedId(owner, connection, names))]),
    ...consequenceOf(operation),
  ];
}

/** So many records are named; their number stands in the question. */
const mostNamed = 3;

/** What is selected need not be what the person looks at: the question says which records it is about. */
function recordsFor({ connection, ids = [] }: PlannedWrite, names: KnownNames): string[] {
  if (ids.length === 0) return [];
  const [id = ''] = ids;
  if (ids.length === 1) return [namedId(id, connection, names)];
  const named = ids.slice(0, mostNamed).map(each => names.record(connection, each) ?? each);
  return [[...named, ...(ids.length > mostNamed ? ['…'] : [])].join(', ')];
}

function namedId(id: string, connection: Connection, names: KnownNames): string {
  const name = names.record(connection, id);
  return name === undefined ? id : vscode.l10n.t('{0} ({1})', name, id);
}

function consequenceOf(operation: WriteOperation): string[] {
  switch (operation) {
    case 'delete':
      return [vscode.l10n.t('Deleted records cannot be recovered.')];
    case 'invalidate':
      return [vscode.l10n.t('Invalidated records go to the recycle bin and can be recovered from there.')];
    default:
      return [];
  }
}

export function operationName(operation: WriteOperation): string {
  switch (operation) {
    case 'create':
      return vscode.l10n.t('Create');
    case 'update':
      return vscode.l10n.t('Update');
    case 'changeOwner':
      return vscode.l10n.t('Change owner');
    case 'invalidate':
      return vscode.l10n.t('Invalidate');
    case 'recover':
      return vscode.l10n.t('Recover');
    case 'delete':
      return vscode.l10n.t('Delete');
    case 'lock':
      return vscode.l10n.t('Lock');
    case 'unlock':
      return vscode.l10n.t('Unlock');
    case 'send':
      return vscode.l10n.t('Send');
  }
}
