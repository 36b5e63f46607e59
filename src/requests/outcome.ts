import type { SentRequest } from './sendRequest';

type Sent = Pick<SentRequest, 'assertions'> & {
  readonly answer: Pick<SentRequest['answer'], 'errorCode'>;
  readonly request: Pick<SentRequest['request'], 'assertions'>;
};

/** Whether the API refused a call whose author did not expect that: no assertion about the errorCode says so. */
export function isRefused({ answer, request, assertions }: Sent): boolean {
  if (answer.errorCode === 0) return false;
  const expectations = assertions.filter((_, at) => request.assertions[at]?.path[0] === 'errorCode');
  return expectations.length === 0 || expectations.some(({ passed }) => !passed);
}

/** Whether a request did not do what its author expects. */
export function hasFailed(sent: Sent): boolean {
  return isRefused(sent) || sent.assertions.some(({ passed }) => !passed);
}
