import { mayChangeData } from '../api/crmClient';
import type { Answer } from '../api/answer';
import { RefusedError } from '../api/errors';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import type { Gate } from '../connections/gate';
import { evaluate, type AssertionResult } from './assertions';
import type { RequestFile, RequestNode } from './nodes';
import { writeIn } from './plannedWrite';
import { prepare, type PreparedRequest, type RequestSource } from './prepare';
import type { Problem } from './problems';

/** Where the files' requests go. */
export interface RequestSender {
  readonly connections: Connections;
  readonly gate: Gate;
  /** The connection of that id or name; the active one without. Throws where there is none. */
  readonly connectionNamed: (idOrName: string | undefined) => Connection;
  /** Whether the person trusts the workspace, and so its files. */
  readonly isTrusted: () => boolean;
}

export interface SendOptions {
  /** Picks the tenant in place of the file. */
  readonly connection?: string | undefined;
  readonly byProgram: boolean;
  readonly signal?: AbortSignal | undefined;
  /** The text is that of a file, which somebody else may have written. */
  readonly fromDisk?: boolean | undefined;
  /** Refuses what may change data. */
  readonly readsOnly?: boolean | undefined;
}

export interface SentRequest {
  readonly connection: Connection;
  readonly request: PreparedRequest;
  /** The request as it may be seen, kept and copied. */
  readonly shown: PreparedRequest;
  readonly answer: Answer;
  readonly assertions: readonly AssertionResult[];
}

/** Sends one request of a file, or tells what is wrong with it before anything is sent. */
export async function sendRequest(
  sender: RequestSender,
  file: RequestFile,
  node: RequestNode,
  source: RequestSource,
  options: SendOptions,
): Promise<SentRequest | { readonly problems: readonly Problem[] }> {
  const prepared = await prepare(node, file, source);
  if (!prepared.ready) return { problems: prepared.problems };
  const { request, shown } = prepared;
  const connection = sender.connectionNamed(options.connection ?? request.connection);
  const client = sender.connections.client(connection);
  const pathname = new URL(request.target, 'http://tenant.invalid').pathname;
  const isRead = !mayChangeData(request.target);
  if (!isRead) mustBeAllowed(sender, connection, options);
  const { byProgram } = options;
  const write = { ...writeIn(pathname, request.body), question: request.confirm, isRead, byProgram };
  const permit = await sender.gate.pass({ connection, ...write });
  const answer = await client.exchange({
    path: request.target,
    body: request.body ?? '',
    headers: request.headers,
    permit,
    signal: options.signal,
    asked: true,
  });
  return { connection, request, shown, answer, assertions: evaluate(request.assertions, answer.body) };
}

function mustBeAllowed(sender: RequestSender, { name }: Connection, { fromDisk, readsOnly }: SendOptions): void {
  if (readsOnly) throw new RefusedError('notARead', name);
  if (fromDisk && !sender.isTrusted()) throw new RefusedError('notTrusted', name);
}
