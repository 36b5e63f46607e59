/** `undefined` where it is none. (`URL.canParse` first would parse the URL of each call twice.) */
export function parsedUrl(url: string, base: string): URL | undefined {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
}
