/** Fields whose values are secret wherever they stand in JSON, headers or URLs. */
const secretFields =
  'appSecret|permanentCode|accessToken|corpAccessToken|appAccessToken|refreshToken|authorization|sessionKey|ticket';
const inJson = new RegExp(`("(?:${secretFields})"\\s*:\\s*")(?:[^"\\\\]|\\\\.)*(")`, 'gi');
const inHeader = /\b(bearer\s+)[\w.~+/=-]+/gi;
const inQuery = new RegExp(`\\b((?:${secretFields})=)[^&\\s"']+`, 'gi');

export const redacted = '‹redacted›';

/** Takes secrets out of any text on its way to a log, an error, a copied request or the history. */
export class Redactor {
  readonly #values = new Set<string>();

  /**
   * Remembers a secret by value, as it is and as it looks in JSON and in a URL. Very short ones would blank out innocent
   * text and are left to the field rule.
   */
  learn(...secrets: readonly (string | undefined)[]): void {
    for (const secret of secrets) {
      if (secret === undefined || secret.length < 8) continue;
      const inJsonText = JSON.stringify(secret).slice(1, -1);
      for (const form of [secret, inJsonText, new URLSearchParams([['', secret]]).toString().slice(1)])
        this.#values.add(form);
    }
  }

  readonly redact = (text: string): string => {
    let clean = text
      .replace(inJson, `$1${redacted}$2`)
      .replace(inHeader, `$1${redacted}`)
      .replace(inQuery, `$1${redacted}`);
    // The longer first: one secret may be the beginning of another.
    for (const value of [...this.#values].sort((a, b) => b.length - a.length))
      clean = clean.replaceAll(value, redacted);
    return clean;
  };
}
