/** Of read-only documents that show a response. */
export const responseScheme = 'fxiaoke-response';

interface ResponseUri {
  readonly scheme: typeof responseScheme;
  readonly path: string;
  readonly query: string;
}

/** Of a URI that shows one answer, come what may. */
const only = 'only';

/** `fxiaoke-response:/<id>/<title>.json`: the id finds the answer, the title names the tab, which other answers may take over. */
export function responseUri(id: string, title: string): ResponseUri {
  return { scheme: responseScheme, path: `/${id}/${responseName(title)}`, query: '' };
}

/** What a tab or a file is called. */
export function responseName(title: string): string {
  const words = title.replace(/[\\/:*?"<>|#\s]+/g, ' ').trim();
  // By character: half of one cannot stand in a URI.
  return `${Array.from(words).slice(0, 80).join('') || 'response'}.json`;
}

/** The same with `?only`: it never shows another answer. */
export function lastingResponseUri(id: string, title: string): ResponseUri {
  return { ...responseUri(id, title), query: only };
}

export function isLasting({ query }: { readonly query: string }): boolean {
  return query === only;
}

export function responseId(path: string): string | undefined {
  return /^\/([^/]+)\/[^/]+\.json$/.exec(path)?.[1];
}
