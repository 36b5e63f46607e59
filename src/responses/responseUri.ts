export const responseScheme = 'fxiaoke-response';

/** `fxiaoke-response:/<id>/<title>.json`: the id finds the answer, the title names the tab. */
export function responseUri(id: string, title: string): { scheme: typeof responseScheme; path: string } {
  const name =
    title
      .replace(/[\\/:*?"<>|#\s]+/g, ' ')
      .trim()
      .slice(0, 80) || 'response';
  return { scheme: responseScheme, path: `/${id}/${name}.json` };
}

export function responseId(path: string): string | undefined {
  return /^\/([^/]+)\/[^/]+\.json$/.exec(path)?.[1];
}
