import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { DayCount } from './api/dayCount';
import { documentedLimit } from './api/rateLimiter';
import { Redactor } from './api/redactor';
import { axiosTransport } from './api/transport';
import { Wire } from './api/wire';
import { systemClock } from './base/clock';
import { isCancellation } from './base/cancelled';
import { locksIn } from './base/fileLock';
import { sharedTimesIn } from './base/sharedTimes';
import { onFirstDocument } from './base/vscode/firstDocument';
import type { NodeTree } from './base/vscode/nodeTree';
import { registerCommands } from './base/vscode/registerCommands';
import { objectsLanguage, settings } from './base/vscode/settings';
import type { Connection } from './connections/connection';
import { Connections } from './connections/connections';
import { connectionsKey, ConnectionStore } from './connections/connectionStore';
import { Gate, type Confirm } from './connections/gate';
import { SandboxTenant } from './connections/sandboxTenant';
import { registerConnectionsView } from './connections/vscode/connectionsView';
import { watchOtherWindows } from './connections/vscode/otherWindows';
import { StatusBar } from './connections/vscode/statusBar';
import { Log } from './errors/vscode/log';
import { briefly } from './errors/vscode/briefly';
import { isExpected, remediesFor, sentenceFor } from './errors/vscode/sentences';
import { columnsKey } from './objects/columns';
import { displayName } from './objects/crmObject';
import { Pins, pinsKey } from './objects/pins';
import { TenantObjects } from './objects/tenantObjects';
import type { FxiaokeApi } from './publicApi';
import { RecordNames } from './records/recordNames';
import { recordScheme } from './records/recordRef';
import { filtersKey } from './records/savedFilters';
import { requestLanguageId } from './requests/requestLanguageId';
import type { RequestTests } from './requests/vscode/requestTests';
import { History } from './responses/history';
import type { historyCall } from './responses/historyCall';
import { HistoryStore } from './responses/historyStore';
import { responseScheme } from './responses/responseUri';
import { historyFolder } from './responses/vscode/historyFolder';
import { HistoryView } from './responses/vscode/historyView';
import { ResponseDocuments } from './responses/vscode/responseDocuments';
import { isWorthKeeping } from './responses/worthKeeping';
import { SandboxProcess } from './sandbox/sandboxProcess';
import { buildParts } from './vscode/parts';
import { buildForPrograms } from './vscode/programServices';

/** What the in-host tests look at besides. */
export interface TestExports extends FxiaokeApi {
  readonly objectsTree: NodeTree;
  readonly connectionsTree: NodeTree;
  readonly historyTree: HistoryView['tree'];
  readonly secrets: vscode.SecretStorage;
  readonly statusBar: vscode.StatusBarItem;
  readonly requestTests: () => Promise<RequestTests>;
}

/** Builds every service once and wires them; nothing is read, asked or sent until a person wants it. */
export function activate(context: vscode.ExtensionContext): FxiaokeApi {
  const core = buildCore(context);
  const { connections, history, log, describe } = core;
  const failures = { describe, remedies: remediesFor, isCancellation, isExpected, log };
  const responses = new ResponseDocuments(history, () => settings.reuseTab.value);
  const parts = buildParts(context, { ...core, responses, failures });

  const connectionsView = registerConnectionsView({ connections, describe, briefly, remedies: remediesFor });
  const historyView = new HistoryView(history, failures);
  const statusBar = new StatusBar({ connections, describe, briefly });
  const begin = (part: () => Promise<unknown>) => void part().catch((error: unknown) => log.error(error));
  const showFigures = async () => {
    const { registerAnswerFigures } = await import('./responses/vscode/answerFigures');
    context.subscriptions.push(registerAnswerFigures(history, responses));
  };
  context.subscriptions.push(
    registerCommands(parts.commands, failures),
    connectionsView.registration,
    historyView,
    watchOtherWindows(connections.store, context.secrets),
    responses.register(),
    statusBar,
    parts.recordFiles.register(),
    onFirstDocument(
      ({ languageId }) => languageId === requestLanguageId,
      () => begin(parts.requests),
    ),
    onFirstDocument(
      ({ uri }) => uri.scheme === recordScheme,
      () => begin(parts.openRecords),
    ),
    onFirstDocument(
      ({ uri }) => uri.scheme === responseScheme,
      () => begin(showFigures),
    ),
  );
  const api = buildForPrograms(context, { ...core, ...parts, isExpected });
  if (context.extensionMode !== vscode.ExtensionMode.Test) return api;
  return Object.defineProperties(api, {
    objectsTree: { value: parts.tree.view.tree },
    connectionsTree: { value: connectionsView.tree },
    historyTree: { value: historyView.tree },
    requestTests: { value: async () => (await parts.requests()).tests },
    secrets: { value: context.secrets },
    statusBar: { value: statusBar.item },
  } satisfies Record<Exclude<keyof TestExports, keyof FxiaokeApi>, PropertyDescriptor>);
}

/** Keeps what is not kept yet. */
let finish: () => Promise<unknown> = () => Promise.resolve();

/** The editor waits for this before a window goes, for a moment; for what is disposed of it does not wait. */
export function deactivate(): Promise<unknown> {
  return finish();
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
  const keep = async (...[connection, call, answer]: Parameters<typeof historyCall>) => {
    const { historyCall } = await import('./responses/historyCall');
    history.keep(historyCall(connection, call, answer), answer);
  };
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
      return isWorthKeeping(call)
        ? keep(connection, call, answer).catch((error: unknown) => log.error(error))
        : undefined;
    },
    sandbox,
    login: async request => (await import('./connections/vscode/loginInBrowser')).loginInBrowser(request),
    exclusiveFor: locksIn(locks, systemClock),
    tokenCalls: sharedTimesIn(locks),
  });
  const objects = new TenantObjects();
  const pins = new Pins(context.globalState);
  const objectName = (connectionId: string, apiName: string) => {
    const object = objects.knownList(connectionId)?.find(each => each.apiName === apiName);
    return object && displayName(object, objectsLanguage());
  };
  const confirm: Confirm = async (write, verdict) => {
    const { confirmInEditor } = await import('./connections/vscode/confirm');
    const known = {
      object: ({ id }: Connection, apiName: string) => objectName(id, apiName),
      record: ({ id }: Connection, recordId: string) => names.nameOf(id, recordId),
    };
    return confirmInEditor(known)(write, verdict);
  };
  const gate = new Gate(
    confirm,
    () => settings.confirmWrites.value,
    id => store.find(id),
  );
  context.subscriptions.push(
    log,
    sandboxProcess,
    store.onDidChange(() => names.keepOnly(store.list())),
    settings.historySize.onDidChange(() => history.keepAsSet()),
    settings.keepResponses.onDidChange(() => history.keepAsSet()),
  );
  finish = () => Promise.all([dayCount.save(), history.write()]);
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
