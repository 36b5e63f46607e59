import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { DayCount } from './api/dayCount';
import { documentedLimit } from './api/rateLimiter';
import { Redactor } from './api/redactor';
import { axiosTransport } from './api/transport';
import { Wire } from './api/wire';
import type { Argument } from './base/argument';
import { systemClock } from './base/clock';
import { isCancellation } from './base/cancelled';
import { locksIn } from './base/fileLock';
import { sharedTimesIn } from './base/sharedTimes';
import type { NodeTree } from './base/vscode/nodeTree';
import { registerCommands } from './base/vscode/registerCommands';
import { objectsLanguage, settings } from './base/vscode/settings';
import { showFailure } from './base/vscode/showFailure';
import type { CommandId, Handlers, Invocation } from './commands';
import type { Connection } from './connections/connection';
import { Connections } from './connections/connections';
import { connectionsKey, ConnectionStore } from './connections/connectionStore';
import { Gate } from './connections/gate';
import { sandboxId, SandboxTenant } from './connections/sandboxTenant';
import { confirmInEditor } from './connections/vscode/confirm';
import { connectionCommands, connectionNamed, tenantFor } from './connections/vscode/connectionCommands';
import { registerConnectionsView } from './connections/vscode/connectionsView';
import { loginInBrowser } from './connections/vscode/loginInBrowser';
import { watchOtherWindows } from './connections/vscode/otherWindows';
import { StatusBar } from './connections/vscode/statusBar';
import { errorCommands } from './errors/vscode/errorCommands';
import { Log, logCommands } from './errors/vscode/log';
import { briefly } from './errors/vscode/briefly';
import { isExpected, remediesFor, sentenceFor } from './errors/vscode/sentences';
import { columnsKey } from './objects/columns';
import { displayName } from './objects/crmObject';
import { Pins, pinsKey } from './objects/pins';
import { TenantObjects } from './objects/tenantObjects';
import { objectIn } from './objects/vscode/objectCommands';
import type { FxiaokeApi } from './publicApi';
import { RecordNames } from './records/recordNames';
import type { RecordRef } from './records/recordRef';
import { concernsRecord } from './records/recordRefusal';
import { filtersKey } from './records/savedFilters';
import { RecordService } from './records/recordService';
import { compareRecords } from './records/vscode/compareRecords';
import { recordCommands } from './records/vscode/recordCommands';
import { takeRecords } from './records/vscode/takeRecords';
import type { RequestOperation } from './requests/templates';
import { newRequest, requestCommands } from './requests/vscode/requestCommands';
import { registerRequestLanguage } from './requests/vscode/requestLanguage';
import type { RequestTests } from './requests/vscode/requestTests';
import { buildForPrograms } from './vscode/programServices';
import { readyFields } from './vscode/readyFields';
import { buildRecordDocuments } from './vscode/recordServices';
import { buildRequests } from './vscode/requestServices';
import { TenantKnowledge } from './requests/vscode/tenantKnowledge';
import { History } from './responses/history';
import { isWorthKeeping } from './responses/historyCall';
import { HistoryStore } from './responses/historyStore';
import { historyFolder } from './responses/vscode/historyFolder';
import type { HistoryView } from './responses/vscode/historyView';
import { ResponseDocuments } from './responses/vscode/responseDocuments';
import { SandboxProcess } from './sandbox/sandboxProcess';
import { sandboxCommands } from './sandbox/vscode/sandboxCommands';
import { buildTree } from './vscode/treeServices';

/** What the in-host tests look at besides. */
export interface TestExports extends FxiaokeApi {
  readonly objectsTree: NodeTree;
  readonly connectionsTree: NodeTree;
  readonly historyTree: HistoryView['tree'];
  readonly secrets: vscode.SecretStorage;
  readonly statusBar: vscode.StatusBarItem;
  readonly requestTests: RequestTests;
}

