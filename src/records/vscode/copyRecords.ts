import * as vscode from 'vscode';
import { textIn, textsIn } from '../../base/argument';
import { CancelledError } from '../../base/cancelled';
import { printJson, type JsonObject } from '../../base/json';
import { abortSignal } from '../../base/vscode/abortSignal';
import { copyText } from '../../base/vscode/clipboard';
import { recordCount } from '../../base/vscode/counts';
import type { Handlers, Invocation } from '../../commands';
import type { RecordService } from '../recordService';
import { atEditor, idsFor, othersIn } from './recordArguments';
import { selectedRecords, type SelectedRecords, type Selecting } from './selectedRecords';

type CopyCommand = 'fxiaoke.record.copyId' | 'fxiaoke.record.copyAsJson' | 'fxiaoke.record.exportJson';

export interface CopyRecordsOptions extends Selecting {
  readonly service: RecordService;
}

/** Takes records elsewhere: to the clipboard, or to a file. */
export function copyRecords(options: CopyRecordsOptions): Handlers<CopyCommand> {
  return {
    'fxiaoke.record.copyId': async invocation => {
      const { argument } = atEditor(invocation);
      const others = othersIn(argument).flatMap(other => textsIn(other, 'ids') ?? []);
      const ids = [...(await idsFor(argument, textIn(argument, 'object') ?? '')), ...others];
      return copyText(ids.join('\n'), ids.length === 1 ? (ids[0] ?? '') : vscode.l10n.t('{0} IDs', ids.length));
    },
    'fxiaoke.record.copyAsJson': async invocation => {
      const records = await readRecords(options.service, await selectedRecords(options, atEditor(invocation)));
      return copyText(textOf(records), recordCount(records.length));
    },
    'fxiaoke.record.exportJson': invocation => exportJson(options, atEditor(invocation)),
  };
}

async function exportJson(options: CopyRecordsOptions, invocation: Invocation) {
  const selected = await selectedRecords(options, invocation);
  const [{ object }, ...others] = selected;
  // The person may wait for many records, and shall not have waited for nothing.
  const file = await fileFor(invocation, others.length > 0 ? 'records' : object);
  const records = await readRecords(options.service, selected);
  await vscode.workspace.fs.writeFile(file, Buffer.from(`${textOf(records)}\n`));
  vscode.window.setStatusBarMessage(
    `$(check) ${vscode.l10n.t('Saved {0} as {1}', recordCount(records.length), vscode.workspace.asRelativePath(file))}`,
    8000,
  );
  return { file: file.toString(), count: records.length };
}

/** All of them, or the failure of the first that cannot be read: half an export looks like a whole one. */
function readRecords(service: RecordService, selected: readonly [SelectedRecords, ...SelectedRecords[]]) {
  const count = selected.reduce((sum, { ids }) => sum + ids.length, 0);
  const title = vscode.l10n.t('Reading {0} in {1}', recordCount(count), selected[0].connection.name);
  const { Notification, Window } = vscode.ProgressLocation;
  const location = count > 1 ? Notification : Window;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const signal = abortSignal(token);
    const read: JsonObject[] = [];
    for (const { connection, object, ids } of selected) {
      for (const id of ids) {
        read.push((await service.get(connection, object, id, { signal })).record);
        progress.report({ increment: 100 / count, message: `${read.length} / ${count}` });
      }
    }
    return read;
  });
}

/** One record as it is, several as a list. */
function textOf(records: readonly JsonObject[]): string {
  const [only] = records;
  return printJson(only && records.length === 1 ? only : [...records], 2);
}

async function fileFor({ argument }: Invocation, name: string): Promise<vscode.Uri> {
  const given = textIn(argument, 'file');
  if (given !== undefined) return /^[a-z][\w+.-]+:/i.test(given) ? vscode.Uri.parse(given) : vscode.Uri.file(given);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = await vscode.window.showSaveDialog({
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, `${name}.json`) }),
    filters: { JSON: ['json'] },
  });
  if (!file) throw new CancelledError();
  return file;
}
