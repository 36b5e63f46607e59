import * as vscode from 'vscode';
import { systemClock } from '../../base/clock';
import type { Connection } from '../connection';
import type { Connections } from '../connections';
import { roleIcon } from './connectionsView';
import { roleName } from './connectionForm';

/** Calls may come by the hundred: their count is shown anew that many milliseconds after the first of them. */
const countEvery = 1_000;

/** Shows which tenant commands go to, and how many calls it had. A click picks another one. */
export class StatusBar implements vscode.Disposable {
  readonly item = vscode.window.createStatusBarItem('fxiaoke.tenant', vscode.StatusBarAlignment.Left, 50);
  readonly #subscriptions: vscode.Disposable;
  #stopWaiting: (() => void) | undefined;

  constructor(private readonly connections: Connections) {
    this.item.name = vscode.l10n.t('Fxiaoke tenant');
    this.item.command = 'fxiaoke.connection.select';
    this.#subscriptions = vscode.Disposable.from(
      this.item,
      connections.store.onDidChange(() => this.#show()),
      connections.onDidCall(() => (this.#stopWaiting ??= systemClock.after(countEvery, () => this.#show()))),
      // Other windows have counted too, and a new day may have begun.
      vscode.window.onDidChangeWindowState(({ focused }) => focused && this.#show()),
    );
    this.#show();
  }

  dispose(): void {
    this.#stopWaiting?.();
    this.#subscriptions.dispose();
  }

  #show(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
    const { store } = this.connections;
    const active = store.active();
    if (active) showTenant(this.item, active, this.connections.callsToday(active));
    else showNone(this.item);
    if (store.list().length > 0) this.item.show();
    else this.item.hide();
  }
}

function showTenant(item: vscode.StatusBarItem, { name, host, userId, role }: Connection, calls: number): void {
  item.text = `$(${roleIcon(role).id}) ${name}`;
  item.backgroundColor = role === 'production' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
  item.tooltip = vscode.l10n.t(
    'Fxiaoke tenant: {0} ({1})\n{2}, employee {3}\nCalls from this editor today: {4}\nClick to pick another one',
    name,
    roleName(role),
    host,
    userId,
    calls.toLocaleString(vscode.env.language),
  );
  item.accessibilityInformation = { label: vscode.l10n.t('Fxiaoke tenant: {0}, {1}', name, roleName(role)) };
}

function showNone(item: vscode.StatusBarItem): void {
  item.text = `$(plug) ${vscode.l10n.t('Select a tenant')}`;
  item.backgroundColor = undefined;
  item.tooltip = vscode.l10n.t('Commands go to no tenant until you select one');
  item.accessibilityInformation = { label: vscode.l10n.t('Fxiaoke tenant: none is selected') };
}