/** Builds every service once and wires them; nothing is read, asked or sent until a person wants it. */
export function activate(context: vscode.ExtensionContext): FxiaokeApi {
  const core = buildCore(context);
  const { connections, sandbox, objects, log, describe } = core;
  const tenant = (invocation: Invocation) => tenantFor(connections, invocation);
  const objectFor = (argument: Argument, connection: Connection) =>
    objectIn(argument, connections, objects, connection);
  const requiredFields = readyFields(core);
  const activeConnection = () => connections.store.active();
  const openNew = (connection: Connection, object: string, operation: RequestOperation) =>
    newRequest({ requiredFields, activeConnection }, connection, object, operation);

  const responses = new ResponseDocuments(core.history, () => settings.reuseTab.value);
  const records = new RecordService(connections, core.gate, describe);
  const failures = { describe, remedies: remediesFor, isCancellation, isExpected, log };
  const failed = (error: unknown) => void showFailure(error, failures);
  const unreadable = ({ connectionId, object, id }: RecordRef, error: unknown) => {
    if (isCancellation(error)) return;
    failed(error);
    // It may be gone: where it stands in the tree it is looked for once more.
    if (concernsRecord(error)) void tree.showAsItIs(connectionId, object, id);
  };
  const opened = buildRecordDocuments(context, { ...core, records, unreadable, failed });
  const { documents, newRecords } = opened;
  const tree = buildTree(context, { ...core, records, responses, tenantFor: tenant, objectFor });
  const requests = buildRequests(context, { ...core, responses });

  const showResponse = (title: string, text: string) => responses.show(title, text);
  const connectionsView = registerConnectionsView({ connections, describe, briefly, remedies: remediesFor });
  const statusBar = new StatusBar({ connections, describe, briefly });
  const handlers: Handlers<CommandId> = {
    ...connectionCommands({ connections, describe }),
    ...sandboxCommands({
      start: async options => {
        const { url, connection } = await sandbox.start(connections, options);
        return { url, connectionId: connection.id };
      },
      stop: async () => {
        await sandbox.stop();
        tree.forget(sandboxId);
        core.names.forget(sandboxId);
        tree.refreshView();
      },
    }),
    ...tree.handlers,
    ...opened.handlers,
    ...recordCommands({
      service: records,
      documents,
      newRecords,
      tenantFor: tenant,
      objectFor,
      showResponse,
      opensResponse,
      newRequest: openNew,
    }),
    ...compareRecords({
      ...opened,
      service: records,
      tenantFor: tenant,
      objectFor,
      connections: () => connections.store.list(),
      connectionNamed: name => connectionNamed(connections, name),
    }),
    ...takeRecords({
      ...opened,
      service: records,
      tenantFor: tenant,
      objectFor,
      showResponse,
      requestText: requests.recordRequest,
      curl: requests.curl,
      isActive: ({ id }) => activeConnection()?.id === id,
      reveal: (object, folder, id) => tree.reveal(object, folder, id),
    }),
    ...requestCommands({ tenantFor: tenant, activeConnection, objectFor, requiredFields }),
    ...requests.handlers,
    ...errorCommands(),
    ...logCommands(log),
  };
  const knowledge = new TenantKnowledge({
    connections,
    objects,
    records: (connectionId, object) => core.names.of(connectionId, object),
  });
  context.subscriptions.push(
    registerCommands(handlers, failures),
    connectionsView.registration,
    watchOtherWindows(connections.store, context.secrets),
    responses.register(),
    statusBar,
    registerRequestLanguage(knowledge, {
      response: (...asked) => requests.sources.responseTo(...asked),
      environment: (document, connection) => requests.sources.environment(document, connection),
      environmentDefinition: (document, connection, name) =>
        requests.sources.environmentDefinition(document, connection, name),
      clean: core.redactor.redactBody,
    }),
    records.onDidChange(({ connectionId, object, ids }) => {
      for (const id of ids) void documents.refresh({ connectionId, object, id });
    }),
  );
  const api = buildForPrograms(context, { ...core, handlers, records, knowledge, isExpected });
  if (context.extensionMode !== vscode.ExtensionMode.Test) return api;
  return Object.defineProperties(api, {
    objectsTree: { value: tree.tree },
    connectionsTree: { value: connectionsView.tree },
    historyTree: { value: requests.historyTree },
    requestTests: { value: requests.tests },
    secrets: { value: context.secrets },
    statusBar: { value: statusBar.item },
  } satisfies Record<Exclude<keyof TestExports, keyof FxiaokeApi>, PropertyDescriptor>);
}

