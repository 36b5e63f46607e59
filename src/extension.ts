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
import { printJson, type JsonObject } from './base/json';
import { registerCommands } from './base/vscode/registerCommands';
import { objectsLanguage, settings } from './base/vscode/settings';
import type { CommandId, Handlers, Invocation } from './commands';
import type { Connection } from './connections/connection';
import { Connections } from './connections/connections';
import { ConnectionStore } from './connections/connectionStore';
import { Gate } from './connections/gate';
import { sandboxId, SandboxTenant } from './connections/sandboxTenant';
import { confirmInEditor } from './connections/vscode/confirm';
import { connectionCommands, tenantFor } from './connections/vscode/connectionCommands';
import { registerConnectionsView } from './connections/vscode/connectionsView';
import { loginInBrowser } from './connections/vscode/loginInBrowser';
import { watchOtherWindows } from './connections/vscode/otherWindows';
import { StatusBar } from './connections/vscode/statusBar';
import { errorCommands } from './errors/vscode/errorCommands';
import { Log, logCommands } from './errors/vscode/log';
import { isExpected, remediesFor, sentenceFor } from './errors/vscode/sentences';
import { displayName } from './objects/crmObject';
import { Columns } from './objects/columns';
import { Pins } from './objects/pins';
import { TenantObjects } from './objects/tenantObjects';
import { fieldsFolder } from './objects/vscode/fieldNodes';
import { objectCommands, objectIn } from './objects/vscode/objectCommands';
import { objectsViewCommands } from './objects/vscode/objectsViewCommands';
import { ObjectsView } from './objects/vscode/objectsView';
import { RecordNames } from './records/recordNames';
import { RecordService } from './records/recordService';
import { SavedFilters } from './records/savedFilters';
import { copyRecords } from './records/vscode/copyRecords';
import { folderCommands } from './records/vscode/folderCommands';
import { recordCommands } from './records/vscode/recordCommands';
import { RecordNodes } from './records/vscode/recordNodes';
import { requiredSamples } from './requests/sampleFields';
import type { RequestOperation } from './requests/templates';
import { newRequest, requestCommands } from './requests/vscode/requestCommands';
import { registerRequestLanguage } from './requests/vscode/requestLanguage';
import type { RequestTests } from './requests/vscode/requestTests';
import { buildRecordDocuments } from './recordServices';
import { buildRequests } from './requestServices';
import { History } from './responses/history';
import { isWorthKeeping } from './responses/historyCall';
import { HistoryStore } from './responses/historyStore';
import { historyFolder } from './responses/vscode/historyFolder';
import type { HistoryView } from './responses/vscode/historyView';
import { ResponseDocuments } from './responses/vscode/responseDocuments';
import { SandboxProcess } from './sandbox/sandboxProcess';
import { sandboxCommands } from './sandbox/vscode/sandboxCommands';

/** What the in-host tests look at; other extensions get nothing yet. */
export interface TestExports {
  readonly objectsTree: ObjectsView['tree'];
  readonly historyTree: HistoryView['tree'];
  readonly secrets: vscode.SecretStorage;
  readonly statusBar: vscode.StatusBarItem;
  readonly requestTests: RequestTests;
}

