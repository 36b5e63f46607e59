import type * as vscode from 'vscode';
import type { Argument } from '../base/argument';
import { printJson, type JsonObject } from '../base/json';
import { settings } from '../base/vscode/settings';
import type { CommandOf, Handlers } from '../commands';
import type { Connection } from '../connections/connection';
import { Columns } from '../objects/columns';
import { fieldsFolder, fieldsPart } from '../objects/vscode/fieldNodes';
import { askObject, objectCommands } from '../objects/vscode/objectCommands';
import { objectsViewCommands } from '../objects/vscode/objectsViewCommands';
import { ObjectNodes } from '../objects/vscode/objectNodes';
import type { ObjectsView } from '../objects/vscode/objectsView';
import type { SavedFilters } from '../records/savedFilters';
import { copyRecords } from '../records/vscode/copyRecords';
import { folderCommands } from '../records/vscode/folderCommands';
import { RecordNodes } from '../records/vscode/recordNodes';
import type { TreeServicesOptions } from './treeServices';

export interface TreeContentOptions extends TreeServicesOptions {
  readonly view: ObjectsView;
  readonly filters: SavedFilters;
}

/** What is in the tree, and the commands that work on it. */
export function buildTreeContent(context: vscode.ExtensionContext, options: TreeContentOptions) {
  const { connections, objects, objectName, pins, records, responses, tenantFor, objectFor, view, filters } = options;
  const columns = new Columns(context.globalState);
  const nodes = new RecordNodes({
    pageSize: () => settings.pageSize.value,
    refresh: node => view.refresh(node),
    filters: (connectionId, object) => filters.list(connectionId, object),
    columns: object => columns.of(object),
    fields: (client, object) => objects.fields(client, object).catch(() => []),
  });
  const roots = new ObjectNodes({
    connections,
    objects,
    pins,
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
  const handlers: Handlers<CommandOf<'tree'>> = {
    ...objectCommands({ connections, objects, pins, tenantFor, objectFor, refreshView, forget, showJson }),
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
    roots,
    records.onDidRead(seen => nodes.show(seen)),
    records.onDidChange(change => void nodes.apply(change)),
  );
  /** Looks at one record again, wherever it stands in the tree. */
  const showAsItIs = (connectionId: string, object: string, id: string) =>
    nodes.apply({ connectionId, object, operation: 'send', ids: [id] });
  return {
    handlers,
    roots: (filter: () => string) => roots.roots(filter),
    askObject: (connection: Connection) => askObject(connection, objects.list(clientOf(connection))),
    forget,
    showAsItIs,
  };
}

/** The nodes *Retry* and *Load more* bring their own work. */
function nodeCommands(): Handlers<'fxiaoke.internal.retry' | 'fxiaoke.internal.loadMore'> {
  const run = async ({ argument }: { argument: Argument }) => {
    const work = argument['retry'] ?? argument['loadMore'];
    if (typeof work === 'function') await (work as () => unknown)();
  };
  return { 'fxiaoke.internal.retry': run, 'fxiaoke.internal.loadMore': run };
}
