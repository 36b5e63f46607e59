import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { isJsonObject, parseJson, type JsonObject } from '../base/json';
import { callerFromBody, callerFromHeaders, notAuthenticated } from './auth/caller';
import type { Credentials } from './auth/credentials';
import { TokenCalls } from './auth/tokenCalls';
import { Tokens } from './auth/tokens';
import { failure, nobody, success, traceIdOf, type TraceSubject } from './envelope';
import { codes, Failure, refused } from './failure';
import { callLimit } from './limits';
import { corpAccessTokenPath, routes, tokenPath } from './routes';
import type { Tenant } from './tenant/tenant';

export interface Request {
  method: string;
  /** Without the query. */
  path: string;
  headers: IncomingHttpHeaders;
}
interface Options {
  tenant: Tenant;
  credentials: Credentials;
  rateLimit: boolean;
  tokenLimit: boolean;
}

/** Long enough for two token calls that are made at once to meet. */
const tokenMilliseconds = 15;

/** Finds who calls and what is called, and gives the answer; everything that goes wrong becomes an errorCode. */
export class Dispatcher {
  private readonly tokens = new Tokens();
  private readonly tokenCalls: TokenCalls;
  private readonly limit = callLimit();

  constructor(private readonly options: Options) {
    this.tokenCalls = new TokenCalls(options.credentials, this.tokens, options.tokenLimit);
  }

  /** Rejects only when the body cannot be read. */
  async answer(request: Request, readBody: () => Promise<string>, clock: () => number): Promise<JsonObject> {
    const isToken = request.path === tokenPath || request.path === corpAccessTokenPath;
    if (isToken && request.method === 'POST') return this.answerToken(request.path, readBody, clock);
    return this.answerBusiness(request, await readBody(), clock());
  }

  private async answerToken(path: string, readBody: () => Promise<string>, clock: () => number): Promise<JsonObject> {
    const traceId = traceIdOf(nobody, clock());
    let leave = (): void => undefined;
    try {
      leave = this.tokenCalls.enter(path, clock());
      const body = parseBody(await readBody());
      await sleep(tokenMilliseconds);
      const answer =
        path === tokenPath ? this.tokenCalls.grant(body, clock()) : this.tokenCalls.corpAccessToken(body, clock());
      return { traceId, ...answer };
    } catch (error) {
      return failure(traceId, error);
    } finally {
      leave();
    }
  }

  private answerBusiness({ method, path, headers }: Request, text: string, now: number): JsonObject {
    let subject: TraceSubject = nobody;
    try {
      const route = method === 'POST' ? routes.get(path) : undefined;
      if (!route) throw new Failure(codes.gatewayRefusal, `the request uri=[${path}],apiName=[null] is not exists`);
      const { credentials, tenant } = this.options;
      // The token is checked before anything else (facts 3.4); in the legacy way it stands in the body.
      const fromHeaders = callerFromHeaders(headers, credentials, this.tokens, now);
      const body = parseBody(text, !fromHeaders);
      const caller = fromHeaders ?? callerFromBody(body, credentials, this.tokens, now);
      subject = caller;
      if (this.options.rateLimit) this.limit.check(path, now);
      const answer = route.handle({ tenant, caller, body, now, family: route.family });
      return success(traceIdOf(subject, now), answer);
    } catch (error) {
      return failure(traceIdOf(subject, now), error);
    }
  }
}

/** A body must be a JSON map. Without one there is no authentication either, when it is looked for there. */
function parseBody(text: string, authenticates = false): JsonObject {
  if (text.trim() === '')
    throw authenticates ? notAuthenticated() : new Failure(codes.emptyBody, 'the post body is empty');
  let body: unknown;
  try {
    body = parseJson(text);
  } catch (error) {
    throw refused(`the post body is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isJsonObject(body)) throw refused('the post body is not a JSON map');
  return body;
}
