import { mayChangeData } from '../api/crmClient';
import type { Answer } from '../api/answer';
import { RefusedError } from '../api/errors';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import type { Gate } from '../connections/gate';
import { evaluate, type AssertionResult } from './assertions';
import type { RequestFile, RequestNode } from './nodes';
import { writeIn } from '../api/writeIn';
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

/** A request that was answered by the API, whatever its `errorCode`; a call without an answer throws a `CallError`. */
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
  const prepared = await prepare(node, file, source, options.connection);
  if (!prepared.ready) return { problems: prepared.problems };
  const { request, shown } = prepared;
  const meant = sender.connectionNamed(options.connection ?? request.connection);
  const path = new URL(request.target, 'http://tenant.invalid').pathname;
  const isRead = !mayChangeData(request.target);
  if (!isRead) mustBeAllowed(sender, meant, options);
  const { byProgram } = options;
  const permit = await sender.gate.pass({ connection: meant, ...plannedIn(path, request, shown), isRead, byProgram });
  // As it is stored now: it may have been edited while the question was open.
  const connection = sender.connections.store.find(meant.id) ?? meant;
  const client = sender.connections.client(connection);
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

/** What is sent decides; a question shows of it what may be seen: a secret or variable of the process stays one. */
function plannedIn(pathname: string, { body }: PreparedRequest, shown: PreparedRequest) {
  const { object, ids, fields, ...write } = writeIn(pathname, body);
  const isIn = (whole: string | undefined, text: string) => whole?.includes(JSON.stringify(text).slice(1, -1)) === true;
  const isSeen = (text: string) => isIn(shown.body, text) || !isIn(body, text);
  return {
    ...write,
    object: object !== undefined && isSeen(object) ? object : undefined,
    ids: ids.filter(isSeen),
    fields: fields.filter(isSeen),
    path: shown.target.replace(/[?#].*$/s, ''),
    question: shown.confirm,
  };
}

function mustBeAllowed(sender: RequestSender, { name }: Connection, { fromDisk, readsOnly }: SendOptions): void {
  if (readsOnly) throw new RefusedError('notARead', name);
  if (fromDisk && !sender.isTrusted()) throw new RefusedError('notTrusted', name);
}
