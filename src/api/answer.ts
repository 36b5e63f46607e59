import { isJsonObject, parseJson, type JsonObject, type JsonValue } from '../base/json';
import { ApiError, NotApiError, type CallContext } from './errors';
import type { HttpAnswer } from './transport';

/** What the API answered, whatever its `errorCode`. */
export interface Answer {
  readonly errorCode: number;
  readonly errorMessage: string;
  readonly traceId: string | undefined;
  readonly body: JsonObject;
  /** The answer as it came. */
  readonly text: string;
  readonly milliseconds: number;
  readonly context: CallContext;
}

/**
 * Reads the API's envelope, or throws `NotApiError` when it is not one. What an error will say of the answer is
 * redacted here: before it is cut, for half a secret is not known as one.
 */
export function readAnswer(
  http: HttpAnswer,
  context: CallContext,
  milliseconds: number,
  redact: (text: string) => string,
): Answer {
  const foreign = (code: NotApiError['code'], excerpt = http.text.trim()) =>
    new NotApiError(code, context, http.status, redact(excerpt).slice(0, 300));
  if (http.status >= 300 && http.status < 400) throw foreign('redirect', http.location ?? '');
  // Takes a byte order mark away too.
  const text = http.text.trim();
  if (text === '') throw foreign('empty');
  if (text.startsWith('<')) throw foreign('html');
  let body: JsonValue;
  try {
    body = parseJson(text);
  } catch {
    throw foreign(isCutOff(text) ? 'truncated' : 'notJson');
  }
  if (!isJsonObject(body)) throw foreign('notJson');
  const errorCode = codeOf(body['errorCode']);
  if (errorCode === undefined) throw foreign('noErrorCode');
  const said = (key: string) => {
    const words = textOf(body[key]);
    return words === undefined || errorCode === 0 ? words : redact(words);
  };
  return {
    errorCode,
    errorMessage: said('errorMessage') ?? said('errorDescription') ?? '',
    traceId: said('traceId'),
    body,
    text,
    milliseconds,
    context,
  };
}

/** The same answer when its `errorCode` is 0; else throws `ApiError`. */
export function mustSucceed(answer: Answer): Answer {
  if (answer.errorCode === 0) return answer;
  throw apiError(answer);
}

/** What an answer with another `errorCode` than 0 says. */
export function apiError({ errorCode, errorMessage, traceId, context, text }: Answer): ApiError {
  return new ApiError(errorCode, errorMessage, traceId, context, text);
}

/** Whether brackets that it opens are never closed. */
function isCutOff(text: string): boolean {
  const brackets = text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"?/gs, '');
  const count = (pattern: RegExp) => brackets.match(pattern)?.length ?? 0;
  return /^[{[]/.test(text) && count(/[{[]/g) > count(/[}\]]/g);
}

function codeOf(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return Number(value);
  return typeof value === 'number' ? value : undefined;
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
