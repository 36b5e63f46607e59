import { findTemplates } from './expressions';
import type { TextNode } from './nodes';

// `//host` and `/\host` are paths to the eye and another host to a URL parser.
const target = /^(?:\/(?![/\\])|https?:\/\/[^\s/\\])[^\s\p{Cc}]*$/iu;

/** Whether a text can be sent to: a path on the tenant's host, or an absolute URL. */
export function isTarget(text: string): boolean {
  return target.test(text);
}

/** The same for a text whose templates have no value yet. */
export function mayBeTarget({ text }: Pick<TextNode, 'text'>): boolean {
  const filled = text.replace(/\{\{[^{}]*\}\}/g, 'x');
  const startsWithTemplate = findTemplates(text, { start: 0, end: text.length }, 'plain', [])[0]?.start === 0;
  return isTarget(startsWithTemplate ? `/${filled}` : filled);
}

export function isAbsolute(text: string): boolean {
  return !text.startsWith('/');
}
