import type { JsonObject } from '../../base/json';
import { codes, Failure } from '../failure';
import type { Credentials } from './credentials';

const gatewayText = 'the parameter appSecret is missing or illegal';

/** appId and appSecret of a sign-in call. */
export function checkApp(credentials: Credentials, body: JsonObject): void {
  if (!body['appId']) throw new Failure(codes.missingAppId, 'the parameter appId is missing');
  if (body['appId'] !== credentials.appId || body['appSecret'] !== credentials.appSecret) {
    // As probed: a made-up app and a missing or wrong secret are told apart by nothing.
    throw new Failure(codes.gatewayRefusal, gatewayText, '缺少参数或参数不合法');
  }
}