/** Builds every service once and wires them; nothing is read, asked or sent until a person wants it. */
export function activate(context: vscode.ExtensionContext): TestExports | undefined {
  const core = buildCore(context);
  const { connections, sandbox, objects, log, describe } = core;
  const tenant = (invocation: Invocation) => tenantFor(connections, invocation);
  const objectFor = (argument: Argument, connection: Connection) =>
    objectIn(argument, connections, objects, connection);
  const requiredFields = async (connection: Connection, object: string) =>
    requiredSamples(await objects.fields(connections.client(connection), object), connection.userId, Date.now());
  const activeConnection = () => connections.store.active();
  const openNew = (connection: Connection, object: string, operation: RequestOperation) =>
    newRequest({ requiredFields, activeConnection }, connection, object, operation);

  const { responses, records, documents, newRecords, nodes, view } = buildViews(context, core);
  const requests = buildRequests(context, { ...core, responses });
  const showResponse = (title: string, text: string) => responses.show(title, text);
  const showJson = (title: string, value: JsonObject) => responses.show(title, printJson(value, 2));
  const refreshView = () => view.refresh();
  const forget = (connectionId: string, object?: string) => {
    objects.forget(connectionId, object);
    nodes.forget(connectionId, object);
  };

  const statusBar = new StatusBar(connections);
  const handlers: Handlers<CommandId> = {
    ...connectionCommands({ connections, describe }),
    ...sandboxCommands({
      start: async options => {
        const { url, connection } = await sandbox.start(connections, options);
        return { url, connectionId: connection.id };
      },
      stop: async () => {
        await sandbox.stop();
        forget(sandboxId);
        core.names.forget(sandboxId);
        refreshView();
      },
    }),
    ...objectCommands({
      connections,
      objects,
      pins: core.pins,
      tenantFor: tenant,
      refreshView,
      forget,
      showJson,
    }),
    ...objectsViewCommands({
      view,
      columns: core.columns,
      tenantFor: tenant,
      objectFor,
      fieldsOf: (connection, object) => objects.fields(connections.client(connection), object),
      showColumns: object => nodes.showColumns(object),
    }),
    ...folderCommands({
      service: records,
      nodes,
      filters: core.filters,
      clientOf: connection => connections.client(connection),
      tenantFor: tenant,
      objectFor,
      fieldsOf: (client, object) => objects.fields(client, object),
      refreshView,
      reveal: (object, set) => view.reveal(object, set),
    }),
    ...copyRecords({ service: records, tenantFor: tenant, objectFor }),
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
    ...requestCommands({ tenantFor: tenant, activeConnection, objectFor, requiredFields }),
    ...requests.handlers,
    ...errorCommands(),
    ...logCommands(log),
    ...viewCommands(),
  };
  context.subscriptions.push(
    registerCommands(handlers, { describe, remedies: remediesFor, isCancellation, isExpected, log }),
    registerConnectionsView(connections.store, { describe, remedies: remediesFor }),
    watchOtherWindows(connections.store, context.secrets),
    statusBar,
    registerRequestLanguage({
      connections,
      objects,
      records: (connectionId, object) => core.names.of(connectionId, object),
      response: (document, name) => requests.sources.responseTo(document, name),
      environment: (document, connection) => requests.sources.environment(document, connection),
      environmentDefinition: (document, connection, name) =>
        requests.sources.environmentDefinition(document, connection, name),
    }),
    records.onDidRead(seen => nodes.show(seen)),
    records.onDidChange(change => {
      const { connectionId, object, ids } = change;
      void nodes.apply(change);
      for (const id of ids) void documents.refresh({ connectionId, object, id });
    }),
  );
  return context.extensionMode === vscode.ExtensionMode.Test
    ? {
        objectsTree: view.tree,
        historyTree: requests.historyTree,
        requestTests: requests.tests,
        secrets: context.secrets,
        statusBar: statusBar.item,
      }
    : undefined;
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
  const stores = { shared: context.globalState, window: context.workspaceState, secrets: context.secrets };
  const store = new ConnectionStore(stores);
  const sandboxScript = vscode.Uri.joinPath(context.extensionUri, 'dist', 'sandbox.js').fsPath;
  const sandboxProcess = new SandboxProcess(sandboxScript, log.sandbox);
  const sandbox = new SandboxTenant(sandboxProcess, store);
  const history = new History({
    size: () => settings.historySize.value,
    clean: redactor.redact,
    clock: systemClock,
    newId: randomUUID,
    store: new HistoryStore(
      historyFolder(context.storageUri ?? context.globalStorageUri),
      () => settings.keepResponses.value,
    ),
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
    sandboxOrigin: () => sandbox.origin(),
    login: loginInBrowser,
    exclusiveFor: locksIn(locks, systemClock),
    tokenCalls: sharedTimesIn(locks),
  });
  const objects = new TenantObjects();
  const pins = new Pins(context.globalState);
  const filters = new SavedFilters(context.globalState, randomUUID);
  const columns = new Columns(context.globalState);
  const objectName = (connectionId: string, apiName: string) => {
    const object = objects.knownList(connectionId)?.find(each => each.apiName === apiName);
    return object && displayName(object, objectsLanguage());
  };
  const confirm = confirmInEditor(({ id }, apiName) => objectName(id, apiName));
  const gate = new Gate(
    confirm,
    () => settings.confirmWrites.value,
    id => store.find(id),
  );
  context.subscriptions.push(
    log,
    sandboxProcess,
    { dispose: () => void dayCount.save() },
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
    filters,
    columns,
    gate,
    history,
  };
}

/** What shows records, answers and requests. */
function buildViews(context: vscode.ExtensionContext, core: ReturnType<typeof buildCore>) {
  const { describe, now, connections, objects, objectName, pins, filters, columns, gate, history } = core;
  const responses = new ResponseDocuments(history, () => settings.reuseTab.value);
  const records = new RecordService(connections, gate, describe);
  const { documents, newRecords } = buildRecordDocuments(context, { describe, now, connections, objects, records });
  const nodes = new RecordNodes({
    pageSize: () => settings.pageSize.value,
    refresh: node => view.refresh(node),
    filters: (connectionId, object) => filters.list(connectionId, object),
    columns: object => columns.of(object),
    fields: (client, object) => objects.fields(client, object).catch(() => []),
  });
  const view: ObjectsView = new ObjectsView({
    connections,
    objects,
    pins,
    failures: { describe, remedies: remediesFor },
    below: async (client, { apiName }, place) => [
      ...(await nodes.below(client, apiName, place)),
      fieldsFolder({
        connection: client.tenant.id,
        object: apiName,
        fields: () => objects.fields(client, apiName),
        nameOf: object => objectName(client.tenant.id, object),
      }),
    ],
  });
  context.subscriptions.push(responses.register(), view);
  return { responses, records, documents, newRecords, nodes, view };
}

function opensResponse(failed: boolean): boolean {
  const { value } = settings.openResponses;
  return value === 'always' || (value === 'errors' && failed);
}

/** The nodes *Retry* and *Load more* bring their own work. */
function viewCommands(): Handlers<'fxiaoke.internal.retry' | 'fxiaoke.internal.loadMore'> {
  const run = async ({ argument }: { argument: Argument }) => {
    const work = argument['retry'] ?? argument['loadMore'];
    if (typeof work === 'function') await (work as () => unknown)();
  };
  return { 'fxiaoke.internal.retry': run, 'fxiaoke.internal.loadMore': run };
}
