import { placesOf, spellingsOf, type Range } from './spellings';

/** Fields whose values are secret wherever they stand in JSON, headers or URLs. */
const secretFields =
  'appSecret|permanentCode|accessToken|corpAccessToken|appAccessToken|refreshToken|authorization|sessionKey|ticket';
/** What stands for a value in a request file holds none. */
const template = '\\{\\{[^{}"]*\\}\\}';
/** The end of the text counts as the end of the value: an answer may be cut off in its middle. */
const inJson = new RegExp(`("(?:${secretFields})"\\s*:\\s*")(?!${template}")(?:[^"\\\\]|\\\\(?:.|$))*("|$)`, 'gi');
/**
 * JSON within a text of JSON: each level doubles the backslashes in front of a quote and adds one. Those of the value
 * itself are doubled once more, which tells its own quotes from the one that ends it.
 */
const inNestedJson = new RegExp(
  `((\\\\+)"(?:${secretFields})\\2"\\s*:\\s*\\2")[^]*?(?:(?<!\\\\)(?:\\2\\2\\\\\\\\)*(\\2")|$)`,
  'gi',
);
const inHeader = /\b((?:bearer|basic)\s+)[\w.~+/=-]+/gi;
const inQuery = new RegExp(`\\b((?:${secretFields})(?:=|%3D))(?!${template}(?:[&\\s"'\\\\]|$))[^&\\s"'\\\\]+`, 'gi');

/** Most texts hold none of them, and some are many megabytes long. */
const holdsSecretField = new RegExp(secretFields, 'i');

/** What stands in the place of a secret in whatever is shown or written. */
export const redacted = '‹redacted›';

/** Takes secrets out of any text on its way to a log, an error, a copied request or the history. */
export class Redactor {
  /** What was learnt, the longer first: one secret may be the beginning of another. */
  #secrets: readonly string[] = [];
  #spellings: readonly string[] = [];

  /** Remembers a secret by value. Very short ones would blank out innocent text and are left to the field rule. */
  learn(...secrets: readonly (string | undefined)[]): void {
    for (const secret of secrets) {
      if (secret === undefined || secret.length < 8 || this.#secrets.includes(secret)) continue;
      this.#secrets = [...this.#secrets, secret].sort((a, b) => b.length - a.length);
      this.#spellings = [...new Set([...this.#spellings, ...spellingsOf(secret)])];
    }
  }

  /** Where learnt secrets stand in a text, in any spelling. */
  placesIn(text: string): Range[] {
    const places: Range[] = [];
    for (const place of placesOf(this.#spellings, text).sort(([a, to], [b, other]) => a - b || other - to)) {
      if (place[0] >= (places.at(-1)?.[1] ?? 0)) places.push(place);
    }
    return places;
  }

  readonly redact = (text: string): string => this.redactBody(text.replace(inHeader, `$1${redacted}`));

  /** Of a text that holds no headers: there a “Basic plan” is no sign-in. */
  readonly redactBody = (text: string): string => {
    const clean = holdsSecretField.test(text) ? withoutFields(text) : text;
    // As they are, before anything in front of them can be taken for an escape that they belong to.
    const bare = this.#secrets.reduce((rest, secret) => rest.replaceAll(secret, redacted), clean);
    return without(placesOf(this.#spellings, bare), bare);
  };
}

function withoutFields(text: string): string {
  return text
    .replace(inJson, `$1${redacted}$2`)
    .replace(inNestedJson, `$1${redacted}$3`)
    .replace(inQuery, `$1${redacted}`);
}

function without(places: readonly Range[], text: string): string {
  if (places.length === 0) return text;
  let clean = '';
  let end = 0;
  for (const [from, to] of [...places].sort(([a], [b]) => a - b)) {
    // One secret may be the beginning of another, or overlap it.
    if (from >= end) clean += text.slice(end, from) + redacted;
    end = Math.max(end, to);
  }
  return clean + text.slice(end);
}
