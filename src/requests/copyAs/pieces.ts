/** A piece of text that is written as it is, or a value that comes in when the copied call is made. */
export type Piece =
  | { readonly text: string }
  /** A variable of the process: what is secret is never copied. */
  | { readonly variable: string }
  /** A new UUID for each call; `example` where the language has none at hand. */
  | { readonly uuid: { readonly example: string } };

export const tokenVariable = 'FXIAOKE_ACCESS_TOKEN';

const hidden = /\{\{\$(?<kind>secret|env) (?<name>[^{}]*)\}\}/g;

/** Splits a text in which secrets stand as `{{$secret name}}` and variables of the process as `{{$env NAME}}`. */
export function piecesOf(shown: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of shown.matchAll(hidden)) {
    if (match.index > at) pieces.push({ text: shown.slice(at, match.index) });
    const { kind = '', name = '' } = match.groups ?? {};
    pieces.push({ variable: variableName(kind, name.trim()) });
    at = match.index + match[0].length;
  }
  if (at < shown.length) pieces.push({ text: shown.slice(at) });
  return pieces;
}

function variableName(kind: string, name: string): string {
  const word = name.replace(/\W/g, '_');
  return kind === 'env' ? word : `FXIAOKE_SECRET_${word.toUpperCase()}`;
}
