import { mustSucceed } from './answer';
import { printJson, type JsonValue } from '../base/json';
import { endpoints } from './endpoints';
import { NotApiError } from './errors';
import { tokenFrom, type Token } from './token';
import type { Wire } from './wire';

/** What a self-built app authenticates with. */
export interface Credentials {
  readonly appId: string;
  readonly appSecret: string;
  readonly permanentCode: string;
}

/**
 * Signs in with client credentials. The answer's `openUserId` is the corp id; `ea` names the tenant.
 * Throws what `Wire.post` throws, and `ApiError` (10006 for a wrong app id or secret, 20015 for the permanent code).
 */
export async function signIn(
  wire: Wire,
  connection: string,
  origin: string,
  credentials: Credentials,
  now: () => number,
  signal?: AbortSignal,
): Promise<Token> {
  const { appId, appSecret, permanentCode } = credentials;
  const answer = mustSucceed(
    await wire.post({
      connection,
      origin,
      path: endpoints.token.path,
      headers: {},
      body: printJson({ appId, appSecret, permanentCode, grantType: 'app_secret' }),
      signal,
    }),
  );
  const { body, context, text: excerpt } = answer;
  const [accessToken, ea, expiresIn] = [text(body['accessToken']), text(body['ea']), Number(body['expiresIn'])];
  // Half an answer must not become a connection that works for nothing. The excerpt may hold half a token.
  if (accessToken === '' || ea === '') throw new NotApiError('noToken', context, 200, `${excerpt.length} characters`);
  return tokenFrom(accessToken, ea, expiresIn > 0 ? expiresIn : usualLife, now());
}

/** Seconds. Source: facts.md 2.1. */
const usualLife = 7200;

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
