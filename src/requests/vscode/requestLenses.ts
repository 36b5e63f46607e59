import * as vscode from 'vscode';
import { endpointAt } from '../../api/endpoints';
import type { CommandId } from '../../commands';
import { pathnameOf } from '../language/body';
import { parsed } from './requestFiles';

interface Known {
  readonly uri: vscode.Uri;
  readonly top: number;
  readonly line: number;
  readonly lenses: vscode.CodeLens[];
}

/** Those of a section that stands where it stood: thousands need not be made anew for each letter. */
const known = new WeakMap<object, Known>();

/** *Send · Send in … · Compare tenants · Copy* above each request; only what reads is compared. */
export function lensesOf(document: vscode.TextDocument): vscode.CodeLens[] {
  const { uri } = document;
  return parsed(document).sections.flatMap(section => {
    const { heading } = section;
    if (!heading) return [];
    const { line } = document.positionAt(heading.start);
    const top = heading.top === heading.start ? line : document.positionAt(heading.top).line;
    const last = known.get(section.parsed);
    if (last?.uri === uri && last.top === top && last.line === line) return last.lenses;
    const lenses = lensesAt(uri, top, line, isRead(heading.target));
    known.set(section.parsed, { uri, top, line, lenses });
    return lenses;
  });
}

function isRead(target = ''): boolean {
  const path = pathnameOf(target);
  return path !== undefined && endpointAt(path)?.effect === 'read';
}

function lensesAt(uri: vscode.Uri, top: number, line: number, reads: boolean): vscode.CodeLens[] {
  const at = new vscode.Position(top, 0);
  const argument = { uri, line, byPerson: true };
  return lensActions(reads).map(
    ([title, command]) => new vscode.CodeLens(new vscode.Range(at, at), { title, command, arguments: [argument] }),
  );
}

function lensActions(reads: boolean): readonly (readonly [title: string, command: CommandId])[] {
  return [
    [`$(play) ${vscode.l10n.t('Send')}`, 'fxiaoke.request.send'],
    [vscode.l10n.t('Send in …'), 'fxiaoke.request.sendIn'],
    ...(reads ? [[vscode.l10n.t('Compare tenants'), 'fxiaoke.request.compareTenants'] as const] : []),
    [vscode.l10n.t('Copy'), 'fxiaoke.request.copyAs'],
  ];
}
