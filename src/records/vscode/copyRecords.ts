import * as vscode from 'vscode';
import { textIn, type Argument } from '../../base/argument';
import { CancelledError } from '../../base/cancelled';
import { printJson, type JsonObject } from '../../base/json';
import { abortSignal } from '../../base/vscode/abortSignal';
import { copyText } from '../../base/vscode/clipboard';
import { recordCount } from '../../base/vscode/counts';
import type { Handlers, Invocation } from '../../commands';
import type { Connection } from '../../connections/connection';
import type { RecordService } from '../recordService';
import { atEditor, idsFor } from './recordArguments';

type CopyCommand = 'fxiaoke.record.copyId' | 'fxiaoke.record.copyAsJson' | 'fxiaoke.record.exportJson';

export interface CopyRecordsOptions {
  readonly service: RecordService;
  readonly tenantFor: (invocation: Invocation) => Promise<Connection>;
  readonly objectFor: (argument: Argument, connection: Connection) => Promise<string>;
}

/** Takes records elsewhere: to the clipboard, or to a file. */
export function copyRecords(options: CopyRecordsOptions): Handlers<CopyCommand> {
  return {
    'fxiaoke.record.copyId': async invocation => {
      const { argument } = atEditor(invocation);
      const ids = await idsFor(argument, textIn(argument, 'object') ?? '');
      return copyText(ids.join('\n'), ids.length === 1 ? (ids[0] ?? '') : vscode.l10n.t('{0} IDs', ids.length));
    },
    'fxiaoke.record.copyAsJson': async invocation => {
      const { records } = await readRecords(options, atEditor(invocation));
      return copyText(textOf(records), recordCount(records.length));
    },
    'fxiaoke.record.exportJson': invocation => exportJson(options, atEditor(invocation)),
  };
}

async function exportJson(options: CopyRecordsOptions, invocation: Invocation) {
  const { object, records } = await readRecords(options, invocation);
  const file = await fileFor(invocation, object);
  await vscode.workspace.fs.writeFile(file, Buffer.from(`${textOf(records)}\n`));
  vscode.window.setStatusBarMessage(
    `$(check) ${vscode.l10n.t('Saved {0} as {1}', recordCount(records.length), vscode.workspace.asRelativePath(file))}`,
    8000,
  );
  return { file: file.toString(), count: records.length };
}

/** All of them, or the failure of the first that cannot be read: half an export looks like a whole one. */
async function readRecords({ service, tenantFor, objectFor }: CopyRecordsOptions, invocation: Invocation) {
  const connection = await tenantFor(invocation);
  const object = await objectFor(invocation.argument, connection);
  const ids = await idsFor(invocation.argument, object);
  const title = vscode.l10n.t('Reading {0} in {1}', recordCount(ids.length), connection.name);
  const { Notification, Window } = vscode.ProgressLocation;
  const location = ids.length > 1 ? Notification : Window;
  const records = await vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const signal = abortSignal(token);
    const read: JsonObject[] = [];
    for (const id of ids) {
      read.push((await service.get(connection, object, id, { signal })).record);
      progress.report({ increment: 100 / ids.length, message: `${read.length} / ${ids.length}` });
    }
    return read;
  });
  return { object, records };
}

/** One record as it is, several as a list. */
function textOf(records: readonly JsonObject[]): string {
  const [only] = records;
  return printJson(only && records.length === 1 ? only : [...records], 2);
}

async function fileFor({ argument }: Invocation, object: string): Promise<vscode.Uri> {
  const given = textIn(argument, 'file');
  if (given !== undefined) return /^[a-z][\w+.-]+:/i.test(given) ? vscode.Uri.parse(given) : vscode.Uri.file(given);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = await vscode.window.showSaveDialog({
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, `${object}.json`) }),
    filters: { JSON: ['json'] },
  });
  if (!file) throw new CancelledError();
  return file;
}
