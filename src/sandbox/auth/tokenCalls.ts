import type { JsonObject } from '../../base/json';
import { codes, Failure, malformed } from '../failure';
import { tokenCallLimit } from '../limits';
import type { Credentials } from './credentials';
import type { Tokens } from './tokens';

const gatewayText = 'the parameter appSecret is missing or illegal';

/** The two endpoints that give a token, with their own limits: 10 calls a minute, never two at once. */
export class TokenCalls {
  private readonly limit = tokenCallLimit();
  private running = 0;

  constructor(
    private readonly credentials: Credentials,
    private readonly tokens: Tokens,
    private readonly limited: boolean,
  ) {}

  /** Refuses a call that begins while another runs, and the 11th in a minute. Call the result when the call is over. */
  enter(path: string, now: number): () => void {
    if (!this.limited) return () => undefined;
    if (this.running > 0) throw new Failure(codes.tooFrequent, 'concurrent token calls', '每秒频次超限');
    this.limit.check(path, now);
    this.running += 1;
    return () => (this.running -= 1);
  }

  /** `POST /oauth2.0/token` (facts 2.1 to 2.3). */
  grant(body: JsonObject, now: number): JsonObject {
    switch (body['grantType']) {
      case 'app_secret':
        break;
      case 'authorization_code':
        this.checkApp(body);
        if (!body['redirectUrl']) throw new Failure(codes.missingRedirectUri, 'the parameter redirectUrl is missing');
        if (!body['code']) throw new Failure(codes.missingCode, 'the parameter code is missing');
        throw new Failure(codes.unknownCode, 'the code does not exist or is expired');
      case 'refresh_token':
        this.checkApp(body);
        throw new Failure(codes.unknownCode, 'the refreshToken does not exist or is expired');
      default:
        throw malformed('the parameter grantType is missing or illegal');
    }
    const { token, expiresIn } = this.signIn(body, now);
    const { corpId, appId, ea } = this.credentials;
    // openUserId carries the corp id here: a peculiarity of this endpoint.
    return { errorCode: 0, errorMessage: 'success', openUserId: corpId, accessToken: token, expiresIn, appId, ea };
  }

  /** `POST /cgi/corpAccessToken/get/V2` (facts 2.5). */
  corpAccessToken(body: JsonObject, now: number): JsonObject {
    const { token, expiresIn } = this.signIn(body, now);
    return {
      errorCode: 0,
      errorMessage: 'success',
      corpAccessToken: token,
      corpId: this.credentials.corpId,
      expiresIn,
    };
  }

  private signIn(body: JsonObject, now: number): { token: string; expiresIn: number } {
    this.checkApp(body);
    const { permanentCode } = body;
    if (!permanentCode) throw new Failure(codes.missingPermanentCode, 'the parameter permanentCode is missing');
    if (permanentCode !== this.credentials.permanentCode) {
      throw new Failure(codes.wrongPermanentCode, 'the permanentCode is error', '永久授权码错误');
    }
    return this.tokens.issue(now);
  }

  private checkApp(body: JsonObject): void {
    if (!body['appId']) throw new Failure(codes.missingAppId, 'the parameter appId is missing');
    if (body['appId'] !== this.credentials.appId || body['appSecret'] !== this.credentials.appSecret) {
      // As probed: a made-up app and a missing or wrong secret are told apart by nothing.
      throw new Failure(codes.gatewayRefusal, gatewayText, '缺少参数或参数不合法');
    }
  }
}
