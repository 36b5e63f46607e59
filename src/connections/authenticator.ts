import { bodyStyle, headerStyle, type CallStyle } from '../api/callStyle';
import { errorCode } from '../api/errorCodes';
import { ApiError, RefusedError } from '../api/errors';
import { openUserIdByMobile } from '../api/findByMobile';
import { byCorpToken, byCredentials, byLogin, byRefresh, type Grant, type LoginCode } from '../api/grants';
import type { Redactor } from '../api/redactor';
import { SignIn, type SignInOptions } from '../api/signIn';
import type { Exclusive, Token } from '../api/token';
import { wayOf, type Connection, type ConnectionInput } from './connection';
import type { Secrets } from './connectionStore';

export interface LoginRequest {
  /** The connection's name. */
  readonly connection: string;
  readonly origin: string;
  readonly appId: string;
}

/** Has the person log in with the browser. */
export type Login = (request: LoginRequest) => Promise<LoginCode>;

export interface AuthenticatorOptions extends SignInOptions {
  readonly redactor: Redactor;
  readonly login: Login;
  /** Keeps windows from fetching tokens for the same app at the same time. */
  readonly exclusiveFor: (app: string) => Exclusive;
}

/** Signs a connection in, in its own way: for the first time, with the person's help if need be, and again without. */
export class Authenticator {
  readonly #signIn: SignIn;

  constructor(private readonly options: AuthenticatorOptions) {
    this.#signIn = new SignIn(options);
  }

  /** The token, and whom calls are made as. */
  async first(input: ConnectionInput, origin: string): Promise<{ token: Token; userId: string }> {
    const { name: connection, appId } = input;
    this.#learn(input);
    const grant = await this.#firstGrant(input, origin);
    const fetch = () => this.#signIn.token({ connection, origin, appId, grant });
    const token = await this.exclusive(origin, appId)(fetch);
    this.learnToken(token);
    return { token, userId: await this.#actingUser(input, origin, token) };
  }

  /** Another token for the same connection. Throws `RefusedError` where only the person can help. */
  async again(connection: Connection, origin: string, secrets: Secrets, last: Token | undefined): Promise<Token> {
    this.#learn(secrets);
    const { name, appId } = connection;
    const fetch = (grant: Grant) => this.#signIn.token({ connection: name, origin, appId, grant });
    const credentials = { appId, ...secrets };
    switch (wayOf(connection)) {
      case 'clientCredentials':
        return fetch(byCredentials(credentials));
      case 'corpAccessToken':
        return fetch(byCorpToken(credentials));
      case 'authorizationCode':
        if (last?.refreshToken === undefined) throw new RefusedError('loginEnded', name);
        return fetch(byRefresh(credentials, last)).catch((error: unknown) => {
          throw isFinal(error) ? new RefusedError('loginEnded', name, error) : error;
        });
    }
  }

  exclusive(origin: string, appId: string): Exclusive {
    return this.options.exclusiveFor(`${origin} ${appId}`);
  }

  learnToken({ accessToken, refreshToken }: Token): void {
    this.options.redactor.learn(accessToken, refreshToken);
  }

  async #firstGrant(input: ConnectionInput, origin: string): Promise<Grant> {
    switch (wayOf(input)) {
      case 'clientCredentials':
        return byCredentials(input);
      case 'corpAccessToken':
        return byCorpToken(input);
      case 'authorizationCode': {
        const login = await this.options.login({ connection: input.name, origin, appId: input.appId });
        this.options.redactor.learn(login.code);
        return byLogin(input, login);
      }
    }
  }

  async #actingUser(input: ConnectionInput, origin: string, token: Token): Promise<string> {
    if (token.openUserId !== undefined) return token.openUserId;
    const { name: connection, mobile, userId } = input;
    if (mobile === undefined || wayOf(input) !== 'corpAccessToken') return userId;
    const found = await openUserIdByMobile(this.options.wire, { connection, origin, token, mobile });
    if (found === undefined) throw new RefusedError('mobileUnknown', mobile);
    return found;
  }

  #learn({ appSecret, permanentCode }: Secrets): void {
    this.options.redactor.learn(appSecret, permanentCode);
  }
}

/** What a person logged in gets is known by the corp id and the person only, so that it goes into the body too. */
export function styleOf(connection: Connection): CallStyle {
  return wayOf(connection) === 'clientCredentials' ? headerStyle : bodyStyle;
}

/** The API will not give a token for that refresh token later either. */
function isFinal(error: unknown): error is ApiError {
  if (!(error instanceof ApiError)) return false;
  const subject = errorCode(error.errorCode)?.subject;
  return subject !== 'rate' && subject !== 'quota' && subject !== 'system';
}
