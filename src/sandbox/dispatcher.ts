import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from '../base/json';
import { callerFromBody, callerFromHeaders, type Caller, type Gatekeeper } from './auth/caller';
import { CodeCalls } from './auth/codeCalls';
import type { Credentials } from './auth/credentials';
import { TokenCalls } from './auth/tokenCalls';
import type { Tokens } from './auth/tokens';
import { parseBody, parseForm, type Form } from './body';
import { failure, nobody, plainSuccess, success, traceIdOf } from './envelope';
import { codes, Failure } from './failure';
import type { Journal } from './keep/journal';
import type { Limits } from './limits';
import { Download, Redirect } from './reply';
import { routes, type CallRoute, type TokenRoute } from './routes';
import type { Tenant } from './tenant/tenant';

export interface Request {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** Rejects when the body is larger than this, or the caller has gone away. */
  readBody: (mostBytes: number) => Promise<Buffer>;
}
export type Reply = JsonObject | Redirect | Download;

interface Options {
  tenant: Tenant;
  credentials: Credentials;
  tokens: Tokens;
  limits: Limits;
  clock: () => number;
  /** Where changes are kept; in memory only when undefined. */
  journal?: Journal | undefined;
  origin: () => string;
}

/** Long enough for two token calls that are made at once to meet. */
const tokenMilliseconds = 15;
const megabyte = 1024 * 1024;
const mostJson = 20 * megabyte;
/** A file of the documented 100 MB and what a form puts around it. */
const mostUpload = 101 * megabyte;

/** Finds who calls and what is called, and gives the answer; everything that goes wrong becomes an errorCode. */
export class Dispatcher {
  private readonly codeCalls: CodeCalls;
  private readonly tokenCalls: TokenCalls;
  private readonly gate: Gatekeeper;

  constructor(private readonly options: Options) {
    const { credentials, tokens, tenant } = options;
    const isPerson = (id: string): boolean => tenant.organization.isPerson(id);
    this.gate = { credentials, tokens, isPerson };
    this.codeCalls = new CodeCalls(credentials, tokens, isPerson);
    this.tokenCalls = new TokenCalls(credentials, tokens, this.codeCalls);
  }

  /** Rejects only when the body cannot be read. */
  async answer(request: Request): Promise<Reply> {
    const route = routes.get(request.path);
    if (route?.method !== request.method) return this.answerUnknown(request);
    switch (route.kind) {
      case 'token':
        return this.answerToken(route, request);
      case 'signIn': {
        const text = (await request.readBody(mostJson)).toString('utf8');
        return this.withoutCaller(now => route.answer(this.codeCalls, parseBody(text), now));
      }
      case 'page':
        return this.withoutCaller(now => route.answer(this.codeCalls, request.query, now));
      case 'upload':
        return route.answer(this.options.tenant, request, await request.readBody(mostUpload), this.options.clock());
      case 'call':
        return this.answerCall(route, request);
    }
  }

  /** Whoever calls, with or without a token: the gateway looks at the path first (api-facts.md 3.4). */
  private async answerUnknown({ path, readBody }: Request): Promise<JsonObject> {
    await readBody(mostUpload);
    const error = new Failure(codes.gatewayRefusal, `the request uri=[${path}],apiName=[null] is not exists`);
    return failure(traceIdOf(nobody, this.options.clock()), error);
  }

  private withoutCaller(answer: (now: number) => Reply): Reply {
    const now = this.options.clock();
    const traceId = traceIdOf(nobody, now);
    try {
      const reply = answer(now);
      return reply instanceof Redirect || reply instanceof Download ? reply : { traceId, ...reply };
    } catch (error) {
      return failure(traceId, error);
    }
  }

  private async answerToken(route: TokenRoute, { path, readBody }: Request): Promise<JsonObject> {
    const { clock, limits } = this.options;
    const traceId = traceIdOf(nobody, clock());
    let leave = (): void => undefined;
    try {
      if (limits.settings.tokenLimit) leave = this.tokenCalls.enter(path, clock());
      const body = parseBody((await readBody(mostJson)).toString('utf8'));
      await sleep(tokenMilliseconds);
      return { traceId, ...route.answer(this.tokenCalls, body, clock()) };
    } catch (error) {
      return failure(traceId, error);
    } finally {
      leave();
    }
  }

  private async answerCall(route: CallRoute, request: Request): Promise<Reply> {
    const bytes = await request.readBody(route.form ? mostUpload : mostJson);
    const form = route.form ? await parseForm(request.headers['content-type'], bytes) : undefined;
    const { tenant, clock, limits, origin } = this.options;
    const now = clock();
    let caller: Caller | undefined;
    try {
      const known = this.identify(route, request.headers, bytes, now, form);
      ({ caller } = known);
      limits.check(request.path, now);
      const call = { tenant, caller, body: known.body, now, family: route.family, origin: origin() };
      const answer = await this.keep(() => route.handle({ ...call, ...(form && { files: form.files }) }));
      if (answer instanceof Download) return answer;
      return route.envelope === 'crm' ? success(traceIdOf(caller, now), answer) : plainSuccess(answer);
    } catch (error) {
      return failure(traceIdOf(caller ?? nobody, now), error);
    }
  }

  /** The token is checked before anything else (api-facts.md 3.4); in the legacy way it stands in the body. */
  private identify(
    { style, needsUser }: CallRoute,
    headers: IncomingHttpHeaders,
    bytes: Buffer,
    now: number,
    form?: Form,
  ): { caller: Caller; body: JsonObject } {
    const fromHeaders = style === 'any' ? callerFromHeaders(headers, this.gate, now) : undefined;
    const body = form?.fields ?? parseBody(bytes.toString('utf8'), !fromHeaders);
    return { caller: fromHeaders ?? callerFromBody(body, this.gate, now, needsUser), body };
  }

  /** Carries a call out; a writing one is not answered before what it changed is safe. */
  private async keep<T>(carryOut: () => T): Promise<T> {
    try {
      return carryOut();
    } finally {
      // Also after a failure: what is in memory has to be on the disk.
      const changes = this.options.tenant.takeChanges();
      await this.options.journal?.append(changes);
    }
  }
}
