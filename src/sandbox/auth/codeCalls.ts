import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../../base/json';
import { codes, Failure, malformed } from '../failure';
import { Redirect } from '../reply';
import { toOpenUserId } from '../tenant/people';
import { checkApp } from './checkApp';
import type { Credentials } from './credentials';
import { OneTimeCodes } from './oneTimeCodes';
import type { Tokens } from './tokens';

/** Said of the old flow only: about ten minutes (api-facts.md 2.6). */
const codeLife = 600_000;
/** Two months (api-facts.md 2.2). */
const refreshLife = 60 * 86_400_000;
const appTokenLife = 2_592_000_000;

/** Signing in as a person: the authorization-code flow (api-facts.md 2.2 to 2.4) and what was there before it (2.6). */
export class CodeCalls {
  private readonly logins = new OneTimeCodes<{ userId: string; redirectUrl: string }>(codeLife);
  private readonly refreshes = new OneTimeCodes<string>(refreshLife);
  private appToken = { token: '', issued: -Infinity };

  constructor(
    private readonly credentials: Credentials,
    private readonly tokens: Tokens,
    private readonly isPerson: (id: string) => boolean,
  ) {}

  /** `GET /oauth2.0/authorize`. There is no log-in page: whoever comes is `sandboxUser`, employee 1000 unless said. */
  authorize(query: URLSearchParams, now: number): Redirect {
    const text = (name: string, missing: number): string => {
      const value = query.get(name) ?? '';
      if (value === '') throw new Failure(missing, `the parameter ${name} is missing`);
      return value;
    };
    if (text('responseType', codes.missingResponseType) !== 'code') {
      throw new Failure(codes.wrongResponseType, 'the parameter responseType is illegal');
    }
    if (text('appId', codes.missingAppId) !== this.credentials.appId) {
      throw new Failure(codes.wrongAppId, 'the parameter appId is illegal');
    }
    const redirectUrl = text('redirectUrl', codes.missingRedirectUri);
    const state = text('state', codes.missingState);
    if (!/^https?:$/.test(protocolOf(redirectUrl))) {
      throw new Failure(codes.wrongRedirectUri, 'the parameter redirectUrl is illegal');
    }
    const userId = query.get('sandboxUser') ?? this.credentials.userId;
    if (!this.isPerson(userId)) throw new Failure(codes.unknownEmployee, `employee ${userId} does not exist`);
    const back = new URL(redirectUrl);
    back.searchParams.set('code', this.logins.issue({ userId, redirectUrl }, now));
    back.searchParams.set('state', state);
    return new Redirect(back.href);
  }

  /** `authorization_code` of `POST /oauth2.0/token`. */
  exchange(body: JsonObject, now: number): JsonObject {
    checkApp(this.credentials, body);
    const { redirectUrl, code } = body;
    if (!redirectUrl) throw new Failure(codes.missingRedirectUri, 'the parameter redirectUrl is missing');
    if (!code) throw new Failure(codes.missingCode, 'the parameter code is missing');
    const login = this.logins.take(code, now, value => value.redirectUrl === redirectUrl);
    if (!login) throw unknownCode('code');
    return { ...this.pair(login.userId, now), corpId: this.credentials.corpId };
  }

  /** `refresh_token` of `POST /oauth2.0/token`: a new pair; the refresh token that was sent is used up. */
  refresh(body: JsonObject, now: number): JsonObject {
    checkApp(this.credentials, body);
    const userId = this.refreshes.take(body['refreshToken'], now);
    if (userId === undefined) throw unknownCode('refreshToken');
    return this.pair(userId, now);
  }

  /** `POST /oauth2.0/getUserInfoByCode`. What WeChat adds (authType 1) is not known well enough to be imitated. */
  userInfo(body: JsonObject, now: number): JsonObject {
    checkApp(this.credentials, body);
    if ((body['authType'] ?? 0) !== 0) throw malformed('the parameter authType is illegal: the sandbox knows only 0');
    return { errorCode: 0, errorMessage: 'success', data: toOpenUserId(this.login(body, now)) };
  }

  /** `POST /cgi/appAccessToken/get`. */
  appAccessToken(body: JsonObject, now: number): JsonObject {
    checkApp(this.credentials, body);
    if (now >= this.appToken.issued + appTokenLife) this.appToken = { token: newToken(), issued: now };
    const { token, issued } = this.appToken;
    const expiresIn = Math.floor((issued + appTokenLife - now) / 1000);
    return { errorCode: 0, errorMessage: 'success', appAccessToken: token, expiresIn };
  }

  /** `POST /oauth2/openUserId/get`. */
  openUserId(body: JsonObject, now: number): JsonObject {
    const { appAccessToken } = body;
    if (!appAccessToken) throw new Failure(codes.missingAppAccessToken, 'the parameter appAccessToken is missing');
    if (appAccessToken !== this.appToken.token || now >= this.appToken.issued + appTokenLife) {
      throw new Failure(codes.wrongAppAccessToken, 'the appAccessToken does not exist or is expired');
    }
    const openUserId = toOpenUserId(this.login(body, now));
    return { errorCode: 0, errorMessage: 'success', openUserId, corpId: this.credentials.corpId };
  }

  private login({ code }: JsonObject, now: number): string {
    if (!code) throw new Failure(codes.missingCode, 'the parameter code is missing');
    const login = this.logins.take(code, now);
    if (!login) throw unknownCode('code');
    return login.userId;
  }

  private pair(userId: string, now: number): JsonObject {
    const { token, expiresIn } = this.tokens.issueNew(now);
    return {
      errorCode: 0,
      errorMessage: 'success',
      openUserId: toOpenUserId(userId),
      accessToken: token,
      refreshToken: this.refreshes.issue(userId, now),
      expiresIn,
    };
  }
}

const newToken = (): string => randomBytes(16).toString('hex').toUpperCase();

const unknownCode = (name: string): Failure =>
  new Failure(codes.unknownCode, `the ${name} does not exist or is expired`);

function protocolOf(url: string): string {
  try {
    return new URL(url).protocol;
  } catch {
    return '';
  }
}
