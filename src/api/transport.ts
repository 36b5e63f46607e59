import type { AxiosError } from 'axios';
import { CancelledError } from '../base/cancelled';
import { TransportError, type CallContext, type TransportFailure } from './errors';

export interface HttpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly context: CallContext;
}

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly location: string | undefined;
  readonly text: string;
}

/** Sends one POST. Rejects with `TransportError` when no answer came, with `CancelledError` when aborted. */
export type Transport = (request: HttpRequest) => Promise<HttpAnswer>;

/**
 * The one place that touches the network. Node's own `http` does the work below axios: VS Code patches it
 * with the editor's proxy and certificates, so axios must not look for a proxy itself, nor may it be given an agent:
 * with one, `"http.proxySupport": "on"` goes around the proxy. Redirects are not followed: the token would follow them.
 */
export const axiosTransport: Transport = async request => {
  const { default: axios } = await import('axios');
  try {
    const answer = await axios.post<string>(request.url, request.body, {
      headers: request.headers,
      timeout: request.timeoutMs,
      ...(request.signal ? { signal: request.signal } : {}),
      proxy: false,
      maxRedirects: 0,
      maxContentLength: Infinity,
      maxBodyLength: Infinity,
      responseType: 'text',
      transformRequest: [(body: unknown) => body],
      transformResponse: [(text: unknown) => text],
      validateStatus: () => true,
    });
    // No API answers so: it is the proxy that wants a log-in, and the call has not gone any further.
    if (answer.status === 407) throw new TransportError('proxy', request.context, 'HTTP 407');
    return {
      status: answer.status,
      contentType: header(answer.headers['content-type']),
      location: header(answer.headers['location']) || undefined,
      text: answer.data,
    };
  } catch (error) {
    if (error instanceof TransportError) throw error;
    if (axios.isCancel(error)) throw new CancelledError();
    const reason = (error as AxiosError).code ?? withoutLogin(error instanceof Error ? error.message : String(error));
    // Not the error itself: axios keeps the whole request in it, with its secrets and its token.
    throw new TransportError(failureFor(reason, error), request.context, reason);
  }
};

/** VS Code names the proxy that it did not reach, some versions with the name and password that it is set up with. */
function withoutLogin(message: string): string {
  return message.replace(/[^\s/@]+@/g, '');
}

function header(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

const failures: readonly (readonly [RegExp, TransportFailure])[] = [
  [/^(ECONNABORTED|ETIMEDOUT|ESOCKETTIMEDOUT)$/, 'timeout'],
  [/^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL)$/, 'unreachable'],
  [/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_/, 'tls'],
  [/PROXY|TUNNEL/, 'proxy'],
];

function failureFor(reason: string, error: unknown): TransportFailure {
  const text = `${reason} ${error instanceof Error ? error.message : ''}`;
  for (const [pattern, failure] of failures) if (pattern.test(reason)) return failure;
  if (/wrong version number|certificate|self.signed|EPROTO/i.test(text)) return 'tls';
  if (/tunneling|proxy/i.test(text)) return 'proxy';
  return 'dropped';
}
