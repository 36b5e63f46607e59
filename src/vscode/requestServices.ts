import * as vscode from 'vscode';
import type { Redactor } from '../api/redactor';
import type { Argument } from '../base/argument';
import type { CommandOf, Handlers, Invocation } from '../commands';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import type { Gate } from '../connections/gate';
import { connectionNamed } from '../connections/vscode/chosenConnection';
import { remediesFor } from '../errors/vscode/sentences';
import type { TenantObjects } from '../objects/tenantObjects';
import type { RecordNames } from '../records/recordNames';
import type { SentRequest } from '../requests/sendRequest';
import { recordRequest, type RequestOperation } from '../requests/templates';
import { UserSecrets } from '../requests/userSecrets';
import { checkText } from '../requests/vscode/checkText';
import { copyCommands, curlOf } from '../requests/vscode/copyCommands';
import { completeEnvironments } from '../requests/vscode/environmentCompletion';
import { DocumentSender } from '../requests/vscode/documentSender';
import { DocumentSources } from '../requests/vscode/documentSource';
import { pasteCommand } from '../requests/vscode/pasteCommand';
import { registerFailureActions } from '../requests/vscode/failureActions';
import { newRequest, openRequest, requestCommands } from '../requests/vscode/requestCommands';
import { registerRequestLanguage } from '../requests/vscode/requestLanguage';
import { RequestOutcomes } from '../requests/vscode/requestOutcomes';
import { RequestTests } from '../requests/vscode/requestTests';
import { RunningSends } from '../requests/vscode/runningSends';
import { requestTitle } from '../requests/vscode/requestTitle';
import { secretCommands } from '../requests/vscode/secretCommands';
import { SecretWarnings } from '../requests/vscode/secretWarnings';
import { contractResult, sendCommands } from '../requests/vscode/sendCommands';
import { TenantKnowledge } from '../requests/vscode/tenantKnowledge';
import { VariableWarnings } from '../requests/vscode/variableWarnings';
import type { History } from '../responses/history';
import { requestText } from '../responses/historyCall';
import { showDiff } from '../responses/vscode/historyCommands';
import type { ResponseDocuments } from '../responses/vscode/responseDocuments';
import { readyFields } from './readyFields';

export interface RequestServicesOptions {
  readonly redactor: Redactor;
  readonly describe: (error: unknown) => string;
  readonly connections: Connections;
  readonly objects: TenantObjects;
  readonly names: RecordNames;
  readonly gate: Gate;
  readonly history: History;
  readonly responses: ResponseDocuments;
  readonly tenantFor: (invocation: Invocation) => Promise<Connection>;
  readonly objectFor: (argument: Argument, connection: Connection) => Promise<string>;
}

export type RequestServices = ReturnType<typeof buildRequests>;

/** The part of the composition root for request files and what is sent from them; read with the first one. */
export function buildRequests(context: vscode.ExtensionContext, options: RequestServicesOptions) {
  const { redactor, describe, connections, objects, names, gate, history, responses, tenantFor, objectFor } = options;
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
  const tests = new RequestTests({ sender, describe, clean: redactor.redact });
  const known = async (text: string) => {
    for (const { id } of store.list()) {
      // Where the editor cannot read them, what the text is called still tells.
      const kept = await store.secrets(id).catch(() => undefined);
      redactor.learn(kept?.appSecret, kept?.permanentCode);
    }
    return redactor.placesIn(text);
  };
  const knowledge = new TenantKnowledge({
    connections,
    objects,
    records: (connectionId, object) => names.of(connectionId, object),
  });
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
    registerRequestLanguage(knowledge, {
      response: (...asked) => sources.responseTo(...asked),
      environment: (document, connection) => sources.environment(document, connection),
      environmentDefinition: (document, connection, name) => sources.environmentDefinition(document, connection, name),
      clean: redactor.redactBody,
    }),
    completeEnvironments(() => store.list().map(({ name }) => name)),
    vscode.workspace.onDidCloseTextDocument(document => sources.forget(document)),
  );
  const copying = {
    sources,
    connectionNamed: named,
    origin: (each: Connection) => connections.client(each).tenant.origin(),
    clean: redactor.redactBody,
  };
  const newRequests = {
    requiredFields: readyFields({ connections, objects }),
    activeConnection: () => store.active(),
  };
  const handlers: Handlers<CommandOf<'requests'>> = {
    ...requestCommands({ ...newRequests, tenantFor, objectFor }),
    ...sendCommands({
      sender,
      sources,
      running,
      connections: () => store.list(),
      connectionNamed: named,
      compare,
    }),
    ...secretCommands(secrets),
    ...warnings.handlers(),
    ...copyCommands(copying),
    ...pasteCommand(),
  };
  return {
    handlers,
    tests,
    openRequest,
    recordRequest,
    newRequest: (connection: Connection, object: string, operation: RequestOperation) =>
      newRequest(newRequests, connection, object, operation),
    curl: (text: string, { id }: Connection) => curlOf(copying, text, id),
    checkText: (text: string, connection?: string) => checkText(knowledge, text, connection),
    /** Sends the text of a request, as a command that was called so. */
    send: async (text: string, connection: string, { argument, byProgram }: Invocation) =>
      contractResult(await sender.sendText(text, { connection, byProgram, open: argument['open'] !== false })),
  };
}

/** The history calls an answer what the request file does, and keeps the request without its secrets. */
function nameEntry(history: History, { answer, connection, shown }: SentRequest): string | undefined {
  const { target: path, headers, body } = shown;
  const entry = history.entryOf(answer);
  const isCalled = shown.title !== undefined || shown.name !== undefined;
  const title = [requestTitle(shown), ...(isCalled ? [] : [entry?.call?.object ?? ''])].join(' ').trim();
  const request = requestText({ title, connection: connection.name, path, headers, body });
  if (entry) history.change(entry.id, { title, request });
  return entry?.id;
}
