import type * as vscode from 'vscode';
import { systemClock } from '../base/clock';
import { settings } from '../base/vscode/settings';
import type { Connections } from '../connections/connections';
import { mustFind } from '../connections/vscode/connectionCommands';
import { catalogueEntry } from '../objects/catalogue';
import type { TenantObjects } from '../objects/tenantObjects';
import { PointedNames } from '../records/pointedNames';
import { queryRecords } from '../records/recordCalls';
import { OpenRecords } from '../records/openRecords';
import type { RecordRef } from '../records/recordRef';
import { RecordSaves } from '../records/recordSaves';
import type { RecordService } from '../records/recordService';
import { NewRecords } from '../records/vscode/newRecords';
import { registerRecordContexts } from '../records/vscode/recordContexts';
import { RecordChecks } from '../records/vscode/recordChecks';
import { ownerFixCommand, registerOwnerFix } from '../records/vscode/ownerFix';
import { registerRecordCompletions } from '../records/vscode/recordCompletions';
import { showConflict } from '../records/vscode/recordConflicts';
import { RecordDecorations } from '../records/vscode/recordDecorations';
import { RecordDocuments } from '../records/vscode/recordDocuments';
import { registerRecordLanguage } from '../records/vscode/recordLanguage';
import { RecordSnapshots } from '../records/vscode/recordSnapshots';

export interface RecordDocumentServicesOptions {
  readonly describe: (error: unknown) => string;
  readonly now: () => number;
  readonly connections: Connections;
  readonly objects: TenantObjects;
  readonly records: RecordService;
  /** Told when an editor wants a record that cannot be read. */
  readonly unreadable: (ref: RecordRef, error: unknown) => void;
}

/** The part of the composition root where records are documents. */
export function buildRecordDocuments(context: vscode.ExtensionContext, options: RecordDocumentServicesOptions) {
  const { describe, now, connections, objects, records: service } = options;
  const connectionOf = ({ connectionId }: RecordRef) => mustFind(connections, connectionId);
  const tenantName = (ref: RecordRef) => connectionOf(ref).name;
  const records = new OpenRecords({
    service,
    connectionOf,
    describeOf: ref => objects.describe(connections.client(connectionOf(ref)), ref.object).catch(() => undefined),
    showCompanions: () => settings.showCompanions.value,
    now,
  });
  const saves = new RecordSaves(records, { service, connectionOf });
  const documents = new RecordDocuments({
    records,
    saves,
    describe,
    now,
    tenantName,
    unreadable: options.unreadable,
    onConnectionsChange: listener => connections.store.onDidChange(listener),
  });
  const newRecords = new NewRecords({
    service,
    fieldsOf: (connection, object) => objects.fields(connections.client(connection), object).catch(() => undefined),
    now,
    tenantName,
  });
  const names = new PointedNames({
    query: async (connectionId, object, query) => {
      const client = connections.client(mustFind(connections, connectionId));
      return (await queryRecords(client, object, query)).records;
    },
    clock: systemClock,
  });
  const snapshots = new RecordSnapshots();
  const checks = new RecordChecks(records);
  context.subscriptions.push(
    connections.store.onDidChange(() => names.clear()),
    documents.register(),
    registerRecordLanguage(records, names),
    registerRecordCompletions(records),
    checks,
    registerOwnerFix(records),
    registerRecordContexts({
      isReadOnly: ({ connectionId, object }) =>
        connections.store.find(connectionId)?.role === 'readOnly' || catalogueEntry(object)?.readOnly === true,
      onConnectionsChange: listener => connections.store.onDidChange(listener),
    }),
    new RecordDecorations(records).register(),
    snapshots.register(),
    documents.onDidCreate(created => void newRecords.become(created)),
    documents.onDidRefuse(async ({ ref, message, refusal }) => {
      if (refusal?.code === 'conflict') await showConflict({ records, snapshots, tenantName }, ref, refusal);
      checks.showRefusal(ref, message, refusal);
    }),
  );
  return { records, saves, documents, newRecords, snapshots, handlers: ownerFixCommand(records) };
}
