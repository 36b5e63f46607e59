import * as vscode from 'vscode';
import type { History, HistoryEntry } from '../history';
import { responseScheme } from '../responseUri';
import { clockTime, explanation, figures, traceIds } from './answerWords';
import { entryAt, type ResponseDocuments } from './responseDocuments';

/** Keeps code, time, size and trace ids of an answer in view: above its text, which stays pure JSON, and in the status bar. */
export function registerAnswerFigures(history: History, documents: ResponseDocuments): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('fxiaoke.answer', vscode.StatusBarAlignment.Right, 100);
  item.name = vscode.l10n.t('Fxiaoke response');
  const entryOf = (document: vscode.TextDocument | undefined) =>
    document?.uri.scheme === responseScheme ? entryAt(history, document.uri) : undefined;
  const update = async () => {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    const shown = [activeTextEditor, ...visibleTextEditors].find(
      editor => editor?.document.uri.scheme === responseScheme,
    );
    const entry = await entryOf(shown?.document);
    if (entry?.call) showIn(item, entry);
    else item.hide();
  };
  // The first response may be in sight already: it is what this is read for.
  void update();
  return vscode.Disposable.from(
    item,
    vscode.window.onDidChangeVisibleTextEditors(() => void update()),
    vscode.window.onDidChangeActiveTextEditor(() => void update()),
    documents.onDidChange(() => void update()),
    vscode.languages.registerCodeLensProvider(
      { scheme: responseScheme },
      {
        provideCodeLenses: async document => lensesFor(await entryOf(document)),
        onDidChangeCodeLenses: listener => documents.onDidChange(() => void listener()),
      },
    ),
  );
}

function showIn(item: vscode.StatusBarItem, { id, time, call }: HistoryEntry): void {
  if (!call) return;
  const failed = call.errorCode !== 0;
  item.text = `$(${failed ? 'warning' : 'check'}) ${figures(call)}`;
  item.tooltip = [
    `${call.connection.name} · ${clockTime(time)}`,
    ...(failed ? [explanation(call)] : []),
    traceIds(call),
    vscode.l10n.t('Click to copy the trace IDs'),
  ].join('\n');
  // The icon says nothing to who hears it.
  item.accessibilityInformation = {
    label: `${failed ? explanation(call) : vscode.l10n.t('Succeeded')}, ${figures(call)}`,
  };
  item.command = copyTraceIds(id);
  item.show();
}

function lensesFor(entry: HistoryEntry | undefined): vscode.CodeLens[] {
  if (!entry?.call) return [];
  const { id, call } = entry;
  const top = new vscode.Range(0, 0, 0, 0);
  const failed = call.errorCode !== 0;
  const facts = `$(${failed ? 'warning' : 'check'}) ${figures(call)} · ${call.connection.name}`;
  return [
    new vscode.CodeLens(top, failed ? explain(facts, call.errorCode) : { title: facts, command: '' }),
    new vscode.CodeLens(top, { ...copyTraceIds(id), title: `$(copy) traceId ${call.traceId ?? '–'}` }),
  ];
}

function explain(title: string, errorCode: number): vscode.Command {
  return { title, command: 'fxiaoke.error.explain', arguments: [{ errorCode, byPerson: true }] };
}

function copyTraceIds(id: string): vscode.Command {
  return {
    title: vscode.l10n.t('Copy the trace IDs'),
    command: 'fxiaoke.history.copyTraceIds',
    arguments: [{ id, byPerson: true }],
  };
}
