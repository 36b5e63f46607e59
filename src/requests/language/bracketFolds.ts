/** A piece of text between brackets that stand on lines of their own: both lines count from the first of the text. */
export interface BracketFold {
  readonly first: number;
  /** The last line that is hidden: that of the closing bracket stays in sight, as in JSON files. */
  readonly last: number;
}

/** What no bracket counts in, the brackets, and the ends of lines. A string ends with its line at the latest. */
const tokens = /"(?:[^"\\\n]|\\.)*"?|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|[[\]{}]|\n/g;
const opening: Readonly<Record<string, string>> = { '}': '{', ']': '[' };

/** The places where JSON can be folded, in the order of the text; of brackets that open on one line only the outermost. */
export function bracketFolds(text: string): BracketFold[] {
  const folds: BracketFold[] = [];
  const open: { readonly bracket: string; readonly line: number }[] = [];
  let line = 0;
  for (const [token] of text.matchAll(tokens)) {
    if (token === '\n') line++;
    else if (token === '{' || token === '[') open.push({ bracket: token, line });
    else if (token in opening) {
      // A bracket too many closes nothing.
      if (open.at(-1)?.bracket !== opening[token]) continue;
      const { line: first } = open.pop() ?? { line };
      const isOutermost = !open.some(other => other.line === first);
      if (isOutermost && line > first + 1) folds.push({ first, last: line - 1 });
    } else if (token.startsWith('/*')) line += token.split('\n').length - 1;
  }
  return folds.sort((a, b) => a.first - b.first);
}
