import * as vscode from 'vscode';
import { endpointAt } from '../../api/endpoints';
import type { CommandId } from '../../commands';
import { pathnameOf } from '../language/body';
import type { Heading, ParsedSection } from '../parsedSection';
import type { PlacedSection } from '../placedSection';
import { parsed } from './requestFiles';

/** The lenses of a request, which its document holds thousands of: what one does is said when it comes in sight. */
class RequestLens extends vscode.CodeLens {
  constructor(
    top: number,
    readonly action: (typeof actions)[number],
    readonly argument: { readonly uri: vscode.Uri; readonly line: number; readonly byPerson: true },
  ) {
    super(new vscode.Range(top, 0, top, 0));
  }
}

const actions = ['send', 'sendIn', 'compareTenants', 'copy'] as const;
/** To compare is offered for what reads. */
const actionsOfWrites = actions.filter(action => action !== 'compareTenants');

/** *Send · Send in … · Compare tenants · Copy* above each request. */
export class RequestLenses implements vscode.CodeLensProvider {
  /** Those of a section that stands on the same line are not made anew. */
  readonly #known = new WeakMap<ParsedSection, { readonly line: number; readonly lenses: RequestLens[] }>();

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    return parsed(document).sections.flatMap(section => this.#lensesOf(document.uri, section));
  }

  resolveCodeLens(lens: vscode.CodeLens): vscode.CodeLens {
    if (lens instanceof RequestLens) lens.command = { ...commandOf(lens.action), arguments: [lens.argument] };
    return lens;
  }

  #lensesOf(uri: vscode.Uri, section: PlacedSection): RequestLens[] {
    const { line, parsed } = section;
    const last = this.#known.get(parsed);
    if (last?.line === line) return last.lenses;
    const { heading } = parsed;
    const lenses = heading ? lensesAt(uri, section, heading) : [];
    this.#known.set(parsed, { line, lenses });
    return lenses;
  }
}

function lensesAt(uri: vscode.Uri, section: PlacedSection, { top, start, target = '' }: Heading): RequestLens[] {
  const { line } = section.placeOf(start);
  const topLine = section.placeOf(top).line;
  const argument = { uri, line, byPerson: true } as const;
  return (reads(target) ? actions : actionsOfWrites).map(action => new RequestLens(topLine, action, argument));
}

function reads(target: string): boolean {
  const path = pathnameOf(target);
  return path !== undefined && endpointAt(path)?.effect === 'read';
}

function commandOf(action: RequestLens['action']): { readonly title: string; readonly command: CommandId } {
  switch (action) {
    case 'send':
      return { title: `$(play) ${vscode.l10n.t('Send')}`, command: 'fxiaoke.request.send' };
    case 'sendIn':
      return { title: vscode.l10n.t('Send in …'), command: 'fxiaoke.request.sendIn' };
    case 'compareTenants':
      return { title: vscode.l10n.t('Compare tenants'), command: 'fxiaoke.request.compareTenants' };
    case 'copy':
      return { title: vscode.l10n.t('Copy'), command: 'fxiaoke.request.copyAs' };
  }
}
