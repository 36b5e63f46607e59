import * as vscode from 'vscode';
import type { JsonObject } from '../../base/json';
import type { TreeNode } from '../../base/vscode/nodeTree';
import { catalogueEntry } from '../../objects/catalogue';
import type { Field } from '../../objects/fields';
import { columnText } from '../columnText';
import { isInvalid, isLocked, recordLabel } from '../recordFields';
import { recordUri } from '../recordRef';

/** What is said of a record beside its name: the fields that the person picked, else its owner. */
export interface RecordColumns {
  readonly columns: readonly string[] | undefined;
  readonly fields: readonly Field[];
}

/** The folder that a record stands in; `object` is an API name, `key` the folder's own in the whole tree. */
export interface RecordPlace {
  readonly connection: string;
  readonly object: string;
  readonly key: string;
}

export function recordNode(
  { connection, object, key }: RecordPlace,
  record: JsonObject,
  { columns = ['owner'], fields }: RecordColumns,
): TreeNode {
  const id = typeof record['_id'] === 'string' ? record['_id'] : '';
  const label = recordLabel(record);
  const invalid = isInvalid(record);
  const locked = isLocked(record);
  const item = new vscode.TreeItem(label);
  // Selected or in focus it stays so when it is renamed.
  item.id = `${key}/${id}`;
  const notes = [columnText(record, columns, fields), locked ? vscode.l10n.t('locked') : ''];
  item.description = notes.filter(note => note !== '').join(' · ');
  item.iconPath = new vscode.ThemeIcon(invalid ? 'circle-slash' : locked ? 'lock' : 'json');
  item.contextValue = contextOf(object, invalid, locked);
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

/**
 * What the menus go by. Records in force can be deleted of a few objects only, all others are invalidated first; those
 * of a process engine can only be read.
 */
function contextOf(object: string, invalid: boolean, locked: boolean): string {
  const known = catalogueEntry(object);
  if (known?.readOnly) return 'fxiaoke.record.process';
  if (invalid) return 'fxiaoke.record.invalid';
  const deletable = known?.deleteDirectly ? '.deletable' : '';
  return `fxiaoke.record${locked ? '.locked' : ''}${deletable}`;
}

export interface MoreRecords {
  readonly shown: number;
  /** How many there are, where somebody asked. */
  readonly of: number | undefined;
  /** Names the folder. */
  readonly argument: TreeNode['argument'];
  readonly loadMore: () => Promise<void>;
}

export function moreNode({ shown, of, argument, loadMore }: MoreRecords): TreeNode {
  const item = new vscode.TreeItem(vscode.l10n.t('Load more'));
  const number = new Intl.NumberFormat(vscode.env.language);
  item.description =
    of === undefined
      ? vscode.l10n.t('{0} shown', number.format(shown))
      : vscode.l10n.t('{0} of {1} shown', number.format(shown), number.format(of));
  item.accessibilityInformation = { label: `${vscode.l10n.t('Load more')}, ${item.description}` };
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.contextValue = 'fxiaoke.more';
  item.command = {
    command: 'fxiaoke.internal.loadMore',
    title: vscode.l10n.t('Load more'),
    arguments: [{ loadMore, byPerson: true }],
  };
  return { item, ...(argument && { argument }) };
}
