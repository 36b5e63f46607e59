import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject } from '../../base/json';
import { codes, Failure } from '../failure';
import { fromOpenUserId, systemUserId } from '../tenant/people';
import type { Credentials } from './credentials';
import type { Tokens } from './tokens';

/** Who makes a business call. */
export interface Caller {
  ea: string;
  /** The acting employee's number. */
  userId: string;
  /** `header` is the current way, `body` the legacy one, in which employees are FSUID_… unless convertUserId says no. */
  style: 'header' | 'body';
}

/** What is needed to know a caller. */
export interface Gatekeeper {
  credentials: Credentials;
  tokens: Tokens;
  isPerson: (id: string) => boolean;
}

/** Header style: authorization, x-fs-ea, x-fs-userid (api-facts.md 3.1). Undefined when there is no authorization header. */
export function callerFromHeaders(
  headers: IncomingHttpHeaders,
  { credentials, tokens, isPerson }: Gatekeeper,
  now: number,
): Caller | undefined {
  if (headers.authorization === undefined) return undefined;
  const token = /^Bearer (.+)$/i.exec(headers.authorization)?.[1] ?? '';
  if (!tokens.isGood(token, now) || headers['x-fs-ea'] !== credentials.ea) throw wrongToken();
  const userId = headers['x-fs-userid'];
  if (typeof userId !== 'string' || userId === '') {
    throw new Failure(codes.missingOpenUserId, 'the header x-fs-userid is missing');
  }
  if (!isPerson(userId)) throw new Failure(codes.unknownEmployee, `employee ${userId} does not exist`, '员工不存在');
  return { ea: credentials.ea, userId, style: 'header' };
}

/**
 * Legacy body style: corpAccessToken, corpId, currentOpenUserId at the top of the body (api-facts.md 3.2). Where nobody need
 * be named the system acts.
 */
export function callerFromBody(
  body: JsonObject,
  { credentials, tokens, isPerson }: Gatekeeper,
  now: number,
  needsUser = true,
): Caller {
  const { corpAccessToken, corpId, currentOpenUserId } = body;
  if (corpAccessToken === undefined || corpAccessToken === '') throw notAuthenticated();
  if (typeof corpAccessToken !== 'string' || !tokens.isGood(corpAccessToken, now) || corpId !== credentials.corpId) {
    throw wrongToken();
  }
  if (typeof currentOpenUserId !== 'string' || currentOpenUserId === '') {
    if (!needsUser) return { ea: credentials.ea, userId: systemUserId, style: 'body' };
    throw new Failure(codes.missingOpenUserId, 'the parameter currentOpenUserId is missing');
  }
  const userId = fromOpenUserId(currentOpenUserId);
  if (!isPerson(userId)) {
    throw new Failure(
      codes.unknownOpenUserId,
      `currentOpenUserId ${currentOpenUserId} does not exist`,
      '找不到 openUserId',
    );
  }
  return { ea: credentials.ea, userId, style: 'body' };
}

/** Text and code as probed on the live gateway (api-facts.md 3.4). */
export const notAuthenticated = (): Failure => new Failure(codes.notAuthenticated, 'corpAccessToken为必填项，不能为空');
// The typing errors are the gateway's.
const wrongToken = (): Failure => new Failure(codes.wrongToken, 'the cropId,cropAccessToken or authorization is error');
