import * as vscode from 'vscode';
import type { TreeNode } from '../../base/vscode/nodeTree';
import type { Connection } from '../connection';
import { callsWords } from './callsWords';
import { roleIcon, roleName } from './roles';
import type { Situation } from './situation';
import { stateSentence, stateWords, type FailureWords } from './stateWords';

/** A connection with its role and how it stands with it. */
export function connectionNode(connection: Connection, situation: Situation, words: FailureWords): TreeNode {
  const { id, name, role, userId } = connection;
  const { active, state } = situation;
  const item = new vscode.TreeItem(name);
  item.id = id;
  const facts = factsOf(connection, userId, situation, words);
  item.description = described(facts, situation);
  item.iconPath = stateIcon(state) ?? roleIcon(role);
  const sentence = stateSentence(state, name, words);
  item.tooltip = [name, facts.join(' · '), ...(sentence === undefined ? [] : ['', sentence])].join('\n');
  const parts = ['fxiaoke.connection', ...(active ? ['active'] : []), ...(state?.kind === 'failed' ? ['failed'] : [])];
  item.contextValue = parts.join('.');
  // A bare number says nothing to who hears it.
  const spoken = factsOf(connection, vscode.l10n.t('employee {0}', userId), situation, words);
  item.accessibilityInformation = { label: [name, ...(active ? [vscode.l10n.t('active')] : []), ...spoken].join(', ') };
  if (!active) {
    item.command = {
      command: 'fxiaoke.connection.select',
      title: vscode.l10n.t('Select'),
      arguments: [{ id, byPerson: true }],
    };
  }
  return { item, argument: { id } };
}

/** A tick beside what went wrong would read as if all were well: there the word stands. */
function described(facts: readonly string[], { active, state }: Situation): string {
  const text = facts.join(' · ');
  if (!active) return text;
  return isAmiss(state) ? `${text} · ${vscode.l10n.t('active')}` : `✓ ${text}`;
}

function isAmiss(state: Situation['state']): boolean {
  return state?.kind === 'failed' || state?.kind === 'signedOut';
}

/** What went wrong stands first: the rest of a line may not be seen. */
function factsOf(connection: Connection, employee: string, { state, calls }: Situation, words: FailureWords) {
  const { host, role, sandbox } = connection;
  const place = sandbox ? vscode.l10n.t('local') : host.replace(/^https?:\/\//, '');
  const who = [place, employee, roleName(role)];
  const standing = stateWords(state, words);
  if (isAmiss(state) && standing !== undefined) return [standing, ...who];
  const counted =
    standing === undefined && connection.dailyQuota === undefined ? undefined : callsWords(connection, calls);
  return [...who, standing, counted].filter(part => part !== undefined);
}

function stateIcon(state: Situation['state']): vscode.ThemeIcon | undefined {
  switch (state?.kind) {
    case 'failed':
      return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    case 'signedOut':
      return new vscode.ThemeIcon('debug-disconnect');
    default:
      return undefined;
  }
}
