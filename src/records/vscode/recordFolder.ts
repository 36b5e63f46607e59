import * as vscode from 'vscode';
import { recordCount } from '../../base/vscode/counts';
import { displayLanguage } from '../../base/vscode/settings';
import type { Field } from '../../objects/fields';
import { conditionText } from '../conditions';
import type { RecordSet } from '../recordSet';

/** The item of a folder of records. A filter is called by API names until `nameFolder` knows better. */
export function folderItem(set: RecordSet): vscode.TreeItem {
  const item = new vscode.TreeItem(labelOf(set, []), stateOf(set));
  item.iconPath = new vscode.ThemeIcon(iconOf(set));
  item.contextValue = typeof set === 'string' ? `fxiaoke.${set}` : 'fxiaoke.filter';
  const tooltip = tooltipOf(set);
  if (tooltip !== undefined) item.tooltip = tooltip;
  return item;
}

/** `fields` say what the conditions of a filter mean. */
export function nameFolder(item: vscode.TreeItem, set: RecordSet, fields: readonly Field[]): void {
  item.label = labelOf(set, fields);
}

/** Says how many there are, where that is known. */
export function showCount(item: vscode.TreeItem, set: RecordSet, count: number | undefined): void {
  const text = count === undefined ? '' : new Intl.NumberFormat(vscode.env.language).format(count);
  item.description = text;
  const name = typeof item.label === 'string' ? item.label : '';
  item.accessibilityInformation = {
    label: [
      typeof set === 'string' ? name : vscode.l10n.t('filter {0}', name),
      ...(count === undefined ? [] : [recordCount(count)]),
    ].join(', '),
  };
}

export function emptyText(set: RecordSet): string {
  if (set === 'recycleBin') return vscode.l10n.t('No invalidated records');
  return set === 'records' ? vscode.l10n.t('No records') : vscode.l10n.t('No records that match');
}

function labelOf(set: RecordSet, fields: readonly Field[]): string {
  if (set === 'records') return vscode.l10n.t('Records');
  if (set === 'recycleBin') return vscode.l10n.t('Recycle bin');
  return set.conditions.map(condition => conditionText(condition, fields, displayLanguage())).join(' · ');
}

function stateOf(set: RecordSet): vscode.TreeItemCollapsibleState {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  return set === 'records' ? Expanded : Collapsed;
}

function iconOf(set: RecordSet): string {
  if (set === 'records') return 'list-flat';
  return set === 'recycleBin' ? 'trash' : 'filter';
}

function tooltipOf(set: RecordSet): string | undefined {
  if (set === 'records') return undefined;
  if (set === 'recycleBin') return vscode.l10n.t('Invalidated records: they can be recovered or deleted for good');
  const conditions = set.conditions.map(
    each => `${each.field_name} ${each.operator} ${JSON.stringify(each.field_values)}`,
  );
  return [vscode.l10n.t('Records that meet these conditions'), ...conditions].join('\n');
}
