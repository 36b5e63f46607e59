import * as vscode from 'vscode';
import { textIn, textsIn, type Argument } from '../../base/argument';
import { UserError } from '../../base/userError';
import { askChoice, askChoiceOrOwn, type Choice } from '../../base/vscode/ask';
import type { Handlers, Invocation } from '../../commands';
import type { Connection } from '../../connections/connection';
import type { OpenRecords } from '../openRecords';
import { recordLabel } from '../recordFields';
import { isRecordId, type RecordRef } from '../recordRef';
import type { RecordService } from '../recordService';
import { atEditor, idsFor, othersIn } from './recordArguments';
import type { RecordDocuments } from './recordDocuments';
import { isDirty, uriOf } from './recordEditors';
import type { RecordSnapshots } from './recordSnapshots';

type CompareCommand = 'fxiaoke.record.compare' | 'fxiaoke.record.compareTenants' | 'fxiaoke.record.compareWithLastRead';

export interface CompareRecordsOptions {
  readonly service: RecordService;
  readonly records: OpenRecords;
  readonly documents: RecordDocuments;
  readonly snapshots: RecordSnapshots;
  readonly tenantFor: (invocation: Invocation) => Promise<Connection>;
  readonly objectFor: (argument: Argument, connection: Connection) => Promise<string>;
  readonly connections: () => readonly Connection[];
  readonly connectionNamed: (idOrName: string) => Connection;
}

/** Shows a record beside another one, beside itself as it was read before, or beside what another tenant has. */
export function compareRecords(options: CompareRecordsOptions): Handlers<CompareCommand> {
  return {
    'fxiaoke.record.compare': invocation => compareTwo(options, atEditor(invocation)),
    'fxiaoke.record.compareTenants': invocation => compareTenants(options, atEditor(invocation)),
    'fxiaoke.record.compareWithLastRead': invocation => compareWithLastRead(options, atEditor(invocation)),
  };
}

/** The two that are selected in the tree, else the one at hand and one that the argument or the person names. */
async function compareTwo(options: CompareRecordsOptions, invocation: Invocation) {
  const {
    connection,
    ref,
    more: [more, ...tooMany],
  } = await recordFor(options, invocation);
  if (tooMany.length > 0 || othersIn(invocation.argument).length > 0) {
    throw new UserError(vscode.l10n.t('Select two records of one object to compare them.'));
  }
  const named = textIn(invocation.argument, 'with') ?? more;
  const id = named ?? (await askOther(options.service, connection, ref));
  const other = { ...ref, id };
  const [left, right] = [await labelOf(options, ref), await labelOf(options, other)];
  return show(invocation, uriOf(ref), uriOf(other), vscode.l10n.t('{0} ↔ {1}', left, right));
}

async function compareTenants(options: CompareRecordsOptions, invocation: Invocation) {
  const { connection, ref } = await recordFor(options, invocation);
  const named = textIn(invocation.argument, 'with');
  const others = options.connections().filter(({ id }) => id !== connection.id);
  if (named === undefined && others.length === 0) throw new UserError(vscode.l10n.t('There is no other tenant.'));
  const other =
    named === undefined
      ? await askChoice(
          vscode.l10n.t('Compare with the same ID in another tenant'),
          vscode.l10n.t('In which tenant?'),
          others.map(each => ({ label: each.name, description: each.host, value: each })),
        )
      : options.connectionNamed(named);
  const there = { ...ref, connectionId: other.id };
  const name = await labelOf(options, ref);
  await labelOf(options, there);
  const title = vscode.l10n.t('{0}: {1} ↔ {2}', name, connection.name, other.name);
  return show(invocation, uriOf(ref), uriOf(there), title);
}

/** What was not saved is compared with what was read; where there is nothing of the kind, the record is read anew. */
async function compareWithLastRead(options: CompareRecordsOptions, invocation: Invocation) {
  const { records, documents, snapshots } = options;
  const { ref } = await recordFor(options, invocation);
  const known = records.known(ref);
  if (!known) throw new UserError(vscode.l10n.t('This record has not been opened before.'));
  const uri = uriOf(ref);
  const edited = isDirty(uri);
  if (!edited) await documents.show(ref);
  // Whoever comes back to a record has had it read anew already.
  const before = snapshots.put(ref, 'before', edited ? known.text : (records.textBefore(ref) ?? known.text));
  const name = recordLabel(known.record);
  const title = edited
    ? vscode.l10n.t('{0}: as last read ↔ with your changes', name)
    : vscode.l10n.t('{0}: as read before ↔ now', name);
  return show(invocation, before, uri, title);
}

async function recordFor({ tenantFor, objectFor }: CompareRecordsOptions, invocation: Invocation) {
  const { argument } = invocation;
  const connection = await tenantFor(invocation);
  const object = await objectFor(argument, connection);
  const [id = '', ...more] = textsIn(argument, 'ids') ?? (await idsFor(argument, object));
  return { connection, ref: { connectionId: connection.id, object, id }, more };
}

/** Reads it where it is not known, so that what is wrong with it is said before anything opens. */
async function labelOf({ records }: CompareRecordsOptions, ref: RecordRef): Promise<string> {
  return recordLabel((await records.opened(ref)).record);
}

/** One of those that changed last, or an id that is typed. */
async function askOther(service: RecordService, connection: Connection, { object, id }: RecordRef): Promise<string> {
  const orders = [{ fieldName: 'last_modified_time', isAsc: false }];
  const { records } = await service.query(connection, object, { limit: 50, orders, count: false });
  const choices = records.flatMap((record): Choice<string>[] => {
    const other = record['_id'];
    return typeof other === 'string' && other !== id
      ? [{ label: recordLabel(record), description: other, value: other }]
      : [];
  });
  return askChoiceOrOwn(
    vscode.l10n.t('Compare with another record'),
    vscode.l10n.t('Pick one of those that changed last, or type an ID'),
    choices,
    typed => (isRecordId(typed) ? { label: typed, value: typed } : undefined),
  );
}

async function show({ argument }: Invocation, left: vscode.Uri, right: vscode.Uri, title: string) {
  if (argument['open'] !== false) await vscode.commands.executeCommand('vscode.diff', left, right, title);
  return { left: left.toString(), right: right.toString() };
}
