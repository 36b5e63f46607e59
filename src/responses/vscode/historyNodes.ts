import * as vscode from 'vscode';
import { messageNode, type TreeNode } from '../../base/vscode/nodeTree';
import type { HistoryEntry } from '../history';
import type { HistoryCall } from '../historyCall';
import { clockTime, entryLabel, explanation, figures, traceIds } from './answerWords';

/** An answer; below a failed one, what its code means and the trace ids. */
export function entryNode(entry: HistoryEntry): TreeNode {
  const { id, time, call } = entry;
  const failed = call !== undefined && call.errorCode !== 0;
  const item = new vscode.TreeItem(entryLabel(entry));
  item.id = id;
  item.description = [clockTime(time), ...(call ? [figures(call), call.connection.name] : [])].join(' · ');
  item.iconPath = failed
    ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
    : new vscode.ThemeIcon(call ? 'pass' : 'list-flat');
  item.tooltip =
    call && [entryLabel(entry), item.description, ...(failed ? [explanation(call)] : []), traceIds(call)].join('\n');
  item.contextValue = ['fxiaoke.answer', ...(call ? ['call'] : []), ...(call?.request ? ['request'] : [])].join('.');
  const outcome = failed ? [vscode.l10n.t('failed')] : [];
  item.accessibilityInformation = { label: [entryLabel(entry), ...outcome, item.description].join(', ') };
  item.command = open(id);
  if (!failed) return { item, argument: { id } };
  item.collapsibleState = vscode.TreeItemCollapsibleState.Collapsed;
  return { item, argument: { id }, children: () => failureNodes(id, call) };
}

function failureNodes(id: string, call: HistoryCall): TreeNode[] {
  const ids = messageNode(traceIds(call).replace('\n', ' · '), new vscode.ThemeIcon('copy'));
  ids.item.command = {
    title: vscode.l10n.t('Copy the trace IDs'),
    command: 'fxiaoke.history.copyTraceIds',
    arguments: [{ id, byPerson: true }],
  };
  const sentence = vscode.l10n.t('The server said: “{0}”', call.errorMessage);
  const said = call.errorMessage === '' ? [] : [messageNode(sentence, new vscode.ThemeIcon('comment'))];
  return [messageNode(explanation(call), new vscode.ThemeIcon('info')), ...said, ids];
}

function open(id: string): vscode.Command {
  return { title: vscode.l10n.t('Open'), command: 'fxiaoke.history.open', arguments: [{ id, byPerson: true }] };
}
