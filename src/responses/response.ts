import { indentJson } from '../base/indentJson';

/** The answer in two-space JSON; text that is not JSON stays as it came. */
export function prettyText(text: string): string {
  try {
    return `${indentJson(text)}\n`;
  } catch {
    return text;
  }
}
