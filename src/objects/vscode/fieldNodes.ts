import * as vscode from 'vscode';
import { messageNode, type TreeNode } from '../../base/vscode/nodeTree';
import type { Field } from '../fields';

/** How the folder is named beside those of records. */
export const fieldsPart = 'fields';

export interface FieldsOf {
  readonly connection: string;
  /** API name. */
  readonly object: string;
  /** Asks the tenant for the description of the object. */
  readonly fields: () => Promise<readonly Field[]>;
  /** What people call an object, by its API name. */
  readonly nameOf: (object: string) => string | undefined;
}

/** The folder *Fields* below an object. */
export function fieldsFolder(of: FieldsOf): TreeNode {
  const item = new vscode.TreeItem(vscode.l10n.t('Fields'), vscode.TreeItemCollapsibleState.Collapsed);
  item.iconPath = new vscode.ThemeIcon('list-tree');
  item.contextValue = 'fxiaoke.fields';
  item.accessibilityInformation = { label: vscode.l10n.t('Fields') };
  return {
    item,
    argument: { connection: of.connection, object: of.object, set: fieldsPart },
    children: async () => {
      const fields = await of.fields();
      return fields.length > 0
        ? fields.map(field => fieldNode(field, of))
        : [messageNode(vscode.l10n.t('The tenant describes no fields.'))];
    },
  };
}

function fieldNode(field: Field, { connection, object, nameOf }: FieldsOf): TreeNode {
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const { apiName, label, type, target, options } = field;
  const item = new vscode.TreeItem(apiName, options.length > 0 ? Collapsed : None);
  const pointsTo = target === undefined ? undefined : `→ ${nameOf(target) ?? target}`;
  const required = field.required ? vscode.l10n.t('required') : undefined;
  item.description = [label, pointsTo ?? type, required].filter(part => part !== undefined && part !== '').join(' · ');
  item.iconPath = new vscode.ThemeIcon(target !== undefined ? 'references' : iconOf(type));
  item.contextValue = target === undefined ? 'fxiaoke.field' : 'fxiaoke.field.lookup';
  item.tooltip = [`${label} · ${apiName}`, type, target && `→ ${target}`, required].filter(Boolean).join('\n');
  item.accessibilityInformation = { label: vscode.l10n.t('field {0}, {1}', apiName, item.description) };
  if (target !== undefined) {
    item.command = {
      command: 'fxiaoke.object.reveal',
      title: vscode.l10n.t('Reveal the Object'),
      arguments: [{ connection, object: target, byPerson: true }],
    };
  }
  return { item, argument: { connection, object, field: apiName, target }, children: () => options.map(optionNode) };
}

function optionNode({ value, label }: Field['options'][number]): TreeNode {
  const item = new vscode.TreeItem(label);
  item.description = value;
  item.iconPath = new vscode.ThemeIcon('symbol-enum-member');
  item.accessibilityInformation = { label: vscode.l10n.t('option {0}, value {1}', label, value) };
  return { item };
}

/** VS Code's own icons for kinds of values. */
function iconOf(type: string): string {
  switch (type) {
    case 'number':
    case 'currency':
    case 'percentile':
    case 'count':
      return 'symbol-number';
    case 'date':
    case 'date_time':
    case 'time':
      return 'calendar';
    case 'true_or_false':
      return 'symbol-boolean';
    case 'select_one':
    case 'select_many':
    case 'record_type':
      return 'symbol-enum';
    case 'employee':
    case 'employee_many':
    case 'department':
    case 'department_many':
      return 'person';
    case 'formula':
    case 'auto_number':
      return 'symbol-operator';
    case 'file_attachment':
    case 'image':
      return 'file-media';
    default:
      return 'symbol-string';
  }
}
