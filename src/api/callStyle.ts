import { isJsonObject, parseJson, printJson, type JsonObject } from '../base/json';
import { endpointAt, type Endpoint } from './endpoints';
import { RefusedError } from './errors';
import type { Token } from './token';

/** A call before it says who makes it. */
export interface UnsignedCall {
  /** The path, without a query. */
  readonly pathname: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Strict JSON text; none at all is as good as `{}`. */
  readonly body: string;
}

export interface SignedCall {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * How a call tells who makes it. There are two ways, and a call uses one of them: what a caller brings of either
 * never takes the place of the connection's own sign-in. Source: api-facts.md 3.1 and 3.2.
 */
export type CallStyle = (call: UnsignedCall, token: Token, userId: string) => SignedCall;

/** The current way: three headers. */
export const headerStyle: CallStyle = ({ pathname, headers, body }, { accessToken, ea }, userId) => {
  const others = withoutSignIn(headers);
  if (takesNoToken(endpointAt(pathname))) return { headers: others, body };
  return { headers: { ...others, authorization: `Bearer ${accessToken}`, 'x-fs-ea': ea, 'x-fs-userid': userId }, body };
};

/** The legacy way: three keys at the top of the body, of which some calls want no `currentOpenUserId`. */
export const bodyStyle: CallStyle = ({ pathname, headers, body }, { accessToken, ea, openUserId }, userId) => {
  const endpoint = endpointAt(pathname);
  const others = withoutSignIn(headers);
  if (takesNoToken(endpoint)) return { headers: others, body };
  const person: JsonObject = endpoint?.withoutUser ? {} : { currentOpenUserId: openUserId ?? userId };
  return { headers: others, body: withKeys(pathname, body, { corpAccessToken: accessToken, corpId: ea, ...person }) };
};

/** Adds to the body's map; every digit of the others stays as it is. */
function withKeys(pathname: string, text: string, keys: JsonObject): string {
  const body = text.trim() === '' ? {} : parseJson(text);
  if (!isJsonObject(body)) throw new RefusedError('bodyNotMap', pathname);
  return printJson({ ...body, ...keys });
}

const signInHeaders = new Set(['authorization', 'x-fs-ea', 'x-fs-userid']);

function withoutSignIn(headers: UnsignedCall['headers'] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !signInHeaders.has(name.toLowerCase())));
}

/** The calls that fetch tokens. */
function takesNoToken(endpoint: Endpoint | undefined): boolean {
  return endpoint?.auth === 'none';
}
