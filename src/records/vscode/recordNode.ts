import * as vscode from 'vscode';
import { isJsonObject, type JsonObject } from '../../base/json';
import type { TreeNode } from '../../base/vscode/nodeTree';
import { isInvalid, recordLabel } from '../recordFields';
import { recordUri } from '../recordRef';

/** A record in the tree; `object` is an API name. */
export function recordNode(connection: string, object: string, record: JsonObject): TreeNode {
  const id = typeof record['_id'] === 'string' ? record['_id'] : '';
  const label = recordLabel(record);
  const invalid = isInvalid(record);
  const locked = record['lock_status'] === '1';
  const item = new vscode.TreeItem(label);
  const owner = isJsonObject(record['owner__r']) ? record['owner__r']['name'] : undefined;
  const notes = [typeof owner === 'string' ? owner : undefined, locked ? vscode.l10n.t('locked') : undefined];
  item.description = notes.filter(note => note !== undefined).join(' · ');
  item.iconPath = new vscode.ThemeIcon(invalid ? 'circle-slash' : locked ? 'lock' : 'json');
  item.contextValue = invalid ? 'fxiaoke.record.invalid' : locked ? 'fxiaoke.record.locked' : 'fxiaoke.record';
  item.tooltip = `${label}\n${object}/${id}`;
  item.accessibilityInformation = {
    label: [vscode.l10n.t('record {0}', label), invalid ? vscode.l10n.t('invalidated') : '', item.description]
      .filter(part => part !== '')
      .join(', '),
  };
  // The editor's own command opens as its own explorer does: a click previews, a second one keeps, Enter goes there.
  item.command = {
    command: 'vscode.open',
    title: vscode.l10n.t('Open'),
    arguments: [vscode.Uri.from(recordUri({ connectionId: connection, object, id }))],
  };
  return { item, argument: { connection, object, id } };
}

export function moreNode(shown: number, loadMore: () => Promise<void>): TreeNode {
  const item = new vscode.TreeItem(vscode.l10n.t('Load more'));
  item.description = vscode.l10n.t('{0} shown', shown);
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.contextValue = 'fxiaoke.more';
  item.command = {
    command: 'fxiaoke.internal.loadMore',
    title: vscode.l10n.t('Load more'),
    arguments: [{ loadMore, byPerson: true }],
  };
  return { item };
}
