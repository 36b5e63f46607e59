import * as vscode from 'vscode';
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
    if (!active) {
      item.hide();
      return;
    }
    const { name, host, userId, role } = active;
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
    item.show();
  };
  update();
  return vscode.Disposable.from(item, store.onDidChange(update));
}
