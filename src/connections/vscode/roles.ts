import * as vscode from 'vscode';
import type { Role } from '../connection';

export function roleName(role: Role): string {
  switch (role) {
    case 'development':
      return vscode.l10n.t('development');
    case 'production':
      return vscode.l10n.t('production');
    case 'readOnly':
      return vscode.l10n.t('read-only');
  }
}

/** Colour never carries the meaning alone: each role has an icon of its own. */
export function roleIcon(role: Role): vscode.ThemeIcon {
  switch (role) {
    case 'development':
      return new vscode.ThemeIcon('circle-filled');
    case 'production':
      return new vscode.ThemeIcon('flame', new vscode.ThemeColor('list.warningForeground'));
    case 'readOnly':
      return new vscode.ThemeIcon('lock');
  }
}
