import * as vscode from 'vscode';
import type { Connection } from '../connection';
import type { Connections } from '../connections';
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
    this.item.command = 'fxiaoke.connection.select';
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
  { name, host, userId, role }: Connection,
  { state, calls }: Situation,
  words: FailureWords,
): void {
  const failed = state?.kind === 'failed' || state?.kind === 'signedOut';
  item.text = `$(${roleIcon(role).id}) ${name}${failed ? ' $(warning)' : ''}`;
  item.backgroundColor = role === 'production' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
  const tenant = vscode.l10n.t(
    'Fxiaoke tenant: {0} ({1})\n{2}, employee {3}\nCalls from this editor today: {4}',
    name,
    roleName(role),
    host,
    userId,
    calls.toLocaleString(vscode.env.language),
  );
  const standing = stateSentence(state, name, words) ?? stateWords(state, words);
  item.tooltip = [
    tenant,
    ...(standing === undefined ? [] : [standing]),
    vscode.l10n.t('Click to pick another one'),
  ].join('\n');
  const spoken = vscode.l10n.t('Fxiaoke tenant: {0}, {1}', name, roleName(role));
  item.accessibilityInformation = { label: [spoken, stateWords(state, words)].filter(Boolean).join(', ') };
}

function showNone(item: vscode.StatusBarItem): void {
  item.text = `$(plug) ${vscode.l10n.t('Select a tenant')}`;
  item.backgroundColor = undefined;
  item.tooltip = vscode.l10n.t('Commands go to no tenant until you select one');
  item.accessibilityInformation = { label: vscode.l10n.t('Fxiaoke tenant: none is selected') };
}
