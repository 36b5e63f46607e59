import * as vscode from 'vscode';
import { RefusedError } from '../../api/errors';
import { textIn, textsIn, type Argument } from '../../base/argument';
import { UserError } from '../../base/userError';
import { askChoice } from '../../base/vscode/ask';
import type { Handlers, Invocation } from '../../commands';
import type { Connection } from '../../connections/connection';
import { hasFailed } from '../outcome';
import { connectionFor } from '../prepare';
import type { SentRequest } from '../sendRequest';
import { documentFor, documentRequest } from './documentRequest';
import { nameOf, type DocumentRequest, type DocumentSender } from './documentSender';
import type { DocumentSources } from './documentSource';
import { noRequest } from './problemSentences';
import { parsed } from './requestFiles';
import { requestTitle } from './requestTitle';
import type { RunningSends } from './runningSends';

export interface SendCommandsOptions {
  readonly sender: DocumentSender;
  readonly sources: DocumentSources;
  readonly running: RunningSends;
  readonly connections: () => readonly Connection[];
  readonly connectionNamed: (idOrName: string | undefined) => Connection;
  /** Shows the answers of two tenants side by side. */
  readonly compare: (left: SentRequest, right: SentRequest) => Promise<unknown>;
}

type SendCommand =
  | 'fxiaoke.request.send'
  | 'fxiaoke.request.sendIn'
  | 'fxiaoke.request.sendAll'
  | 'fxiaoke.request.compareTenants'
  | 'fxiaoke.request.cancel';

export function sendCommands(options: SendCommandsOptions): Handlers<SendCommand> {
  const { sender, running } = options;
  return {
    'fxiaoke.request.send': async invocation => {
      const sent = await sender.send(await documentRequest(invocation), sendOptions(invocation));
      return contractResult(sent);
    },
    'fxiaoke.request.sendIn': async invocation => {
      const request = await documentRequest(invocation);
      const connection = textIn(invocation.argument, 'connection') ?? (await askTenant(options, request)).id;
      return contractResult(await sender.send(request, { ...sendOptions(invocation), connection }));
    },
    'fxiaoke.request.sendAll': async invocation => {
      const document = await documentFor(invocation.argument);
      const file = parsed(document);
      if (file.requests.length === 0) throw new UserError(noRequest());
      const sent = await sender.sendAll(document, file, sendOptions(invocation));
      if (!invocation.byProgram) tellPerson(sent, file.requests.length);
      return sent.map(contractResult);
    },
    'fxiaoke.request.compareTenants': async invocation => {
      const request = await documentRequest(invocation);
      const [left, right] = await twoTenants(options, request, invocation.argument);
      const each = { ...sendOptions(invocation), open: false, readsOnly: true };
      // One after the other: a question of the request is asked for each.
      const first = await sender.send(request, { ...each, connection: left.id });
      const second = await sender.send(request, { ...each, connection: right.id });
      if (invocation.argument['open'] !== false) await options.compare(first, second);
      return [first, second].map(contractResult);
    },
    'fxiaoke.request.cancel': () => running.cancel(),
  };
}

function sendOptions({ argument, byProgram }: Invocation) {
  return { connection: textIn(argument, 'connection'), byProgram, open: argument['open'] !== false };
}

/** The tenant that the request would go to comes first. */
async function askTenant(options: SendCommandsOptions, request: DocumentRequest): Promise<Connection> {
  const own = await tenantOf(options, request);
  const usual = ({ id, name }: Connection) => id === own || name === own;
  const list = [...options.connections()].sort((a, b) => Number(usual(b)) - Number(usual(a)));
  if (list.length === 0) throw new RefusedError('noConnection', '');
  const title = vscode.l10n.t('Send {0} in…', nameOf(request.node));
  return askChoice(title, vscode.l10n.t('Which tenant?'), list.map(choice));
}

/** `connections` of the argument; else the one that the argument, the file or the window picks, and another one. */
async function twoTenants(
  options: SendCommandsOptions,
  request: DocumentRequest,
  argument: Argument,
): Promise<[Connection, Connection]> {
  const { connections, connectionNamed } = options;
  const named = textsIn(argument, 'connections') ?? [];
  const [a, b] = named.map(connectionNamed);
  if (a && b && named.length === 2) return [a, b];
  if (argument['connections'] !== undefined) {
    throw new UserError(vscode.l10n.t('The argument connections must be a list of two connections.'));
  }
  const first = connectionNamed(textIn(argument, 'connection') ?? (await tenantOf(options, request)));
  const others = connections().filter(({ id }) => id !== first.id);
  if (others.length === 0) {
    throw new UserError(vscode.l10n.t('There is no other connection to compare {0} with.', first.name));
  }
  const title = vscode.l10n.t('Compare {0} in {1} with…', nameOf(request.node), first.name);
  return [first, await askChoice(title, vscode.l10n.t('Which tenant?'), others.map(choice))];
}

/** The tenant that the request would go to; `undefined` for the active one, and where only the person can say. */
async function tenantOf({ sources }: SendCommandsOptions, { document, file, node }: DocumentRequest) {
  return connectionFor(node, file, await sources.of(document));
}

function choice(connection: Connection) {
  const { name, host, userId } = connection;
  return { label: name, description: `${host} · ${userId}`, value: connection };
}

function tellPerson(sent: readonly SentRequest[], all: number): void {
  const last = sent.at(-1);
  if (!last || !hasFailed(last)) {
    const passed = all === 1 ? vscode.l10n.t('The request passed') : vscode.l10n.t('All {0} requests passed', all);
    vscode.window.setStatusBarMessage(`$(check) ${passed}`, 8000);
    return;
  }
  void vscode.window.showWarningMessage(
    vscode.l10n.t('Stopped at request {0} of {1}, which failed: {2}', sent.length, all, requestTitle(last.request)),
  );
}

export function contractResult({ answer, assertions }: SentRequest) {
  return {
    errorCode: answer.errorCode,
    body: answer.body,
    traceId: answer.traceId,
    thirdTraceId: answer.context.thirdTraceId,
    milliseconds: answer.milliseconds,
    assertions: assertions.map(({ text, passed }) => ({ text, passed })),
  };
}
