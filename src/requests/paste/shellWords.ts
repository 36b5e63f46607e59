/**
 * The words of a command as bash reads it: quotes, `$'…'`, backslashes and lines that go on. A variable becomes
 * `{{$env NAME}}`, which a request file reads from the same place.
 */
export function bashWords(command: string): string[] {
  return words(command, bashRules);
}

/** The same for cmd.exe, where `^` escapes and quotes are doubled or escaped. */
export function cmdWords(command: string): string[] {
  const unescaped = command.replace(/\^(\r?\n|[^])/g, (_, next: string) => (/^\r?\n$/.test(next) ? ' ' : next));
  return words(unescaped, cmdRules);
}

/** A rule reads a part of a word, or what adds nothing to it; one without a reader ends the word. */
type Rule = readonly [pattern: RegExp, read: ((match: RegExpExecArray) => string | undefined) | undefined];

const bashRules: readonly Rule[] = [
  [/'([^']*)'?/y, ([, text = '']) => text],
  [/\$'((?:[^'\\]|\\[^])*)'?/y, ([, text = '']) => ansiC(text)],
  [/"((?:[^"\\]|\\[^])*)"?/y, ([, text = '']) => inDoubleQuotes(text)],
  // A line that goes on: not even an empty word.
  [/\\\r?\n/y, () => undefined],
  [/\\([^])/y, ([, character = '']) => character],
  [/\$(?:(\w+)|\{(\w+)\})/y, ([, name, braced]) => variable(name ?? braced ?? '')],
  [/\s+/y, undefined],
  [/[^]/y, ([character]) => character],
];

const cmdRules: readonly Rule[] = [
  [/"((?:[^"\\]|\\"|\\|"")*)"?/y, ([, text = '']) => text.replace(/\\"|""/g, '"').replaceAll('\\\\', '\\')],
  [/\s+/y, undefined],
  [/[^]/y, ([character]) => character],
];

function words(command: string, rules: readonly Rule[]): string[] {
  const list: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < command.length;) {
    for (const [pattern, read] of rules) {
      pattern.lastIndex = at;
      const match = pattern.exec(command);
      if (!match) continue;
      at = pattern.lastIndex;
      if (read) {
        const part = read(match);
        if (part !== undefined) word = (word ?? '') + part;
      } else {
        if (word !== undefined) list.push(word);
        word = undefined;
      }
      break;
    }
  }
  return word === undefined ? list : [...list, word];
}

function variable(name: string): string {
  return `{{$env ${name}}}`;
}

function inDoubleQuotes(text: string): string {
  return text.replace(
    /\\\r?\n|\\([\\"$`])|\$(?:([A-Za-z_]\w*)|\{(\w+)\})/g,
    (all, escaped?: string, name?: string, braced?: string) => {
      if (escaped !== undefined) return escaped;
      const named = name ?? braced;
      return named === undefined ? (all.startsWith('\\') ? '' : all) : variable(named);
    },
  );
}

const controls: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  e: '\x1b',
};

function ansiC(text: string): string {
  const pattern = /\\(?:x([0-9a-f]{1,2})|u([0-9a-f]{1,4})|U([0-9a-f]{1,8})|([0-7]{1,3})|([^]))/gi;
  return text.replace(pattern, (_, x?: string, u?: string, long?: string, octal?: string, other?: string) => {
    const hex = x ?? u ?? long;
    if (hex !== undefined) return String.fromCodePoint(Math.min(parseInt(hex, 16), 0x10ffff));
    if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
    return controls[other ?? ''] ?? other ?? '';
  });
}
