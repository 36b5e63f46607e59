/** Deeper than any answer; what is nested for its own sake would become longer than a text can be. */
const mostLevels = 1_000;

/** Up to the end of a number, `true`, `false` or `null`. */
const word = /[^\s,\]}]+/y;
const space = /\s*/y;

/**
 * Strict JSON in two spaces. Numbers, and the order of what is in it, stay as they are written; texts lose the escapes
 * that they do not need. Throws `SyntaxError` as `JSON.parse` does, and `RangeError` for what is nested too deeply.
 */
export function indentJson(text: string): string {
  // What comes of it is not needed: printing that would take several times as long as this, and lose digits.
  JSON.parse(text);
  const pieces: string[] = [];
  let lineBreak = '\n';
  let at = after(space, text, 0);
  while (at < text.length) {
    const first = text.charAt(at);
    let end = at + 1;
    switch (first) {
      case '"':
        end = endOfText(text, at);
        pieces.push(shortest(text.slice(at, end)));
        break;
      case '{':
      case '[': {
        const next = after(space, text, end);
        if (isClosing(text.charAt(next))) {
          end = next + 1;
          pieces.push(first === '{' ? '{}' : '[]');
          break;
        }
        lineBreak += '  ';
        if (lineBreak.length > 2 * mostLevels) throw new RangeError('This is nested too deeply');
        pieces.push(first, lineBreak);
        break;
      }
      case '}':
      case ']':
        lineBreak = lineBreak.slice(0, -2);
        pieces.push(lineBreak, first);
        break;
      case ',':
        pieces.push(first, lineBreak);
        break;
      case ':':
        pieces.push(': ');
        break;
      default:
        end = after(word, text, at);
        pieces.push(text.slice(at, end));
    }
    at = after(space, text, end);
  }
  return pieces.join('');
}

function isClosing(character: string): boolean {
  return character === '}' || character === ']';
}

/** Where what a sticky pattern matches from there on ends. */
function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** Behind the quote that closes a text in JSON. */
function endOfText(text: string, start: number): number {
  let end = start;
  do end = text.indexOf('"', end + 1);
  while (isEscaped(text, end));
  return end + 1;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charAt(at - 1 - backslashes) === '\\') backslashes++;
  return backslashes % 2 === 1;
}

function shortest(quoted: string): string {
  return quoted.includes('\\') ? JSON.stringify(JSON.parse(quoted)) : quoted;
}
