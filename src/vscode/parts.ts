import type * as vscode from 'vscode';
import { textIn, type Argument } from '../base/argument';
import { isCancellation } from '../base/cancelled';
import { lazy } from '../base/lazy';
import { showFailure, type FailureHandling } from '../base/vscode/showFailure';
import type { CommandTable, Invocation } from '../commands';
import { tenantKey, type Connection } from '../connections/connection';
import { sandboxId, type SandboxTenant } from '../connections/sandboxTenant';
import { tenantFor } from '../connections/vscode/chosenConnection';
import { logCommands, type Log } from '../errors/vscode/log';
import { RecordService } from '../records/recordService';
import { concernsRecord } from '../records/recordRefusal';
import { RecordFiles } from '../records/vscode/recordFiles';
import { sandboxCommands } from '../sandbox/vscode/sandboxCommands';
import type { RecordServicesOptions } from './recordServices';
import type { RequestServicesOptions } from './requestServices';
import { buildTree, type TreeServicesOptions } from './treeServices';

type Own = 'records' | 'requests' | 'tenantFor' | 'objectFor' | 'unreadable' | 'failed' | 'reveal' | 'changed';

export interface PartsOptions
  extends Omit<TreeServicesOptions, Own>, Omit<RecordServicesOptions, Own>, Omit<RequestServicesOptions, Own> {
  readonly failures: FailureHandling;
  readonly log: Log;
  readonly sandbox: SandboxTenant;
}

/**
 * The part of the composition root for what is not needed at once. Each `import()` is a file of its own, read when its
 * part is first asked for; that takes no longer than a promise, as the file is read in one go.
 */
export function buildParts(context: vscode.ExtensionContext, core: PartsOptions) {
  const { connections, history, responses, describe, failures } = core;
  const records = new RecordService(connections, core.gate, describe);
  const options = {
    ...core,
    records,
    tenantFor: (invocation: Invocation) => tenantFor(connections, invocation),
    objectFor: async (argument: Argument, connection: Connection) =>
      textIn(argument, 'object') ?? (await tree.content()).askObject(connection),
  };
  const failed = (error: unknown) => void showFailure(error, failures);
  const tree = buildTree(context, options);
  const requests = lazy(async () => (await import('./requestServices')).buildRequests(context, options));
  const openRecords = lazy(async () => {
    const { buildRecords } = await import('./recordServices');
    return buildRecords(context, {
      ...options,
      requests,
      changed: changes => recordFiles.tell(changes),
      failed,
      unreadable: ({ connectionId, object, id }, error) => {
        if (isCancellation(error)) return;
        failed(error);
        // It may be gone: where it stands in the tree it is looked for once more.
        if (concernsRecord(error)) void tree.content().then(content => content.showAsItIs(connectionId, object, id));
      },
      reveal: (object, folder, id) => tree.view.reveal(object, folder, id),
    });
  });
  const recordFiles = new RecordFiles(async () => (await openRecords()).documents);
  const commands: CommandTable = {
    connections: lazy(async () => (await import('../connections/vscode/connectionCommands')).connectionCommands(core)),
    sandbox: lazy(() => Promise.resolve(sandboxCommands(sandboxWork(core, tree)))),
    tree: async () => (await tree.content()).handlers,
    records: async () => (await openRecords()).handlers,
    requests: async () => (await requests()).handlers,
    history: lazy(async () => {
      const { historyCommands } = await import('../responses/vscode/historyCommands');
      return historyCommands({
        history,
        documents: responses,
        tenantOf: id => {
          const connection = connections.store.find(id);
          return connection && tenantKey(connection);
        },
        openRequest: async text => (await requests()).openRequest(text),
        send: async (...request) => (await requests()).send(...request),
      });
    }),
    errors: lazy(async () => {
      const { errorCommands } = await import('../errors/vscode/errorCommands');
      return { ...errorCommands(), ...logCommands(core.log) };
    }),
  };
  return { tree, records, requests, openRecords, recordFiles, commands };
}

function sandboxWork(
  { sandbox, connections, names }: PartsOptions,
  tree: ReturnType<typeof buildTree>,
): Parameters<typeof sandboxCommands>[0] {
  return {
    start: async options => {
      const { url, connection } = await sandbox.start(connections, options);
      return { url, connectionId: connection.id };
    },
    stop: async () => {
      await sandbox.stop();
      (await tree.content()).forget(sandboxId);
      names.forget(sandboxId);
      tree.view.refresh();
    },
  };
}
