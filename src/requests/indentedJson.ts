import { applyEdits, format } from 'jsonc-parser';

/** JSON in two spaces, with every digit, escape, comment and order as it is. */
export function indentedJson(json: string): string {
  return applyEdits(json, format(json, undefined, { tabSize: 2, insertSpaces: true, eol: '\n' }));
}
