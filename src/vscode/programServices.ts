import * as vscode from 'vscode';
import type { Redactor } from '../api/redactor';
import { plainJson } from '../base/json';
import { lazy } from '../base/lazy';
import { handlerOf, type CommandId, type CommandTable } from '../commands';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import { connectionNamed } from '../connections/vscode/chosenConnection';
import type { TenantObjects } from '../objects/tenantObjects';
import type {
  FxiaokeApi,
  FxiaokeConnection,
  FxiaokeJson,
  FxiaokeObject,
  FxiaokePage,
  FxiaokeRecordChange,
} from '../publicApi';
import type { RecordService } from '../records/recordService';
import { registerTools } from '../tools/vscode/registerTools';
import type { RequestServices } from './requestServices';

export interface ProgramServicesOptions {
  readonly commands: CommandTable;
  readonly connections: Connections;
  readonly objects: TenantObjects;
  readonly records: RecordService;
  readonly requests: () => Promise<RequestServices>;
  readonly describe: (error: unknown) => string;
  readonly isExpected: (error: unknown) => boolean;
  readonly log: { error(error: unknown): void };
  readonly redactor: Redactor;
}

/** The part of the composition root for callers that are no person: language models and other extensions. */
export function buildForPrograms(context: vscode.ExtensionContext, options: ProgramServicesOptions): FxiaokeApi {
  const { connections, objects, requests } = options;
  const tools = lazy(async () => {
    const { languageModelTools } = await import('../tools/vscode/languageModelTools');
    return languageModelTools({
      ...options,
      clean: options.redactor.redactBody,
      call: (id, argument) => call(options, id, argument),
      fieldsOf: (connection, object) => objects.fields(connections.client(connection), object),
      connectionNamed: idOrName => connectionNamed(connections, idOrName),
      objectNames: async connection =>
        (await objects.list(connections.client(connection))).map(({ apiName }) => apiName),
      checkText: async (...text) => (await requests()).checkText(...text),
      openRequest: async text => (await requests()).openRequest(text, { preserveFocus: true, preview: false }),
    });
  });
  context.subscriptions.push(registerTools(tools));
  return publicApi(context, options);
}

function publicApi(context: vscode.ExtensionContext, options: ProgramServicesOptions): FxiaokeApi {
  const { connections, records } = options;
  const { store } = connections;
  const connectionsChanged = new vscode.EventEmitter<void>();
  const recordsChanged = new vscode.EventEmitter<FxiaokeRecordChange>();
  context.subscriptions.push(
    connectionsChanged,
    recordsChanged,
    store.onDidChange(() => connectionsChanged.fire()),
    records.onDidChange(change => recordsChanged.fire(change)),
  );
  const told = async <T>(id: CommandId, argument: object) => {
    try {
      return (await call(options, id, argument)) as T;
    } catch (error) {
      throw new Error(options.describe(error));
    }
  };
  return {
    version: 1,
    get activeConnection() {
      const active = store.active();
      return active && described(active);
    },
    get connections() {
      return store.list().map(described);
    },
    onDidChangeConnections: connectionsChanged.event,
    onDidChangeRecords: recordsChanged.event,
    listObjects: given => told<FxiaokeObject[]>('fxiaoke.object.list', { ...given }),
    describe: (object, given) => told<FxiaokeJson>('fxiaoke.object.describe', { ...given, object }),
    getRecord: (object, id, given) => told<FxiaokeJson>('fxiaoke.record.get', { ...given, object, id }),
    queryRecords: (object, query, given) => told<FxiaokePage>('fxiaoke.record.query', { ...query, ...given, object }),
  };
}

/** As the command does it, without opening anything. */
async function call({ commands }: ProgramServicesOptions, id: CommandId, argument: object): Promise<unknown> {
  const handler = await handlerOf(commands, id);
  return plainJson(await handler({ argument: { ...argument, open: false }, byProgram: true }));
}

/** Field by field: what is added to a connection is not told by itself. */
function described({ id, name, host, userId, role }: Connection): FxiaokeConnection {
  return { id, name, host, userId, role };
}
