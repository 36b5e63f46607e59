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
