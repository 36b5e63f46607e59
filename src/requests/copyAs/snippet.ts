import { endpointAt, pathnameOf } from '../../api/endpoints';
import { indentedJson } from '../indentedJson';
import type { PreparedRequest } from '../prepare';
import { csharp, curl, java, javascript, php, python } from './languages';
import { piecesOf, tokenVariable, type Piece } from './pieces';

/** A call to be written in some language. */
export interface SnippetCall {
  readonly url: readonly Piece[];
  readonly headers: readonly (readonly [name: string, value: readonly Piece[]])[];
  /** Strict JSON, indented. */
  readonly body: readonly Piece[] | undefined;
}

export const snippetLanguages = {
  curl: { label: 'cURL (bash)', document: 'shellscript', write: curl },
  javascript: { label: 'JavaScript (axios)', document: 'javascript', write: javascript },
  python: { label: 'Python (requests)', document: 'python', write: python },
  java: { label: 'Java (java.net.http)', document: 'java', write: java },
  csharp: { label: 'C# (HttpClient)', document: 'csharp', write: csharp },
  php: { label: 'PHP (curl)', document: 'php', write: php },
} as const satisfies Record<string, SnippetLanguage>;
export type SnippetLanguageId = keyof typeof snippetLanguages;

interface SnippetLanguage {
  readonly label: string;
  /** The editor's id of the language. */
  readonly document: string;
  readonly write: (call: SnippetCall) => string;
}

export interface SnippetTenant {
  readonly origin: string;
  /** The enterprise account; in body style the corp id. */
  readonly ea: string;
  readonly userId: string;
  /** Where a call says who makes it: see `CallStyle`. */
  readonly style: 'headers' | 'body';
}

/**
 * The call of a request whose secrets are hidden, with the sign-in as the extension adds it and the token as a
 * variable. `redact` takes out those that the person has written as they are.
 */
export function snippetCall(
  shown: PreparedRequest,
  tenant: SnippetTenant,
  uuid: string,
  redact: (text: string) => string,
): SnippetCall {
  const target = redact(shown.target);
  const url = shown.isAbsolute ? target : `${tenant.origin}${target}`;
  const separator = url.includes('?') ? '&' : '?';
  const body = shown.body === undefined || shown.body === '' ? undefined : indentedJson(redact(shown.body));
  const signed = signIn(tenant, shown.target);
  return {
    url: [...piecesOf(url), { text: `${separator}thirdTraceId=` }, { uuid: { example: uuid } }],
    headers: [
      ['content-type', [{ text: 'application/json' }]],
      ...signed.headers,
      ...Object.entries(shown.headers).map(([name, value]) => [name, piecesOf(redact(value))] as const),
    ],
    body:
      signed.keys.length > 0 ? withKeys(body ?? '{}', signed.keys) : body === undefined ? undefined : piecesOf(body),
  };
}

type Named = readonly [name: string, value: readonly Piece[]];

/** What tells who calls, as `CallStyle` adds it to what is sent; nothing for the calls that fetch tokens. */
function signIn({ style, ea, userId }: SnippetTenant, target: string): { headers: Named[]; keys: Named[] } {
  const endpoint = endpointAt(pathnameOf(target) ?? '');
  if (endpoint?.auth === 'none') return { headers: [], keys: [] };
  const token: Piece = { variable: tokenVariable };
  if (style === 'headers') {
    const authorization: Named = ['authorization', [{ text: 'Bearer ' }, token]];
    return { headers: [authorization, ['x-fs-ea', [{ text: ea }]], ['x-fs-userid', [{ text: userId }]]], keys: [] };
  }
  const keys: Named[] = [
    ['corpAccessToken', [token]],
    ['corpId', [{ text: ea }]],
  ];
  return { headers: [], keys: endpoint?.withoutUser ? keys : [...keys, ['currentOpenUserId', [{ text: userId }]]] };
}

/** Puts keys at the end of an indented map, where they win over others of their name. */
function withKeys(map: string, keys: readonly Named[]): Piece[] {
  const end = map.lastIndexOf('}');
  if (!map.startsWith('{') || end < 0) return piecesOf(map);
  const before = map.slice(0, end).trimEnd();
  const escaped = (piece: Piece): Piece =>
    'text' in piece ? { text: JSON.stringify(piece.text).slice(1, -1) } : piece;
  const added = keys.flatMap(([name, value], at): Piece[] => [
    { text: `${at === 0 && before === '{' ? '' : ','}\n  ${JSON.stringify(name)}: "` },
    ...value.map(escaped),
    { text: '"' },
  ]);
  return [...piecesOf(before), ...added, { text: '\n}' }];
}
