/** Of read-only documents that show a response. */
export const responseScheme = 'fxiaoke-response';

/** `fxiaoke-response:/<id>/<title>.json`: the id finds the answer, the title names the tab. */
export function responseUri(id: string, title: string): { scheme: typeof responseScheme; path: string } {
  const words = title.replace(/[\\/:*?"<>|#\s]+/g, ' ').trim();
  // By character: half of one cannot stand in a URI.
  const name = Array.from(words).slice(0, 80).join('') || 'response';
  return { scheme: responseScheme, path: `/${id}/${name}.json` };
}

export function responseId(path: string): string | undefined {
  return /^\/([^/]+)\/[^/]+\.json$/.exec(path)?.[1];
}
