import * as vscode from 'vscode';
import { isThere } from '../../base/vscode/isThere';
import { isTaken, namedThingAt } from '../language/references';
import { isName } from '../names';
import { requestAt, walk, type FileBodyNode } from '../nodes';
import { connectionNameOf } from '../plainVariables';
import { bodyFilePlaces } from './bodyFiles';
import { parsed, rangeOf } from './requestFiles';

/** Where the environment defines a variable that the file does not. */
export type EnvironmentDefinition = (
  document: vscode.TextDocument,
  connection: string | undefined,
  name: string,
) => Promise<vscode.Location | undefined>;

/** Most sections need not be read for their links. */
const mayHoldFileBody = /^[^\S\r\n]*</m;

class BodyFileLink extends vscode.DocumentLink {
  constructor(
    range: vscode.Range,
    readonly places: readonly [vscode.Uri, ...vscode.Uri[]],
  ) {
    super(range);
  }
}

/** Names and where they are used; and where a body from a file leads. */
export class RequestNames
  implements vscode.DefinitionProvider, vscode.ReferenceProvider, vscode.RenameProvider, vscode.DocumentLinkProvider
{
  constructor(private readonly environmentDefinition: EnvironmentDefinition) {}

  async provideDefinition(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Location | undefined> {
    const thing = this.#thingAt(document, position);
    if (!thing) return undefined;
    if (thing.definition) return new vscode.Location(document.uri, rangeOf(document, thing.definition));
    const file = parsed(document);
    const connection = connectionNameOf(file, requestAt(file, document.offsetAt(position)));
    return this.environmentDefinition(document, connection, thing.name);
  }

  provideReferences(
    document: vscode.TextDocument,
    position: vscode.Position,
    { includeDeclaration }: vscode.ReferenceContext,
  ): vscode.Location[] {
    const { places = [], definitions = [] } = this.#thingAt(document, position) ?? {};
    const shown = includeDeclaration ? places : places.filter(place => !definitions.includes(place));
    return shown.map(place => new vscode.Location(document.uri, rangeOf(document, place)));
  }

  prepareRename(document: vscode.TextDocument, position: vscode.Position): vscode.Range {
    const thing = this.#thingAt(document, position);
    const offset = document.offsetAt(position);
    const place = thing?.definition && thing.places.find(({ start, end }) => start <= offset && offset <= end);
    if (!place) throw new Error(vscode.l10n.t('Only variables and requests of this file can be renamed.'));
    return rangeOf(document, place);
  }

  provideRenameEdits(document: vscode.TextDocument, position: vscode.Position, newName: string): vscode.WorkspaceEdit {
    if (!isName(newName)) {
      throw new Error(vscode.l10n.t('“{0}” cannot be a name: use letters, digits and _.', newName));
    }
    const thing = this.#thingAt(document, position);
    const edit = new vscode.WorkspaceEdit();
    if (newName === thing?.name) return edit;
    if (isTaken(parsed(document), newName)) {
      throw new Error(vscode.l10n.t('This file uses the name {0} already.', newName));
    }
    for (const place of thing?.places ?? []) {
      edit.replace(document.uri, rangeOf(document, place), newName);
    }
    return edit;
  }

  /** A body from a file leads to that file; which of its places that is, is looked up for the one that is followed. */
  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    if (document.isUntitled) return [];
    const bodies: FileBodyNode[] = [];
    for (const section of parsed(document).sections) {
      if (!mayHoldFileBody.test(section.parsed.text)) continue;
      walk(section, node => {
        if (node.kind === 'fileBody') bodies.push(node);
        return node.kind !== 'json';
      });
    }
    return bodies
      .filter(({ path }) => path.text !== '' && path.templates.length === 0)
      .map(({ path }) => new BodyFileLink(rangeOf(document, path), bodyFilePlaces(document, path.text)));
  }

  /** Where there is none, the editor offers to make the first. */
  async resolveDocumentLink(link: vscode.DocumentLink): Promise<vscode.DocumentLink> {
    if (link instanceof BodyFileLink) link.target = (await firstThere(link.places)) ?? link.places[0];
    return link;
  }

  #thingAt(document: vscode.TextDocument, position: vscode.Position) {
    return namedThingAt(parsed(document), document.offsetAt(position));
  }
}

async function firstThere(places: readonly vscode.Uri[]): Promise<vscode.Uri | undefined> {
  for (const uri of places) if (await isThere(uri)) return uri;
  return undefined;
}
