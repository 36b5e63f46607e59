import * as vscode from 'vscode';
import type { Redactor } from '../api/redactor';
import { tenantKey, type Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import type { Gate } from '../connections/gate';
import { connectionNamed } from '../connections/vscode/connectionCommands';
import { remediesFor } from '../errors/vscode/sentences';
import type { SentRequest } from '../requests/sendRequest';
import { recordRequest, type RecordToSend } from '../requests/templates';
import { UserSecrets } from '../requests/userSecrets';
import { copyCommands, curlOf } from '../requests/vscode/copyCommands';
import { DocumentSender } from '../requests/vscode/documentSender';
import { DocumentSources } from '../requests/vscode/documentSource';
import { pasteCommand } from '../requests/vscode/pasteCommand';
import { registerFailureActions } from '../requests/vscode/failureActions';
import { openRequest } from '../requests/vscode/requestCommands';
import { RequestOutcomes } from '../requests/vscode/requestOutcomes';
import { RequestTests } from '../requests/vscode/requestTests';
import { RunningSends } from '../requests/vscode/runningSends';
import { secretCommands } from '../requests/vscode/secretCommands';
import { SecretWarnings } from '../requests/vscode/secretWarnings';
import { VariableWarnings } from '../requests/vscode/variableWarnings';
import { contractResult, sendCommands } from '../requests/vscode/sendCommands';
import type { History } from '../responses/history';
import { requestText } from '../responses/historyCall';
import { registerAnswerFigures } from '../responses/vscode/answerFigures';
import { historyCommands, showDiff } from '../responses/vscode/historyCommands';
import { HistoryView } from '../responses/vscode/historyView';
import type { ResponseDocuments } from '../responses/vscode/responseDocuments';

export interface RequestServicesOptions {
  readonly redactor: Redactor;
  readonly describe: (error: unknown) => string;
  readonly connections: Connections;
  readonly gate: Gate;
  readonly history: History;
  readonly responses: ResponseDocuments;
}

/** The part of the composition root where requests, their answers and the history meet. */
export function buildRequests(context: vscode.ExtensionContext, options: RequestServicesOptions) {
  const { redactor, describe, connections, gate, history, responses } = options;
  const { store } = connections;
  const named = (idOrName: string | undefined) => connectionNamed(connections, idOrName);
  const secrets = new UserSecrets(context.secrets, (...spellings) => redactor.learn(...spellings));
  const outcomes = new RequestOutcomes(redactor.redact);
  const running = new RunningSends();
  const sources = new DocumentSources({
    secrets,
    connection: idOrName => (idOrName === undefined ? store.active() : store.find(idOrName)),
    clean: redactor.redactBody,
  });
  const sender = new DocumentSender({
    sender: { connections, gate, connectionNamed: named, isTrusted: () => vscode.workspace.isTrusted },
    sources,
    outcomes,
    running,
    describe,
    answered: sent => nameEntry(history, sent),
    showAnswer: async ({ answer }) => {
      const entry = history.entryOf(answer);
      if (entry) await responses.showNewest(entry);
    },
  });
  const compare = async (left: SentRequest, right: SentRequest) => {
    const [a, b] = [history.entryOf(left.answer), history.entryOf(right.answer)];
    if (a && b) await showDiff(a, b);
  };
  const historyView = new HistoryView(history, { describe, remedies: remediesFor });
  const tests = new RequestTests({ sender, describe, clean: redactor.redact });
  const known = async (text: string) => {
    for (const { id } of store.list()) {
      // Where the editor cannot read them, what the text is called still tells.
      const kept = await store.secrets(id).catch(() => undefined);
      redactor.learn(kept?.appSecret, kept?.permanentCode);
    }
    return redactor.placesIn(text);
  };
  const warnings = new SecretWarnings({ secrets, known });
  context.subscriptions.push(
    outcomes,
    warnings,
    new VariableWarnings({
      sourceOf: document => sources.of(document),
      onDidChange: listener => vscode.Disposable.from(store.onDidChange(listener), sources.onDidChange(listener)),
    }),
    tests,
    registerFailureActions({
      outcomes,
      connections: () => store.list(),
      remedies: remediesFor,
    }),
    historyView,
    registerAnswerFigures(history, responses),
    vscode.workspace.onDidCloseTextDocument(document => sources.forget(document)),
  );
  const copying = {
    sources,
    connectionNamed: named,
    origin: (each: Connection) => connections.client(each).tenant.origin(),
    clean: redactor.redactBody,
  };
  const handlers = {
    ...sendCommands({
      sender,
      running,
      connections: () => store.list(),
      connectionNamed: named,
      compare,
    }),
    ...secretCommands(secrets),
    ...warnings.handlers(),
    ...copyCommands(copying),
    ...pasteCommand(),
    ...historyCommands({
      history,
      documents: responses,
      openRequest,
      tenantOf: id => {
        const connection = store.find(id);
        return connection && tenantKey(connection);
      },
      send: async (text, connection, { argument, byProgram }) =>
        contractResult(await sender.sendText(text, { connection, byProgram, open: argument['open'] !== false })),
    }),
  };
  const curl = (text: string, { id }: Connection) => curlOf(copying, text, id);
  const requestOf = (call: RecordToSend, { name }: Connection) => recordRequest(call, name);
  return { handlers, curl, recordRequest: requestOf, sources, historyTree: historyView.tree, tests };
}

/** The history calls an answer what the request file does, and keeps the request without its secrets. */
function nameEntry(history: History, { answer, connection, shown }: SentRequest): string | undefined {
  const title = shown.title ?? shown.name ?? new URL(answer.context.url).pathname;
  const { target: path, headers, body } = shown;
  const entry = history.entryOf(answer);
  const request = requestText({ title, connection: connection.name, path, headers, body });
  if (entry) history.change(entry.id, { title, request });
  return entry?.id;
}
