import * as vscode from 'vscode';
import { textIn, textsIn, type Argument } from '../../base/argument';
import { CancelledError } from '../../base/cancelled';
import { redacted } from '../../api/redactor';
import { UserError } from '../../base/userError';
import { askChoice, type Choice } from '../../base/vscode/ask';
import type { Handlers, Invocation } from '../../commands';
import type { History, HistoryEntry } from '../history';
import type { HistoryCall } from '../historyCall';
import { lastingResponseUri, responseName } from '../responseUri';
import { clockTime, entryLabel, figures, traceIds } from './answerWords';
import type { ResponseDocuments } from './responseDocuments';

export interface HistoryCommandsOptions {
  readonly history: History;
  readonly documents: ResponseDocuments;
  /** Sends the text of a request again, in the tenant it was sent to. */
  readonly send: (text: string, connection: string, invocation: Invocation) => Promise<unknown>;
  /** The tenant that a connection leads to now, by its `tenantKey`. */
  readonly tenantOf: (connectionId: string) => string | undefined;
  /** Opens text as a request file. */
  readonly openRequest: (text: string) => Promise<unknown>;
}

type HistoryCommand =
  | 'fxiaoke.history.list'
  | 'fxiaoke.history.open'
  | 'fxiaoke.history.repeat'
  | 'fxiaoke.history.copyAsRequest'
  | 'fxiaoke.history.copyTraceIds'
  | 'fxiaoke.history.save'
  | 'fxiaoke.history.clear'
  | 'fxiaoke.response.compare';

export function historyCommands(options: HistoryCommandsOptions): Handlers<HistoryCommand> {
  const { history, documents, send, tenantOf, openRequest } = options;
  return {
    'fxiaoke.history.list': async () => (await history.list()).map(plain),
    'fxiaoke.history.open': async ({ argument }) => {
      const entry = await entryFor(history, argument);
      const uri = await documents.open(entry);
      return { uri: uri.toString() };
    },
    'fxiaoke.history.repeat': async invocation => {
      const { call } = await callFor(history, invocation.argument);
      mustLeadToSameTenant(call, tenantOf(call.connection.id));
      return send(requestOf(call), call.connection.id, invocation);
    },
    'fxiaoke.history.copyAsRequest': async ({ argument }) => {
      const { call } = await callFor(history, argument);
      const text = requestOf(call);
      if (argument['open'] !== false) await openRequest(text);
      return text;
    },
    'fxiaoke.history.copyTraceIds': async ({ argument, byProgram }) => {
      const text = traceIds((await callFor(history, argument)).call);
      await vscode.env.clipboard.writeText(text);
      if (!byProgram) vscode.window.setStatusBarMessage(`$(check) ${vscode.l10n.t('Copied the trace IDs')}`, 4000);
      return text;
    },
    'fxiaoke.history.save': async ({ argument }) => save(history, argument),
    'fxiaoke.history.clear': async ({ byProgram }) => {
      if (!byProgram) await mustAgreeToClear();
      await history.clear();
    },
    'fxiaoke.response.compare': async ({ argument }) => {
      const [left, right] = await twoEntries(history, argument);
      if (argument['open'] !== false) await showDiff(left, right);
      return [left, right].map(plain);
    },
  };
}

/** The older one on the left. */
export async function showDiff(left: HistoryEntry, right: HistoryEntry): Promise<void> {
  const title = vscode.l10n.t('{0} ↔ {1}', nameInDiff(left), nameInDiff(right));
  await vscode.commands.executeCommand('vscode.diff', ...[left, right].map(lasting), title);
}

/** What is compared stays what it is. */
function lasting({ id, title }: HistoryEntry): vscode.Uri {
  return vscode.Uri.from(lastingResponseUri(id, title));
}

function nameInDiff(entry: HistoryEntry): string {
  const { call, time } = entry;
  return `${entryLabel(entry)} (${[...(call ? [call.connection.name] : []), clockTime(time)].join(', ')})`;
}

/** What a program gets to know of an entry. */
function plain({ id, title, time, call }: HistoryEntry) {
  return { id, title, time, ...call };
}

async function entryFor(history: History, argument: Argument): Promise<HistoryEntry> {
  const id = textIn(argument, 'id');
  if (id === undefined) return askChoice(vscode.l10n.t('History'), vscode.l10n.t('Which response?'), choices(history));
  return mustFind(history, id);
}

