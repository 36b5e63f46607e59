import * as vscode from 'vscode';
import type { Connection } from '../connection';
import type { ConnectionStore } from '../connectionStore';
import { roleIcon } from './connectionsView';
import { roleName } from './connectionForm';

/** Shows which tenant commands go to. A click picks another one. */
export function registerStatusBar(store: ConnectionStore): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('fxiaoke.tenant', vscode.StatusBarAlignment.Left, 50);
  item.name = vscode.l10n.t('Fxiaoke tenant');
  item.command = 'fxiaoke.connection.select';
  const update = () => {
    const active = store.active();
    if (active) showTenant(item, active);
    else showNone(item);
    if (store.list().length > 0) item.show();
    else item.hide();
  };
  update();
  return vscode.Disposable.from(item, store.onDidChange(update));
}

function showTenant(item: vscode.StatusBarItem, { name, host, userId, role }: Connection): void {
  item.text = `$(${roleIcon(role).id}) ${name}`;
  item.backgroundColor = role === 'production' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
  item.tooltip = vscode.l10n.t(
    'Fxiaoke tenant: {0} ({1})\n{2}, employee {3}\nClick to pick another one',
    name,
    roleName(role),
    host,
    userId,
  );
  item.accessibilityInformation = { label: vscode.l10n.t('Fxiaoke tenant: {0}, {1}', name, roleName(role)) };
}

function showNone(item: vscode.StatusBarItem): void {
  item.text = `$(plug) ${vscode.l10n.t('Select a tenant')}`;
  item.backgroundColor = undefined;
  item.tooltip = vscode.l10n.t('Commands go to no tenant until you select one');
  item.accessibilityInformation = { label: vscode.l10n.t('Fxiaoke tenant: none is selected') };
}
