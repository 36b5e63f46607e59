import * as vscode from 'vscode';
import type { Connection, Role } from '../connection';
import type { Connections } from '../connections';
import { isQuotaUsedUp } from '../connectionStates';
import { callsLeft, isQuotaLow } from '../quota';
import { leftWords, shownNumber } from './callsWords';
import { roleIcon, roleName } from './roles';
import { onSituation, type Situation } from './situation';
import { stateSentence, stateWords, type FailureWords } from './stateWords';

export interface StatusBarOptions extends FailureWords {
  readonly connections: Connections;
}

/** Shows which tenant commands go to, how it stands with it and how many calls it had. A click picks another one. */
export class StatusBar implements vscode.Disposable {
  readonly item = vscode.window.createStatusBarItem('fxiaoke.tenant', vscode.StatusBarAlignment.Left, 50);
  readonly #subscriptions: vscode.Disposable;

  constructor(private readonly options: StatusBarOptions) {
    this.item.name = vscode.l10n.t('Fxiaoke tenant');
    this.#subscriptions = vscode.Disposable.from(
      this.item,
      onSituation(options.connections, () => this.#show()),
    );
    this.#show();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #show(): void {
    const { connections } = this.options;
    const active = connections.store.active();
    if (active) {
      // Not a look at the secrets: this is shown from the start.
      const state = connections.knownState(active);
      showTenant(this.item, active, { active: true, state, calls: connections.callsToday(active) }, this.options);
    } else showNone(this.item);
    if (connections.store.list().length > 0) this.item.show();
    else this.item.hide();
  }
}

function showTenant(
  item: vscode.StatusBarItem,
  connection: Connection,
  { state, calls }: Situation,
  words: FailureWords,
): void {
  const { name, role } = connection;
  const isStopped = state?.kind === 'notRunning';
  item.text = textFor(connection, state);
  item.backgroundColor = backgroundFor(role, isQuotaLow(connection, calls) || isQuotaUsedUp(state));
  item.command = isStopped ? 'fxiaoke.sandbox.start' : 'fxiaoke.connection.select';
  const standing = stateSentence(state, name, words) ?? stateWords(state, words);
  const left = callsLeft(connection, calls);
  item.tooltip = [
    tenantSentence(connection, calls),
    ...(left === undefined ? [] : [quotaSentence(connection, left)]),
    ...(standing === undefined ? [] : [standing]),
    isStopped ? vscode.l10n.t('Click to start it') : vscode.l10n.t('Click to pick another one'),
  ].join('\n');
  const spoken = vscode.l10n.t('Fxiaoke tenant: {0}, {1}', name, roleName(role));
  item.accessibilityInformation = { label: [spoken, stateWords(state, words)].filter(Boolean).join(', ') };
}

/** Icon and colour alone tell too little: the role stands there, and what keeps calls from being made. */
function textFor({ name, role }: Connection, state: Situation['state']): string {
  const failed = state?.kind === 'failed' || state?.kind === 'signedOut';
  const parts = [
    name,
    ...(role === 'development' ? [] : [roleName(role)]),
    ...(state?.kind === 'notRunning' ? [vscode.l10n.t('not running')] : []),
    ...(isQuotaUsedUp(state) ? [vscode.l10n.t('no calls left today')] : []),
  ];
  return `$(${roleIcon(role).id}) ${parts.join(' · ')}${failed ? ' $(warning)' : ''}`;
}

function backgroundFor(role: Role, isQuotaGone: boolean): vscode.ThemeColor | undefined {
  const isProduction = role === 'production';
  // The colour of production says nothing new there.
  if (isProduction && isQuotaGone) return new vscode.ThemeColor('statusBarItem.errorBackground');
  return isProduction || isQuotaGone ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
}

function tenantSentence({ name, host, userId, role }: Connection, calls: number): string {
  return vscode.l10n.t(
    'Fxiaoke tenant: {0} ({1})\n{2}, employee {3}\nCalls from this editor today: {4}',
    name,
    roleName(role),
    host,
    userId,
    shownNumber(calls),
  );
}

function quotaSentence({ dailyQuota = 0 }: Connection, left: number): string {
  return vscode.l10n.t(
    '{0} of {1} a day, as far as this editor can count: calls from elsewhere come off too',
    leftWords(left),
    shownNumber(dailyQuota),
  );
}

function showNone(item: vscode.StatusBarItem): void {
  item.command = 'fxiaoke.connection.select';
  item.text = `$(plug) ${vscode.l10n.t('Select a tenant')}`;
  item.backgroundColor = undefined;
  item.tooltip = vscode.l10n.t('Commands go to no tenant until you select one');
  item.accessibilityInformation = { label: vscode.l10n.t('Fxiaoke tenant: none is selected') };
}
