import type { RequestFile } from './nodes';
import type { PlacedSection } from './placedSection';

/**
 * Where a section of an earlier version of a file stands now; `undefined` where its text is no longer there. Of several
 * that read alike it is the nearest, one that was never touched before one that was put back.
 */
export function sameSection({ sections }: RequestFile, { parsed, start }: PlacedSection): PlacedSection | undefined {
  const alike = sections.filter(each => each.parsed.text === parsed.text);
  const untouched = alike.filter(each => each.parsed === parsed);
  const distance = (each: PlacedSection) => Math.abs(each.start - start);
  return (untouched.length > 0 ? untouched : alike).sort((a, b) => distance(a) - distance(b))[0];
}

/**
 * The same, or what became of it: where its text was edited, the one that is called so and calls the same. `undefined`
 * where it may be another request.
 */
export function sameRequest(file: RequestFile, section: PlacedSection): PlacedSection | undefined {
  const same = sameSection(file, section);
  if (same?.parsed === section.parsed) return same;
  const called = headingText(section);
  const alike = file.sections.filter(each => headingText(each) === called);
  const inPlace = alike.find(({ start }) => start === section.start);
  return inPlace ?? same ?? (alike.length === 1 ? alike[0] : undefined);
}

function headingText({ parsed }: PlacedSection): string {
  const { title, name, method, target } = parsed.heading ?? {};
  return JSON.stringify([title, name, method, target]);
}
