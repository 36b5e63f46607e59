import type * as vscode from 'vscode';
import { PerSection } from '../perSection';
import type { PlacedSection } from '../placedSection';
import { parsed } from './requestFiles';

/** Lists for documents, of which each section gives some, made anew only for sections that changed or moved. */
export class SectionLists<T> {
  readonly #known = new WeakMap<vscode.TextDocument, PerSection<readonly T[]>>();

  constructor(private readonly make: (section: PlacedSection, document: vscode.TextDocument) => readonly T[]) {}

  of(document: vscode.TextDocument): T[] {
    const lists = this.#known.get(document) ?? new PerSection<readonly T[]>();
    this.#known.set(document, lists);
    lists.follow(parsed(document).sections);
    for (const at of lists.missing()) lists.make(at, section => this.make(section, document));
    const all: T[] = [];
    // `flat` looks into each thing as if it could be a list too: that takes several times as long.
    for (const list of lists.all) for (const each of list) all.push(each);
    return all;
  }
}
