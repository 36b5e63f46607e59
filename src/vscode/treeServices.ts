import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import type { Argument } from '../base/argument';
import { lazy } from '../base/lazy';
import type { Invocation } from '../commands';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import { remediesFor } from '../errors/vscode/sentences';
import type { Pins } from '../objects/pins';
import type { TenantObjects } from '../objects/tenantObjects';
import { ObjectsView } from '../objects/vscode/objectsView';
import type { RecordService } from '../records/recordService';
import { SavedFilters } from '../records/savedFilters';
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

/** The part of the composition root where objects and their records are a tree; what is in it is read when one looks. */
export function buildTree(context: vscode.ExtensionContext, options: TreeServicesOptions) {
  const { describe, connections } = options;
  const view: ObjectsView = new ObjectsView({
    connections,
    failures: { describe, remedies: remediesFor },
    roots: async filter => (await content()).roots(filter),
  });
  const filters = new SavedFilters(context.globalState, randomUUID);
  const content = lazy(async () => {
    const { buildTreeContent } = await import('./treeContent');
    return buildTreeContent(context, { ...options, view, filters });
  });
  context.subscriptions.push(
    view,
    connections.store.onDidRemove(id => void filters.forget(id)),
  );
  return { view, content };
}