async function mustFind(history: History, id: string): Promise<HistoryEntry> {
  const entry = await history.entry(id);
  if (!entry) throw new UserError(vscode.l10n.t('This response is no longer in the history.'));
  return entry;
}

async function callFor(history: History, argument: Argument): Promise<HistoryEntry & { readonly call: HistoryCall }> {
  const entry = await entryFor(history, argument);
  const { call } = entry;
  if (!call) throw new UserError(vscode.l10n.t('This entry is not the response to a single call.'));
  return { ...entry, call };
}

/** What was meant for one tenant must not go to another, because its connection was edited meanwhile. */
function mustLeadToSameTenant({ connection: { name, tenant } }: HistoryCall, now: string | undefined): void {
  if (tenant === undefined || now === undefined || now === tenant) return;
  throw new UserError(
    vscode.l10n.t(
      'Nothing was sent. This went to {0}, and the connection {1} leads to {2} now. Open it as a request to send it there.',
      tenant,
      name,
      now,
    ),
  );
}

function requestOf({ request }: HistoryCall): string {
  if (request === undefined) throw new UserError(vscode.l10n.t('This request was too long to be kept.'));
  if (request.includes(redacted)) {
    throw new UserError(vscode.l10n.t('This request held a secret, which the history does not keep.'));
  }
  return request;
}

async function choices(history: History): Promise<Choice<HistoryEntry>[]> {
  const entries = await history.list();
  if (entries.length === 0) throw new UserError(vscode.l10n.t('The history is empty.'));
  return entries.map(entry => ({
    label: entryLabel(entry),
    description: [clockTime(entry.time), ...(entry.call ? [figures(entry.call), entry.call.connection.name] : [])].join(
      ' · ',
    ),
    value: entry,
  }));
}

/** Two that the argument names (or are selected in the view), else two that the person picks. */
async function twoEntries(history: History, argument: Argument): Promise<[HistoryEntry, HistoryEntry]> {
  const ids = textsIn(argument, 'ids') ?? [];
  if (ids.length > 2) throw new UserError(vscode.l10n.t('Two responses can be compared: select two.'));
  const two = ids.length === 2 ? await Promise.all(ids.map(id => mustFind(history, id))) : undefined;
  const [a, b] = two ?? (await pickTwo(history, textIn(argument, 'id') ?? ids[0]));
  if (!a || !b) throw new CancelledError();
  return a.time <= b.time ? [a, b] : [b, a];
}

async function pickTwo(history: History, first: string | undefined): Promise<HistoryEntry[]> {
  const title = vscode.l10n.t('Compare two responses');
  const all = await choices(history);
  const others = (known: HistoryEntry) => all.filter(({ value }) => value.id !== known.id);
  const one =
    first === undefined ? await askChoice(title, vscode.l10n.t('The first one'), all) : await mustFind(history, first);
  if (others(one).length === 0) throw new UserError(vscode.l10n.t('There is no other response in the history.'));
  return [one, await askChoice(title, vscode.l10n.t('Compare with…'), others(one))];
}

async function save(history: History, argument: Argument): Promise<{ uri: string }> {
  const entry = await entryFor(history, argument);
  const text = await history.text(entry.id);
  if (text === undefined) throw new UserError(vscode.l10n.t('The text of this response is no longer kept.'));
  const uri = await placeFor(entry, argument);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return { uri: uri.toString() };
}

async function placeFor(entry: HistoryEntry, argument: Argument): Promise<vscode.Uri> {
  const { uri } = argument;
  if (uri instanceof vscode.Uri) return uri;
  if (typeof uri === 'string') return vscode.Uri.parse(uri, true);
  const name = responseName(entry.title);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const defaultUri = folder && vscode.Uri.joinPath(folder, name);
  const chosen = await vscode.window.showSaveDialog({ ...(defaultUri && { defaultUri }), filters: { JSON: ['json'] } });
  if (!chosen) throw new CancelledError();
  return chosen;
}

async function mustAgreeToClear(): Promise<void> {
  const clear = vscode.l10n.t('Clear');
  const question = vscode.l10n.t(
    'Clear the history? All kept responses of this workspace are erased from this machine.',
  );
  if ((await vscode.window.showWarningMessage(question, { modal: true }, clear)) !== clear) throw new CancelledError();
}
