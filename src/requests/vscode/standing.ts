import { sectionAt, type Span } from '../nodes';
import { sameSection } from '../sameSection';
import type { DocumentRequest } from './documentSender';
import { parsed } from './requestFiles';

/** A request where it stands now, from the separator to its last line. */
export interface Standing extends Span {
  /** Where something stands that was found when the request was sent; `undefined` where nobody can tell. */
  readonly now: <T extends Span>(found: T) => T | undefined;
}

/** `undefined` where the text of the request was edited since it was sent. */
export function standing({ document, file, node }: DocumentRequest): Standing | undefined {
  const then = sectionAt(file, node.start);
  const current = parsed(document);
  const section = then && !document.isClosed && sameSection(current, then);
  if (!section) return undefined;
  const by = section.start - then.start;
  return {
    start: section.start,
    end: node.end + by,
    now: found => {
      if (current === file) return found;
      const isInside = then.start <= found.start && found.end <= then.end;
      return isInside ? { ...found, start: found.start + by, end: found.end + by } : undefined;
    },
  };
}