/** What knows nothing of views and documents. */
function buildCore(context: vscode.ExtensionContext) {
  const redactor = new Redactor();
  const log = new Log(redactor);
  const describe = (error: unknown) => redactor.redact(sentenceFor(error));
  const now = () => Date.now();
  const wire = new Wire({
    transport: axiosTransport,
    timeoutMs: () => settings.timeoutSeconds.value * 1000,
    record: log.call,
    redact: redactor.redact,
    newTraceId: randomUUID,
    now,
  });
  // What holds no secret goes along to the person's other machines: only the secrets are asked for there.
  context.globalState.setKeysForSync([connectionsKey, pinsKey, columnsKey, filtersKey]);
  const stores = { shared: context.globalState, window: context.workspaceState, secrets: context.secrets };
  const store = new ConnectionStore(stores);
  const sandboxScript = vscode.Uri.joinPath(context.extensionUri, 'dist', 'sandbox.js').fsPath;
  const sandboxProcess = new SandboxProcess(sandboxScript, log.sandbox);
  const sandbox = new SandboxTenant(sandboxProcess, store, vscode.l10n.t('Sandbox'));
  const history = new History({
    size: () => settings.historySize.value,
    clean: redactor.redact,
    clock: systemClock,
    newId: randomUUID,
    store: new HistoryStore(
      historyFolder(context.storageUri ?? context.globalStorageUri),
      () => settings.keepResponses.value,
    ),
    failed: error => log.error(error),
  });
  const locks = vscode.Uri.joinPath(context.globalStorageUri, 'locks').fsPath;
  const dayCount = new DayCount(context.globalState, systemClock);
  const names = new RecordNames();
  const connections = new Connections({
    store,
    wire,
    redactor,
    clock: systemClock,
    random: Math.random,
    rateLimit: () => ({ ...documentedLimit, calls: settings.callsPer20Seconds.value }),
    dayCount,
    answered: (connection, call, answer) => {
      names.learn(connection, call, answer);
      if (isWorthKeeping(call)) history.keep(connection, call, answer);
    },
    sandbox,
    login: loginInBrowser,
    exclusiveFor: locksIn(locks, systemClock),
    tokenCalls: sharedTimesIn(locks),
  });
  const objects = new TenantObjects();
  const pins = new Pins(context.globalState);
  const objectName = (connectionId: string, apiName: string) => {
    const object = objects.knownList(connectionId)?.find(each => each.apiName === apiName);
    return object && displayName(object, objectsLanguage());
  };
  const confirm = confirmInEditor({
    object: ({ id }, apiName) => objectName(id, apiName),
    record: ({ id }, recordId) => names.nameOf(id, recordId),
  });
  const gate = new Gate(
    confirm,
    () => settings.confirmWrites.value,
    id => store.find(id),
  );
  context.subscriptions.push(
    log,
    sandboxProcess,
    { dispose: () => void dayCount.save() },
    { dispose: () => void history.write() },
    store.onDidChange(() => names.keepOnly(store.list())),
  );
  return {
    redactor,
    log,
    describe,
    now,
    sandbox,
    connections,
    objects,
    objectName,
    names,
    pins,
    gate,
    history,
  };
}

function opensResponse(failed: boolean): boolean {
  const { value } = settings.openResponses;
  return value === 'always' || (value === 'errors' && failed);
}
