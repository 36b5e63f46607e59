import type { JsonObject, JsonValue } from '../base/json';
import { endpoints, type Endpoint } from './endpoints';
import type { Token } from './token';

/** The ways in which an app may sign in; which of them it is set up for only its makers know. */
export const signInWays = ['clientCredentials', 'corpAccessToken', 'authorizationCode'] as const;
/** One of them, as a connection keeps it. */
export type SignInWay = (typeof signInWays)[number];

/** A self-built app. */
export interface App {
  readonly appId: string;
  readonly appSecret: string;
}

/** What an app authenticates with that no person helps. */
export interface Credentials extends App {
  readonly permanentCode: string;
}

/** What a person's browser came back with. */
export interface LoginCode {
  readonly code: string;
  /** The very address that the code was asked for with. */
  readonly redirectUrl: string;
}

/** What an answer tells, `''` where it should and does not. */
export type Granted = Pick<Token, 'accessToken' | 'ea' | 'openUserId' | 'refreshToken'>;

/** A call that fetches a token: what is sent where, and how its answer reads. */
export interface Grant {
  readonly endpoint: Endpoint;
  readonly body: JsonObject;
  readonly read: (answer: JsonObject) => Granted;
}

/** Client credentials (api-facts.md 2.1). The answer's `openUserId` is the corp id; `ea` names the tenant. */
export const byCredentials = ({ appId, appSecret, permanentCode }: Credentials): Grant => ({
  endpoint: endpoints.token,
  body: { appId, appSecret, permanentCode, grantType: 'app_secret' },
  read: answer => ({ accessToken: text(answer['accessToken']), ea: text(answer['ea']) }),
});

/** The legacy token (api-facts.md 2.5). */
export const byCorpToken = ({ appId, appSecret, permanentCode }: Credentials): Grant => ({
  endpoint: endpoints.corpAccessToken,
  body: { appId, appSecret, permanentCode },
  read: answer => ({ accessToken: text(answer['corpAccessToken']), ea: text(answer['corpId']) }),
});

/** A person has logged in (api-facts.md 2.2): the token is for that person alone. */
export const byLogin = ({ appId, appSecret }: App, { code, redirectUrl }: LoginCode): Grant => ({
  endpoint: endpoints.tokenByCode,
  body: { appId, appSecret, redirectUrl, code, grantType: 'authorization_code' },
  read: answer => ({
    accessToken: text(answer['accessToken']),
    ea: text(answer['corpId']),
    openUserId: text(answer['openUserId']),
    refreshToken: text(answer['refreshToken']),
  }),
});

/** A new pair for the refresh token of the old one (api-facts.md 2.3). One sample leaves out whom it is for. */
export const byRefresh = ({ appId, appSecret }: App, last: Token): Grant => ({
  endpoint: endpoints.tokenRefresh,
  body: { grantType: 'refresh_token', appId, appSecret, refreshToken: last.refreshToken ?? '' },
  read: answer => ({
    accessToken: text(answer['accessToken']),
    ea: last.ea,
    openUserId: last.openUserId ?? '',
    refreshToken: text(answer['refreshToken']),
  }),
});

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
