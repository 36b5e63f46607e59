import * as vscode from 'vscode';
import { recordCount } from '../../base/vscode/counts';
import type { Connection } from '../connection';
import type { Confirm, PlannedWrite, WriteOperation } from '../gate';
import { roleName } from './connectionForm';

/** What the person calls an object of a tenant, where that is known. No question waits for the tenant. */
export type ObjectName = (connection: Connection, apiName: string) => string | undefined;

/** Puts a write to the person in plain words: tenant, object, number of records, and what cannot be undone. */
export function confirmInEditor(objectName: ObjectName): Confirm {
  return async (write, verdict) => {
    const question = questionFor(write, objectName);
    const verb = operationName(write.operation);
    if (verdict === 'ask') {
      const options = { modal: true, ...detailFor(write) };
      return (await vscode.window.showWarningMessage(question, options, verb)) === verb;
    }
    const { name } = write.connection;
    const typed = await vscode.window.showInputBox({
      title: question,
      prompt: vscode.l10n.t('Deleted records cannot be recovered. Type {0} to delete them.', name),
      ignoreFocusOut: true,
      validateInput: text => (text === name || text === '' ? undefined : vscode.l10n.t('This is not {0}.', name)),
    });
    return typed === name;
  };
}

function questionFor(
  { connection, operation, object, count, question, isRead }: PlannedWrite,
  objectName: ObjectName,
): string {
  const tenant = vscode.l10n.t('{0} ({1})', connection.name, roleName(connection.role));
  if (isRead && question !== undefined) return vscode.l10n.t('{0} — {1}', question, tenant);
  // What is about to happen is told in any case; the author's own question goes ahead of it.
  const asked = question === undefined ? '' : `${question} `;
  if (object === undefined) return asked + sentenceFor('send', '', '', tenant);
  const name = objectName(connection, object);
  const what = name === undefined || name === object ? object : vscode.l10n.t('{0} ({1})', object, name);
  return asked + sentenceFor(operation, recordCount(count), what, tenant);
}

function sentenceFor(operation: WriteOperation, records: string, object: string, tenant: string): string {
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
    case 'send':
      return vscode.l10n.t('Send this request, which may change data, to {0}?', tenant);
  }
}

function detailFor({ operation }: PlannedWrite): { detail: string } | undefined {
  switch (operation) {
    case 'delete':
      return { detail: vscode.l10n.t('Deleted records cannot be recovered.') };
    case 'invalidate':
      return { detail: vscode.l10n.t('Invalidated records go to the recycle bin and can be recovered from there.') };
    default:
      return undefined;
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
