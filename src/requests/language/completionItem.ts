import type { Span } from '../nodes';

export type CompletionKind =
  | 'method'
  | 'path'
  | 'directive'
  | 'header'
  | 'key'
  | 'object'
  | 'field'
  | 'operator'
  | 'value'
  | 'record'
  | 'variable'
  | 'snippet';

/** One thing that may be typed at the cursor. */
export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** Stands behind the label. */
  readonly description?: string | undefined;
  /** The name of an object for which nobody vouches. */
  readonly unverified?: true | undefined;
  /** A snippet: `$0` is where the cursor goes; what is literal is escaped. */
  readonly insert: string;
  /** What it replaces. */
  readonly range: Span;
  /** What typing is compared with, where that is not the label. */
  readonly filter?: string | undefined;
  /** Comes before those without. */
  readonly first?: boolean | undefined;
}

/** A text as it stands in a snippet. */
export function literal(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
