import type { JsonObject } from '../../base/json';
import { codes, Failure, malformed } from '../failure';
import { tokenCallLimit } from '../limits';
import { checkApp } from './checkApp';
import type { CodeCalls } from './codeCalls';
import type { Credentials } from './credentials';
import type { Tokens } from './tokens';

/** The two endpoints that give a token, with their own limits: 10 calls a minute, never two at once. */
export class TokenCalls {
  private readonly limit = tokenCallLimit();
  private running = 0;

  constructor(
    private readonly credentials: Credentials,
    private readonly tokens: Tokens,
    private readonly codeCalls: CodeCalls,
  ) {}

  /** Refuses a call that begins while another runs, and the 11th in a minute. Call the result when the call is over. */
  enter(path: string, now: number): () => void {
    if (this.running > 0) throw new Failure(codes.tooFrequent, 'concurrent token calls', '每秒频次超限');
    this.limit.check(path, now);
    this.running += 1;
    return () => (this.running -= 1);
  }

  /** `POST /oauth2.0/token` (api-facts.md 2.1 to 2.3). */
  grant(body: JsonObject, now: number): JsonObject {
    switch (body['grantType']) {
      case 'app_secret':
        break;
      case 'authorization_code':
        return this.codeCalls.exchange(body, now);
      case 'refresh_token':
        return this.codeCalls.refresh(body, now);
      default:
        throw malformed('the parameter grantType is missing or illegal');
    }
    const { token, expiresIn } = this.signIn(body, now);
    const { corpId, appId, ea } = this.credentials;
    // openUserId carries the corp id here: a peculiarity of this endpoint.
    return { errorCode: 0, errorMessage: 'success', openUserId: corpId, accessToken: token, expiresIn, appId, ea };
  }

  /** `POST /cgi/corpAccessToken/get/V2` (api-facts.md 2.5). */
  corpAccessToken(body: JsonObject, now: number): JsonObject {
    const { token, expiresIn } = this.signIn(body, now);
    const { corpId } = this.credentials;
    return { errorCode: 0, errorMessage: 'success', corpAccessToken: token, corpId, expiresIn };
  }

  private signIn(body: JsonObject, now: number): { token: string; expiresIn: number } {
    checkApp(this.credentials, body);
    const { permanentCode } = body;
    if (!permanentCode) throw new Failure(codes.missingPermanentCode, 'the parameter permanentCode is missing');
    if (permanentCode !== this.credentials.permanentCode) {
      throw new Failure(codes.wrongPermanentCode, 'the permanentCode is error', '永久授权码错误');
    }
    return this.tokens.issue(now);
  }
}
