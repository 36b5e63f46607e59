import type * as vscode from 'vscode';
import type { Argument } from '../base/argument';
import { systemClock } from '../base/clock';
import { settings } from '../base/vscode/settings';
import type { CommandOf, Handlers, Invocation } from '../commands';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import { connectionNamed, mustFind } from '../connections/vscode/chosenConnection';
import { catalogueEntry } from '../objects/catalogue';
import type { TenantObjects } from '../objects/tenantObjects';
import type { DetailObjects } from '../records/detailObjects';
import { PointedNames } from '../records/pointedNames';
import { queryRecords } from '../records/recordCalls';
import { isLocked } from '../records/recordFields';
import type { RecordNames } from '../records/recordNames';
import { OpenRecords } from '../records/openRecords';
import type { RecordRef } from '../records/recordRef';
import { RecordSaves } from '../records/recordSaves';
import type { RecordService } from '../records/recordService';
import { compareRecords } from '../records/vscode/compareRecords';
import { NewRecords } from '../records/vscode/newRecords';
import { registerRecordContexts } from '../records/vscode/recordContexts';
import { RecordChecks } from '../records/vscode/recordChecks';
import { ownerFixCommand, registerOwnerFix } from '../records/vscode/ownerFix';
import { recordCommands } from '../records/vscode/recordCommands';
import { keepCursorOnField } from '../records/vscode/keptCursor';
import { registerRecordCompletions } from '../records/vscode/recordCompletions';
import { offerHeldBack, showConflict } from '../records/vscode/recordConflicts';
import { RecordDecorations } from '../records/vscode/recordDecorations';
import { RecordDocuments } from '../records/vscode/recordDocuments';
import type { RefusedSave } from '../records/vscode/recordEvents';
import { registerRecordLanguage } from '../records/vscode/recordLanguage';
import { RecordSnapshots } from '../records/vscode/recordSnapshots';
import { takeRecords, type TakeRecordsOptions } from '../records/vscode/takeRecords';
import type { ResponseDocuments } from '../responses/vscode/responseDocuments';
import type { RequestServices } from './requestServices';

export interface RecordServicesOptions {
  readonly describe: (error: unknown) => string;
  readonly now: () => number;
  readonly connections: Connections;
  readonly objects: TenantObjects;
  readonly names: RecordNames;
  readonly records: RecordService;
  readonly responses: ResponseDocuments;
  readonly tenantFor: (invocation: Invocation) => Promise<Connection>;
  readonly objectFor: (argument: Argument, connection: Connection) => Promise<string>;
  /** Told when what the editor has of records is another now. */
  readonly changed: (changes: vscode.FileChangeEvent[]) => void;
  /** Told when an editor wants a record that cannot be read. */
  readonly unreadable: (ref: RecordRef, error: unknown) => void;
  readonly failed: (error: unknown) => void;
  /** Selects a record in the tree. */
  readonly reveal: TakeRecordsOptions['reveal'];
  readonly requests: () => Promise<RequestServices>;
}

/** The part of the composition root where records are documents, and what is done with them; read with the first one. */
export function buildRecords(context: vscode.ExtensionContext, options: RecordServicesOptions) {
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
    documents.onDidChangeFile(options.changed),
    registerRecordLanguage(records, names),
    registerRecordCompletions(records, details),
    keepCursorOnField(records),
    checks,
    registerOwnerFix(records),
    registerRecordContexts({
      isReadOnly: ({ connectionId, object }) =>
        connections.store.find(connectionId)?.role === 'readOnly' || catalogueEntry(object)?.readOnly === true,
      isLocked: ref => isLocked(records.known(ref)?.record ?? {}),
      onConnectionsChange: listener => connections.store.onDidChange(listener),
      onRecordsChange: listener => records.onDidChange(listener),
    }),
    new RecordDecorations(records).register(),
    snapshots.register(),
    service.onDidChange(({ connectionId, object, ids }) => {
      for (const id of ids) void documents.refresh({ connectionId, object, id });
    }),
    settings.showCompanions.onDidChange(() => documents.showAnew()),
    documents.onDidCreate(created => void newRecords.become(created).catch(failed)),
    documents.onDidHoldBack(
      held => void offerHeldBack({ records, snapshots, tenantName, refresh }, held).catch(failed),
    ),
    documents.onDidRefuse(refused => void showRefusal(refused).catch(failed)),
  );
  const opened = { records, saves, documents, newRecords, snapshots };
  return { documents, handlers: recordHandlers(options, opened) };
}

interface OpenedRecords {
  readonly records: OpenRecords;
  readonly saves: RecordSaves;
  readonly documents: RecordDocuments;
  readonly newRecords: NewRecords;
  readonly snapshots: RecordSnapshots;
}

function recordHandlers(options: RecordServicesOptions, opened: OpenedRecords): Handlers<CommandOf<'records'>> {
  const { records: service, responses, connections, names, requests, tenantFor, objectFor, reveal } = options;
  const { store } = connections;
  const shared = { ...opened, service, tenantFor, objectFor };
  const showResponse = (title: string, text: string) => responses.show(title, text);
  return {
    ...recordCommands({
      ...shared,
      showResponse,
      opensResponse,
      recordName: (connectionId, id) => names.nameOf(connectionId, id),
      newRequest: async (...request) => (await requests()).newRequest(...request),
    }),
    ...compareRecords({
      ...shared,
      connections: () => store.list(),
      connectionNamed: name => connectionNamed(connections, name),
    }),
    ...takeRecords({
      ...shared,
      showResponse,
      requestText: async (call, { name }) => (await requests()).recordRequest(call, name),
      curl: async (text, connection) => (await requests()).curl(text, connection),
      isActive: ({ id }) => store.active()?.id === id,
      reveal,
    }),
    ...ownerFixCommand(opened.records),
  };
}

function opensResponse(failed: boolean): boolean {
  const { value } = settings.openResponses;
  return value === 'always' || (value === 'errors' && failed);
}
