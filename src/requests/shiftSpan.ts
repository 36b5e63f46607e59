import type { Span } from './nodes';

/** A replacement in the text: the range that goes and how long what comes is. */
export interface TextChange extends Span {
  readonly inserted: number;
}

/** Where a span is after a change; `undefined` where the change touched it. */
export function shiftSpan<T extends Span>(span: T, { start, end, inserted }: TextChange): T | undefined {
  if (start > span.end) return span;
  if (end >= span.start) return undefined;
  const by = inserted - (end - start);
  return { ...span, start: span.start + by, end: span.end + by };
}
