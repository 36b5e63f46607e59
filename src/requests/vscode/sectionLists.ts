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
    return lists.all.flat();
  }
}
