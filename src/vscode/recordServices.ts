import type * as vscode from 'vscode';
import { systemClock } from '../base/clock';
import { settings } from '../base/vscode/settings';
import type { Connections } from '../connections/connections';
import { mustFind } from '../connections/vscode/connectionCommands';
import { catalogueEntry } from '../objects/catalogue';
import type { TenantObjects } from '../objects/tenantObjects';
import type { DetailObjects } from '../records/detailObjects';
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
import { offerHeldBack, showConflict } from '../records/vscode/recordConflicts';
import { RecordDecorations } from '../records/vscode/recordDecorations';
import { RecordDocuments } from '../records/vscode/recordDocuments';
import type { RefusedSave } from '../records/vscode/recordEvents';
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
  readonly failed: (error: unknown) => void;
}

/** The part of the composition root where records are documents. */
export function buildRecordDocuments(context: vscode.ExtensionContext, options: RecordDocumentServicesOptions) {
  const { describe, now, connections, objects, records: service, failed } = options;
  const connectionOf = ({ connectionId }: RecordRef) => mustFind(connections, connectionId);
  const clientOf = (connectionId: string) => connections.client(mustFind(connections, connectionId));
  const tenantName = (ref: RecordRef) => connectionOf(ref).name;
  const records = new OpenRecords({
    service,
    connectionOf,
    findConnection: ({ connectionId }) => connections.store.find(connectionId),
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
    records,
    describe,
    fieldsOf: (connection, object) => objects.fields(connections.client(connection), object).catch(() => undefined),
    now,
    tenantName,
  });
  const names = new PointedNames({
    query: async (connectionId, object, query) => {
      return (await queryRecords(clientOf(connectionId), object, query)).records;
    },
    clock: systemClock,
  });
  const snapshots = new RecordSnapshots();
  const listOf = async (id: string) => objects.list(clientOf(id));
  const details: DetailObjects = {
    list: id => listOf(id).catch(() => []),
    // A half-typed name is no object: nobody is asked about it.
    fields: (id, object) =>
      listOf(id)
        .then(list =>
          list.some(({ apiName }) => apiName === object) ? objects.fields(clientOf(id), object) : undefined,
        )
        .catch(() => undefined),
    knownFields: (id, object) => objects.knownFields(id, object),
  };
  const checks = new RecordChecks(records, details);
  const refresh = (ref: RecordRef) => documents.refresh(ref);
  const showRefusal = async ({ ref, message, refusal, text }: RefusedSave) => {
    const created = refusal?.code === 'created' && documents.createdFrom(ref);
    if (created) return newRecords.offer(created, message);
    if (refusal?.code === 'conflict') await showConflict({ records, saves, snapshots, tenantName }, ref, refusal, text);
    checks.showRefusal(ref, message, refusal);
  };
  context.subscriptions.push(
    connections.store.onDidChange(() => names.clear()),
    documents.register(),
    registerRecordLanguage(records, names),
    registerRecordCompletions(records, details),
    checks,
    registerOwnerFix(records),
    registerRecordContexts({
      isReadOnly: ({ connectionId, object }) =>
        connections.store.find(connectionId)?.role === 'readOnly' || catalogueEntry(object)?.readOnly === true,
      onConnectionsChange: listener => connections.store.onDidChange(listener),
    }),
    new RecordDecorations(records).register(),
    snapshots.register(),
    settings.showCompanions.onDidChange(() => documents.showAnew()),
    documents.onDidCreate(created => void newRecords.become(created).catch(failed)),
    documents.onDidHoldBack(
      held => void offerHeldBack({ records, snapshots, tenantName, refresh }, held).catch(failed),
    ),
    documents.onDidRefuse(refused => void showRefusal(refused).catch(failed)),
  );
  return { records, saves, documents, newRecords, snapshots, handlers: ownerFixCommand(records) };
}
