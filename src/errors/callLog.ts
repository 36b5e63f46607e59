import type { CallRecord } from '../api/wire';

type Redact = (text: string) => string;

/** Method, URL, tenant, milliseconds, size, errorCode and trace ids of a call in one line. Never a body. */
export function callLine(call: CallRecord, redact: Redact): string {
  const { context, connection, milliseconds, characters, errorCode, traceId, failure } = call;
  const reason = failure instanceof Error ? failure.message : 'failed';
  const outcome = failure === undefined ? `errorCode ${errorCode ?? '-'}` : reason;
  return redact(
    `${context.method} ${context.url} [${connection}] ${milliseconds} ms, ${characters} characters, ${outcome}, ` +
      `traceId ${traceId ?? '-'}, thirdTraceId ${context.thirdTraceId}`,
  );
}

/** What went out and what came back. Records of customers stand there, and of these no more than one can read. */
export function callBodies({ context, sent, received }: CallRecord, redact: Redact): string {
  // Redacted as a whole first: half a secret is not recognized.
  const shown = (text: string) => cut(redact(text));
  return `${context.thirdTraceId} sent ${shown(sent)}\n${context.thirdTraceId} received ${shown(received ?? 'nothing')}`;
}

const longest = 10_000;

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)} … (${text.length} characters)` : text;
}
