import { bashWords, cmdWords } from './shellWords';

/** What a cURL command sends, as far as a request file can say it. */
export interface PastedCall {
  readonly url: string | undefined;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | undefined;
  /** A file that the body comes from. */
  readonly bodyFile: string | undefined;
}

/** Options that have a value; of all others the next word is no part. */
const withValue = new Set([
  ...['-X', '--request', '-H', '--header', '--url', '-d', '--data', '--data-raw', '--data-binary', '--data-ascii'],
  ...['--data-urlencode', '--json', '-o', '--output', '-u', '--user', '-b', '--cookie', '-c', '--cookie-jar'],
  ...['-A', '--user-agent', '-e', '--referer', '-m', '--max-time', '--connect-timeout', '-x', '--proxy'],
  ...['-F', '--form', '-w', '--write-out', '--cacert', '-E', '--cert', '--key', '--retry', '--resolve', '-T'],
]);
const dataOptions = new Set([
  '-d',
  '--data',
  '--data-raw',
  '--data-binary',
  '--data-ascii',
  '--json',
  '--data-urlencode',
]);

export function isCurlCommand(text: string): boolean {
  return /^\s*(?:[$>]\s+)?curl(?:\.exe)?(?=[\s^])/i.test(text);
}

export function parseCurl(text: string): PastedCall {
  const command = text.replace(/^\s*[$>]\s+/, '');
  const [, ...words] = (isForCmd(command) ? cmdWords : bashWords)(command);
  const headers: [string, string][] = [];
  const data: string[] = [];
  let url: string | undefined;
  let bodyFile: string | undefined;
  for (const [option, value] of optionsIn(words)) {
    if (option === undefined || option === '--url') url ??= value;
    else if (option === '-H' || option === '--header') headers.push(headerOf(value));
    else if (dataOptions.has(option)) {
      if (option !== '--data-raw' && value.startsWith('@')) bodyFile = value.slice(1);
      else data.push(value);
    }
  }
  return { url, headers, body: data.length > 0 ? data.join('&') : undefined, bodyFile };
}

/** Lines that go on with `^`, or quotes that are escaped by it. */
function isForCmd(command: string): boolean {
  return /\^\s*\r?\n|\^"|^curl\.exe/i.test(command) && !/\\\r?\n/.test(command);
}

/** Each option with its value; a word that belongs to none, without option. */
function* optionsIn(words: readonly string[]): Generator<readonly [option: string | undefined, value: string]> {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    // The next command, or where the output goes.
    if (/^[|;&>]/.test(word)) return;
    // `-XPOST` and `-sXPOST`: a letter whose value follows ends the letters.
    const [, flags = '', letter, glued = ''] = /^-([a-zA-Z]*?)([XHdobcAemxuFwET])(.*)$/s.exec(word) ?? [];
    if (!word.startsWith('-')) yield [undefined, word];
    else if (withValue.has(word)) yield [word, words[++at] ?? ''];
    else if (letter !== undefined && !word.startsWith('--') && /^[fgikLsSvN]*$/.test(flags)) {
      yield [`-${letter}`, glued === '' ? (words[++at] ?? '') : glued];
    }
  }
}

function headerOf(text: string): [string, string] {
  const at = text.indexOf(':');
  return at < 0 ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}
