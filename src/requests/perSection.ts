import type { PlacedSection } from './placedSection';

/**
 * Something made of each section of a file, version after version. What was made of a section holds as long as that
 * stands on the same line: of what is typed in a long file only a line or two is news.
 */
export class PerSection<T> {
  #sections: readonly PlacedSection[] = [];
  #made: (T | undefined)[] = [];

  /** Goes on to another version of the file. Versions are compared from both ends. */
  follow(sections: readonly PlacedSection[]): void {
    const [before, made] = [this.#sections, this.#made];
    const most = Math.min(before.length, sections.length);
    let [start, end] = [0, 0];
    while (start < most && isSame(before[start], sections[start])) start++;
    while (end < most - start && isSame(before.at(-1 - end), sections.at(-1 - end))) end++;
    const fresh = new Array<undefined>(sections.length - start - end).fill(undefined);
    this.#made = [...made.slice(0, start), ...fresh, ...made.slice(made.length - end)];
    this.#sections = sections;
  }

  /** Where in the file the sections are that nothing was made of yet. */
  missing(): number[] {
    return this.#made.flatMap((made, at) => (made === undefined ? at : []));
  }

  make(at: number, make: (section: PlacedSection) => T): void {
    const section = this.#sections[at];
    if (section) this.#made[at] ??= make(section);
  }

  /** What was made so far, in the order of the file. */
  get all(): T[] {
    return this.#made.filter(made => made !== undefined);
  }

  /** All of it is to be made anew. */
  forget(): void {
    this.#made.fill(undefined);
  }
}

function isSame(a: PlacedSection | undefined, b: PlacedSection | undefined): boolean {
  return a?.parsed === b?.parsed && a?.line === b?.line;
}
