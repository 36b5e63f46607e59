import * as vscode from 'vscode';
import type { Argument } from '../../base/argument';
import { plainJson, type JsonObject } from '../../base/json';
import { UserError } from '../../base/userError';
import { copyText } from '../../base/vscode/clipboard';
import type { Handlers, Invocation } from '../../commands';
import type { Connection } from '../../connections/connection';
import type { OpenRecords } from '../openRecords';
import { isInvalid, recordLabel } from '../recordFields';
import type { RecordRef } from '../recordRef';
import type { RecordSaves } from '../recordSaves';
import type { RecordService } from '../recordService';
import { atEditor, idsFor } from './recordArguments';
import { documentOf, uriOf } from './recordEditors';

type TakeCommand =
  | 'fxiaoke.record.showResponse'
  | 'fxiaoke.record.copyAsRequest'
  | 'fxiaoke.record.copyAsCurl'
  | 'fxiaoke.record.reveal';

/** The call that a record stands for: reading it or, where its text was changed, updating it. */
export interface RecordCall {
  readonly object: string;
  readonly id: string;
  readonly changes: JsonObject | undefined;
}

export interface TakeRecordsOptions {
  readonly service: RecordService;
  readonly records: OpenRecords;
  readonly saves: RecordSaves;
  readonly tenantFor: (invocation: Invocation) => Promise<Connection>;
  readonly objectFor: (argument: Argument, connection: Connection) => Promise<string>;
  readonly showResponse: (title: string, text: string) => Promise<unknown>;
  readonly requestText: (call: RecordCall, connection: Connection) => Promise<string>;
  readonly curl: (request: string, connection: Connection) => Promise<string>;
  readonly isActive: (connection: Connection) => boolean;
  /** Selects the record in the tree, else the folder that it would be in. Whether it was there. */
  readonly reveal: (object: string, folder: 'records' | 'recycleBin', id: string) => Promise<boolean>;
}

/** Takes the record at hand elsewhere: to its answer as it came, to a request, to the tree. */
export function takeRecords(options: TakeRecordsOptions): Handlers<TakeCommand> {
  const { requestText, curl } = options;
  const request = async (invocation: Invocation) => {
    const { connection, ref } = await recordFor(options, atEditor(invocation));
    return { connection, text: await requestText(callOf(options, ref), connection) };
  };
  return {
    'fxiaoke.record.showResponse': invocation => showResponse(options, atEditor(invocation)),
    'fxiaoke.record.copyAsRequest': async invocation => {
      const { text } = await request(invocation);
      return copyText(text, vscode.l10n.t('the request'));
    },
    'fxiaoke.record.copyAsCurl': async invocation => {
      const { text, connection } = await request(invocation);
      return copyText(await curl(text, connection), vscode.l10n.t('the cURL command'));
    },
    'fxiaoke.record.reveal': invocation => reveal(options, atEditor(invocation)),
  };
}

/** The answer as it came, companions and all. */
async function showResponse(options: TakeRecordsOptions, invocation: Invocation) {
  const { connection, ref } = await recordFor(options, invocation);
  const { answer } = await options.service.get(connection, ref.object, ref.id, { asked: true });
  if (invocation.argument['open'] !== false) await options.showResponse(`get ${ref.object}`, answer.text);
  return plainJson(answer.body);
}

function callOf({ saves }: TakeRecordsOptions, ref: RecordRef): RecordCall {
  const document = documentOf(uriOf(ref));
  const changes = document?.isDirty ? saves.changes(ref, document.getText()) : undefined;
  const isChanged = changes !== undefined && Object.keys(changes).length > 0;
  return { object: ref.object, id: ref.id, changes: isChanged ? changes : undefined };
}

async function reveal(options: TakeRecordsOptions, invocation: Invocation): Promise<boolean> {
  const { connection, ref } = await recordFor(options, invocation);
  if (!options.isActive(connection)) {
    throw new UserError(
      vscode.l10n.t('The tree shows another tenant. Select {0} to see its records.', connection.name),
    );
  }
  const record =
    options.records.known(ref)?.record ?? (await options.service.get(connection, ref.object, ref.id)).record;
  const found = await options.reveal(ref.object, isInvalid(record) ? 'recycleBin' : 'records', ref.id);
  if (!found && !invocation.byProgram) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        '{0} is not among the records that the tree has read. Load more, or add a filter.',
        recordLabel(record),
      ),
    );
  }
  return found;
}

async function recordFor({ tenantFor, objectFor }: TakeRecordsOptions, invocation: Invocation) {
  const connection = await tenantFor(invocation);
  const object = await objectFor(invocation.argument, connection);
  const [id = ''] = await idsFor(invocation.argument, object);
  return { connection, ref: { connectionId: connection.id, object, id } };
}
