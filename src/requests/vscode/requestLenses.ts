import * as vscode from 'vscode';
import { endpointAt } from '../../api/endpoints';
import type { CommandId } from '../../commands';
import { pathOfTarget } from '../language/body';
import type { PlacedSection } from '../placedSection';
import { SectionLists } from './sectionLists';

/** A lens stands where it stood until the editor asks again: `section` tells whether the same request is there. */
interface LensArgument {
  readonly uri: vscode.Uri;
  readonly line: number;
  readonly section: PlacedSection;
  readonly byPerson: true;
}

/** The lenses of a request, which its document holds thousands of: what one does is said when it comes in sight. */
class RequestLens extends vscode.CodeLens {
  constructor(
    top: vscode.Range,
    readonly action: (typeof actions)[number],
    readonly argument: LensArgument,
  ) {
    super(top);
  }
}

const actions = ['send', 'sendIn', 'compareTenants', 'copy'] as const;
/** To compare is offered for what reads. */
const actionsOfWrites = actions.filter(action => action !== 'compareTenants');

/** *Send · Send in … · Compare tenants · Copy* above each request. */
export class RequestLenses implements vscode.CodeLensProvider {
  readonly #lenses = new SectionLists((section, { uri }) => lensesOf(section, uri));

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    return this.#lenses.of(document);
  }

  resolveCodeLens(lens: vscode.CodeLens): vscode.CodeLens {
    if (lens instanceof RequestLens) lens.command = { ...commandOf(lens.action), arguments: [lens.argument] };
    return lens;
  }
}

function lensesOf(section: PlacedSection, uri: vscode.Uri): RequestLens[] {
  const { heading } = section.parsed;
  if (!heading) return [];
  const { line } = section.placeOf(heading.start);
  const { line: topLine } = section.placeOf(heading.top);
  const top = new vscode.Range(topLine, 0, topLine, 0);
  const argument = { uri, line, section, byPerson: true } as const;
  return (reads(heading.target ?? '') ? actions : actionsOfWrites).map(
    action => new RequestLens(top, action, argument),
  );
}

function reads(target: string): boolean {
  const path = pathOfTarget(target);
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
