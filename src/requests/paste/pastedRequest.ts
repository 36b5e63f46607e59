import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { endpointAt, type Endpoint } from '../../api/endpoints';
import { indentedJson } from '../indentedJson';
import { isCurlCommand, parseCurl, type PastedCall } from './curlCommand';
import { guessedPath } from './guessedPath';

export interface PastedRequest {
  /** From its separator on, in the grammar of request files. */
  readonly text: string;
  /** What the path names, where it is known. */
  readonly endpoint: Endpoint | undefined;
}

/** What the extension adds by itself, or what only a browser or a shell needs. */
const droppedHeaders =
  /^(authorization|x-fs-ea|x-fs-userid|content-type|content-length|host|user-agent|accept.*|cookie|connection|origin|referer|priority|dnt|cache-control|pragma|sec-.*)$/i;
/** Where the older style of the API signs in. */
const droppedKeys = ['corpAccessToken', 'corpId', 'currentOpenUserId'];

/**
 * Makes a request of what is pasted: a cURL command, or an example of the documentation, which is JSON (comments and
 * trailing commas included) with or without its URL before it. `undefined` where it is neither.
 */
export function pastedRequest(
  text: string,
  title: (endpoint: Endpoint | undefined) => string,
): PastedRequest | undefined {
  const call = isCurlCommand(text) ? parseCurl(text) : exampleIn(text);
  if (!call) return undefined;
  const body = call.body === undefined ? undefined : withoutSignIn(call.body);
  const path = call.url === undefined ? body && guessedPath(body) : pathOf(call.url);
  const endpoint = path === undefined ? undefined : endpointAt(path.replace(/\?.*$/s, ''));
  const content = body ?? (call.bodyFile === undefined ? undefined : `< ${call.bodyFile}`);
  const lines = [
    `### ${title(endpoint)}`.trimEnd(),
    `POST ${path ?? ''}`.trimEnd(),
    ...call.headers.filter(([name]) => !droppedHeaders.test(name)).map(([name, value]) => `${name}: ${value}`),
    ...(content === undefined ? [] : ['', content]),
  ];
  return { text: `${lines.join('\n')}\n`, endpoint };
}

/** A URL (or a path of the API) and the JSON that follows it; one of the two will do. */
function exampleIn(text: string): PastedCall | undefined {
  const start = /[[{](?!\{)/.exec(text)?.index ?? text.length;
  const before = text.slice(0, start);
  const url = /https?:\/\/[^\s"'<>，。）)]+|\/(?:cgi|oauth2\.0|media)\/[^\s"'<>，。）)]+/.exec(before)?.[0];
  const body = jsonAt(text, start);
  if (url === undefined && (body === undefined || isResponse(body))) return undefined;
  return { url, headers: [], body, bodyFile: undefined };
}

/** Whether a text is what the API answers, which is no request. */
export function isResponse(text: string): boolean {
  const tree = parseTree(text, [], { allowTrailingComma: true });
  return tree !== undefined && findNodeAtLocation(tree, ['errorCode']) !== undefined;
}

function jsonAt(text: string, start: number): string | undefined {
  const tree = start < text.length ? parseTree(text.slice(start), [], { allowTrailingComma: true }) : undefined;
  if (tree?.type !== 'object') return undefined;
  const json = text.slice(start, start + tree.offset + tree.length);
  return json.endsWith('}') ? json : undefined;
}

/** Without what signs the call in; what is not JSON stays as it is, for the person to see. */
function withoutSignIn(body: string): string {
  const tree = parseTree(body, [], { allowTrailingComma: true });
  if (tree?.type !== 'object') return body;
  const rest = droppedKeys.reduce((text, key) => withoutKey(text, key), body);
  return indentedJson(rest).trim();
}

function withoutKey(text: string, key: string): string {
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const property = tree && findNodeAtLocation(tree, [key])?.parent;
  if (!property) return text;
  // jsonc-parser's own edit leaves a trailing comma behind, which then separates nothing.
  const end = property.offset + property.length;
  const [comma] = /^(?:\s|\/\*[^]*?\*\/|\/\/[^\n]*)*,/.exec(text.slice(end)) ?? [];
  const before = text.slice(0, property.offset);
  return comma === undefined
    ? before.replace(/,(\s*)$/, '$1') + text.slice(end)
    : before + text.slice(end + comma.length);
}

/** On the tenant's own host a path is enough, whichever cloud the text was written for. */
function pathOf(url: string): string {
  if (!URL.canParse(url)) return url.startsWith('/') || url.startsWith('{{') ? url : `https://${url}`;
  const { pathname, searchParams, host } = new URL(url);
  searchParams.delete('thirdTraceId');
  const query = searchParams.size > 0 ? `?${searchParams.toString()}` : '';
  const isApi = /^\/(cgi|oauth2\.0|media)\//.test(pathname) || /(^|\.)(fxiaoke|sharecrm)\.com$/.test(host);
  return isApi ? pathname + query : url;
}
