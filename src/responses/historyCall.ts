import type { Answer } from '../api/answer';
import { endpointAt } from '../api/endpoints';
import { isJsonObject } from '../base/json';
import { tenantKey, type Connection } from '../connections/connection';
import { indentedJson } from '../requests/indentedJson';
import { writeIn } from '../api/writeIn';
import { withoutTemplates } from '../requests/variables';

/** A call as the history keeps it. Holds what came back and what was asked, never what signed the call. */
export interface HistoryCall {
  readonly connection: {
    readonly id: string;
    readonly name: string;
    /** See `tenantKey`: the connection may lead to another tenant by now. */
    readonly tenant?: string;
  };
  /** As the commands call it, e.g. `invalidate`; else the last word of the path. */
  readonly operation: string;
  readonly object?: string;
  /** The record's name, or how many there were. */
  readonly subject?: string;
  readonly path: string;
  readonly errorCode: number;
  readonly errorMessage: string;
  readonly traceId?: string;
  readonly thirdTraceId: string;
  readonly milliseconds: number;
  /** Length of the answer. */
  readonly characters: number;
  /** In UTF-8; unknown of what was kept before this was counted. */
  readonly bytes?: number;
  /** The call as text of a request file, where it is not too long to keep. */
  readonly request: string | undefined;
}

export interface CallText {
  readonly title: string;
  readonly connection: string | undefined;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

const longestRequest = 100_000;

/** What the history keeps of a call and its answer, the text of that aside. The headers are those of the caller: none signs in. */
export function historyCall(
  connection: Connection,
  call: {
    readonly path: string;
    readonly body: string;
    readonly headers?: Readonly<Record<string, string>> | undefined;
  },
  answer: Answer,
): HistoryCall {
  const { id, name } = connection;
  const path = new URL(answer.context.url).pathname;
  const { operation, object, count } = writeIn(path, call.body === '' ? undefined : call.body);
  const data = answer.body['data'];
  const recordName = isJsonObject(data) && typeof data['name'] === 'string' ? data['name'] : undefined;
  const subject = count > 1 ? `×${count}` : recordName;
  const verb = operation === 'send' ? (endpointAt(path)?.id ?? path.split('/').at(-1) ?? path) : operation;
  const { errorCode, errorMessage, traceId, milliseconds, text, context } = answer;
  // What looks like a template in a body that was sent is none.
  const body = withoutTemplates(call.body, 'json');
  const title = [verb, object].filter(part => part !== undefined).join(' ');
  const request = requestText({ title, connection: name, path: call.path, headers: call.headers ?? {}, body });
  return {
    connection: { id, name, tenant: tenantKey(connection) },
    operation: verb,
    path,
    errorCode,
    errorMessage,
    thirdTraceId: context.thirdTraceId,
    milliseconds,
    characters: text.length,
    bytes: Buffer.byteLength(text),
    ...(object !== undefined && { object }),
    ...(subject !== undefined && { subject }),
    ...(traceId !== undefined && { traceId }),
    request,
  };
}

/** A call as text of a request file. Its templates stay templates. */
export function requestText({ title, connection, path, headers, body }: CallText): string | undefined {
  if ((body?.length ?? 0) > longestRequest) return undefined;
  const lines = [
    `### ${oneLine(title)}`.trimEnd(),
    ...(connection === undefined ? [] : [`# @connection ${oneLine(connection)}`]),
    `POST ${path}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined || body === '' ? [] : ['', indentedJson(body)]),
  ];
  return `${lines.join('\n')}\n`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
