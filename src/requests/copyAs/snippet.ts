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
  readonly ea: string;
  readonly userId: string;
}

/**
 * The call of a request whose secrets are hidden, with the sign-in as the extension adds it and the token as a
 * variable. `redact` takes out those that the person has written as they are.
 */
export function snippetCall(
  shown: PreparedRequest,
  { origin, ea, userId }: SnippetTenant,
  uuid: string,
  redact: (text: string) => string,
): SnippetCall {
  const target = redact(shown.target);
  const url = shown.isAbsolute ? target : `${origin}${target}`;
  const separator = url.includes('?') ? '&' : '?';
  const text = (value: string): Piece[] => [{ text: value }];
  return {
    url: [...piecesOf(url), { text: `${separator}thirdTraceId=` }, { uuid: { example: uuid } }],
    headers: [
      ['content-type', text('application/json')],
      ['authorization', [{ text: 'Bearer ' }, { variable: tokenVariable }]],
      ['x-fs-ea', text(ea)],
      ['x-fs-userid', text(userId)],
      ...Object.entries(shown.headers).map(([name, value]) => [name, piecesOf(redact(value))] as const),
    ],
    body: shown.body === undefined || shown.body === '' ? undefined : piecesOf(indentedJson(redact(shown.body))),
  };
}
