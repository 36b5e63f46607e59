import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import type { Argument } from '../base/argument';
import { printJson, type JsonObject } from '../base/json';
import { settings } from '../base/vscode/settings';
import type { Handlers, Invocation } from '../commands';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import { remediesFor } from '../errors/vscode/sentences';
import { Columns } from '../objects/columns';
import type { Pins } from '../objects/pins';
import type { TenantObjects } from '../objects/tenantObjects';
import { fieldsFolder, fieldsPart } from '../objects/vscode/fieldNodes';
import { objectCommands } from '../objects/vscode/objectCommands';
import { objectsViewCommands } from '../objects/vscode/objectsViewCommands';
import { ObjectsView } from '../objects/vscode/objectsView';
import type { RecordService } from '../records/recordService';
import { SavedFilters } from '../records/savedFilters';
import { copyRecords } from '../records/vscode/copyRecords';
import { folderCommands } from '../records/vscode/folderCommands';
import { RecordNodes } from '../records/vscode/recordNodes';
import type { ResponseDocuments } from '../responses/vscode/responseDocuments';

export interface TreeServicesOptions {
  readonly describe: (error: unknown) => string;
  readonly connections: Connections;
  readonly objects: TenantObjects;
  /** What people call an object, as far as the tenant has told. */
  readonly objectName: (connectionId: string, object: string) => string | undefined;
  readonly pins: Pins;
  readonly records: RecordService;
  readonly responses: ResponseDocuments;
  readonly tenantFor: (invocation: Invocation) => Promise<Connection>;
  readonly objectFor: (argument: Argument, connection: Connection) => Promise<string>;
}

/** The part of the composition root where objects and their records are a tree. */
export function buildTree(context: vscode.ExtensionContext, options: TreeServicesOptions) {
  const { describe, connections, objects, objectName, pins, records, responses, tenantFor, objectFor } = options;
  const filters = new SavedFilters(context.globalState, randomUUID);
  const columns = new Columns(context.globalState);
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
  const clientOf = (connection: Connection) => connections.client(connection);
  const refreshView = () => view.refresh();
  const forget = (connectionId: string, object?: string, part?: string) => {
    if (part === undefined || part === fieldsPart) objects.forget(connectionId, object);
    if (part === undefined) nodes.forget(connectionId, object);
    else if (object !== undefined) nodes.forgetSet(connectionId, object, part);
  };
  const showJson = (title: string, value: JsonObject) => responses.show(title, printJson(value, 2));
  const handlers = {
    ...objectCommands({ connections, objects, pins, tenantFor, refreshView, forget, showJson }),
    ...objectsViewCommands({
      view,
      columns,
      tenantFor,
      objectFor,
      fieldsOf: (connection, object) => objects.fields(clientOf(connection), object),
      showColumns: object => nodes.showColumns(object),
      isActive: ({ id }) => connections.store.active()?.id === id,
    }),
    ...folderCommands({
      service: records,
      nodes,
      filters,
      clientOf,
      tenantFor,
      objectFor,
      fieldsOf: (client, object) => objects.fields(client, object),
      refreshView,
      reveal: (object, set) => view.reveal(object, set),
    }),
    ...copyRecords({ service: records, tenantFor, objectFor }),
    ...nodeCommands(),
  };
  context.subscriptions.push(
    view,
    connections.store.onDidRemove(id => void filters.forget(id)),
    records.onDidRead(seen => nodes.show(seen)),
    // Of what may have been done, or by a call of another kind, only a look tells.
    records.onDidChange(change => {
      const isKnown = !change.isUncertain && change.operation !== 'send';
      void nodes.apply(isKnown ? change : { ...change, operation: 'update' });
    }),
  );
  /** Looks at one record again, where it stands in the tree. */
  const showAsItIs = (connectionId: string, object: string, id: string) =>
    nodes.apply({ connectionId, object, operation: 'update', ids: [id] });
  const reveal = (object: string, folder: string, id: string) => view.reveal(object, folder, id);
  return { handlers, tree: view.tree, refreshView, forget, showAsItIs, reveal };
}

/** The nodes *Retry* and *Load more* bring their own work. */
function nodeCommands(): Handlers<'fxiaoke.internal.retry' | 'fxiaoke.internal.loadMore'> {
  const run = async ({ argument }: { argument: Argument }) => {
    const work = argument['retry'] ?? argument['loadMore'];
    if (typeof work === 'function') await (work as () => unknown)();
  };
  return { 'fxiaoke.internal.retry': run, 'fxiaoke.internal.loadMore': run };
}
