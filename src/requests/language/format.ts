import { format } from 'jsonc-parser';
import { JsonNode, scanBody } from '../jsonNode';
import type { RequestFile, Span } from '../nodes';

export interface Layout {
  readonly tabSize: number;
  readonly insertSpaces: boolean;
}

export interface TextEdit extends Span {
  readonly text: string;
}

/** Lays out the bodies of a file; comments, templates and everything else stay as they are written. */
export function formatEdits(file: RequestFile, layout: Layout): TextEdit[] {
  const eol = file.text.includes('\r\n') ? '\r\n' : '\n';
  return file.requests.flatMap(({ body }) => {
    // What is not JSON cannot be laid out without guessing.
    if (!(body instanceof JsonNode) || body.problems.length > 0) return [];
    const text = readable(file.text.slice(body.start, body.end));
    return format(text, undefined, { ...layout, eol, keepLines: false }).map(({ offset, length, content }) => ({
      start: body.start + offset,
      end: body.start + offset + length,
      text: content,
    }));
  });
}

/** The body as a formatter can read it, each character in its place: edits concern white space only. */
function readable(body: string): string {
  return Array.from(scanBody(body), ({ kind, text }) => {
    if (kind === 'template') return `"${'_'.repeat(text.length - 2)}"`;
    // The formatter knows // only; a lone # has no room for it and is left.
    return kind === 'comment' && /^#./.test(text) ? `//${text.slice(2)}` : text;
  }).join('');
}
