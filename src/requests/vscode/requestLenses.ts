import * as vscode from 'vscode';
import type { CommandId } from '../../commands';
import { parsed } from './requestFiles';

/** *Send · Send in … · Compare tenants · Copy* above each request. */
export function lensesOf(document: vscode.TextDocument): vscode.CodeLens[] {
  const actions = lensActions();
  return parsed(document).sections.flatMap(({ start, separator, heading }) => {
    if (!heading) return [];
    const { line } = document.positionAt(heading.start);
    const at = new vscode.Position(separator ? document.positionAt(start).line : line, 0);
    const argument = { uri: document.uri, line, byPerson: true };
    return actions.map(
      ([title, command]) => new vscode.CodeLens(new vscode.Range(at, at), { title, command, arguments: [argument] }),
    );
  });
}

function lensActions(): readonly (readonly [title: string, command: CommandId])[] {
  return [
    [`$(play) ${vscode.l10n.t('Send')}`, 'fxiaoke.request.send'],
    [vscode.l10n.t('Send in …'), 'fxiaoke.request.sendIn'],
    [vscode.l10n.t('Compare tenants'), 'fxiaoke.request.compareTenants'],
    [vscode.l10n.t('Copy'), 'fxiaoke.request.copyAs'],
  ];
}
