/**
 * Finds a secret however a text spells it: escaped as in JSON (also JSON in JSON) or as in a URL, some or all of its
 * characters, once or more often, or within whatever was encoded in base64. For that, escapes are taken away from the
 * text and from what is looked for alike.
 */

/** From a place in a text up to another. */
export type Range = readonly [from: number, to: number];

/** What to look for in a text without escapes. A secret made of escapes leaves too little to be told from others. */
export function spellingsOf(secret: string): string[] {
  const written = [secret, inJson(secret), inJson(inJson(secret))];
  return [secret, ...[...new Set(written)].flatMap(inBase64)]
    .map(each => unescaped(each).text)
    .filter(({ length }) => length >= shortest);
}

const shortest = 4;

/** Beyond this it pays to look first whether there is anything to find. In characters. */
const long = 10_000;

/** Where the spellings stand in the text, as it is written. */
export function placesOf(spellings: Iterable<string>, text: string): Range[] {
  const all = [...spellings];
  if (text.length < long || all.some(spelling => text.includes(literalPart(spelling)))) return placesIn(all, text);
  // What is nowhere as it is can only be where something is escaped.
  const reach = Math.max(0, ...all.map(({ length }) => length));
  return aroundEscapes(text, reach).flatMap(([from, to]) =>
    placesIn(all, text.slice(from, to)).map(([start, end]): Range => [from + start, from + end]),
  );
}

/** The longest part of a spelling that nothing else in an unescaped text stands for. */
function literalPart(spelling: string): string {
  const parts = spelling.split(/[ /nrtbf]/);
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

/** The escapes of a text with so many characters on either side, those together that are near each other. */
function aroundEscapes(text: string, reach: number): Range[] {
  const ranges: [from: number, to: number][] = [];
  if (!text.includes('\\') && !text.includes('%')) return ranges;
  for (const { 0: found, index } of text.matchAll(escape)) {
    const [from, to] = [Math.max(0, index - reach), index + found.length + reach];
    const last = ranges.at(-1);
    if (last && from <= last[1]) last[1] = to;
    else ranges.push([from, to]);
  }
  return ranges;
}

function placesIn(spellings: readonly string[], text: string): Range[] {
  const { text: plain, pieces } = unescaped(text);
  const places: Range[] = [];
  for (const spelling of spellings) {
    for (let at = plain.indexOf(spelling); at >= 0; at = plain.indexOf(spelling, at + spelling.length)) {
      places.push([sourceOf(pieces, at)[0], sourceOf(pieces, at + spelling.length - 1)[1]]);
    }
  }
  return places;
}

/** A part of a text without escapes: one that was escaped, or one that stood there as it is. */
interface Piece {
  readonly at: number;
  readonly source: Range;
  readonly escaped: boolean;
}

const escape = /\\+(?:u[\da-f]{4}|[^\\])?|(?:%(?:25)*[\da-f]{2})+/gi;

function unescaped(text: string): { text: string; pieces: Piece[] } {
  // Most lines of a log.
  if (!/[\\%]/.test(text))
    return { text: unified(text), pieces: [{ at: 0, source: [0, text.length], escaped: false }] };
  const pieces: Piece[] = [];
  let plain = '';
  const add = (part: string, from: number, to: number, escaped: boolean) => {
    if (from < to) pieces.push({ at: plain.length, source: [from, to], escaped });
    plain += part;
  };
  let end = 0;
  for (const { 0: escapes, index } of text.matchAll(escape)) {
    add(text.slice(end, index), end, index, false);
    end = index + escapes.length;
    // Escaped or not, backslashes do not count: each level of JSON doubles them.
    add(decoded(escapes).replaceAll('\\', ''), index, end, true);
  }
  add(text.slice(end), end, text.length, false);
  return { text: unified(plain), pieces };
}

function decoded(escapes: string): string {
  if (escapes.startsWith('%')) {
    return Buffer.from(escapes.replace(/%(?:25)*(?=[\da-f]{2})/gi, ''), 'hex').toString('utf8');
  }
  const [, code, other = ''] = /^\\+(?:u([\da-f]{4})|([^\\])?)$/i.exec(escapes) ?? [];
  return code === undefined ? other : String.fromCharCode(parseInt(code, 16));
}

/** What stands for the same in one spelling or another, each as long as it was. */
function unified(text: string): string {
  return text.replace(/[+\-_\n\r\t\b\f]/g, character => same[character] ?? character);
}

/** A space in a form, base64 in URLs, and `\n` as `n`, whether or not it was escaped. */
const same: Readonly<Record<string, string>> = {
  ...{ '+': ' ', '-': ' ', _: '/' },
  ...{ '\n': 'n', '\r': 'r', '\t': 't', '\b': 'b', '\f': 'f' },
};

/** Which part of the source the character at this place came from. */
function sourceOf(pieces: readonly Piece[], at: number): Range {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((pieces[middle]?.at ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  const { at: start, source, escaped } = pieces[low] ?? { at: 0, source: [0, 0], escaped: true };
  return escaped ? source : [source[0] + at - start, source[0] + at - start + 1];
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/**
 * What base64 makes of a secret whatever stands before and behind it: three texts, as it may begin at any of three
 * places. Characters that it shares with its neighbours are left out.
 */
function inBase64(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [0, 1, 2].map(before => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const whole = Math.floor(((before + bytes.length) * 8) / 6);
    return encoded.slice(Math.ceil((before * 8) / 6), whole);
  });
}
