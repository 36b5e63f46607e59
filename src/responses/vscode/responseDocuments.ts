import * as vscode from 'vscode';
import { hasPreviewTabs } from '../../base/vscode/settings';
import type { History, HistoryEntry } from '../history';
import { isLasting, lastingResponseUri, responseId, responseName, responseScheme, responseUri } from '../responseUri';

/** Longer ones are opened anew: the editor looks for what differs. In characters. */
const longestInPlace = 200_000;
/** So long an editor may take to show another text before it is opened the usual way. In milliseconds. */
const patience = 2_000;

/**
 * Shows answers as read-only JSON beside what the person works on, without taking the focus from it. One preview
 * tab is reused until the person keeps it; where the editor has no preview tabs, one that is not pinned.
 */
export class ResponseDocuments implements vscode.TextDocumentContentProvider {
  readonly #changes = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changes.event;

  constructor(
    private readonly history: History,
    private readonly reusesTab: () => boolean,
  ) {}

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      this.#changes,
      vscode.workspace.registerTextDocumentContentProvider(responseScheme, this),
    );
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const entry = await entryAt(this.history, uri);
    const text = entry && (await this.history.text(entry.id));
    return text ?? vscode.l10n.t('// This response is no longer kept. Send the request again to see it.');
  }

  /** An answer that the history has already is not kept twice. */
  async show(title: string, text: string): Promise<vscode.Uri> {
    return this.#openInPlace(this.history.withText(text) ?? this.history.add(title, text));
  }

  /**
   * Shows the newest answer. A tab in sight that would be reused, and has the right title, stays and gets another text:
   * that takes a fraction of what opening an editor does, and the person does not lose the place they look at.
   */
  async showNewest(entry: HistoryEntry): Promise<void> {
    const document = this.reusesTab() && isShort(entry) && (await this.#tabFor(entry));
    if (!document || !(await this.#putInto(document, entry))) await this.#openInPlace(entry);
  }

  /** In place of the one that is shown, which the editor sees to by itself where it has preview tabs. */
  async #openInPlace(entry: HistoryEntry): Promise<vscode.Uri> {
    const active = vscode.window.activeTextEditor;
    const column = answerColumn();
    const { Active, Beside } = vscode.ViewColumn;
    const staysActive = [Active, Beside, active?.viewColumn].includes(besideWhereItIs(column));
    const shown = activeTabs().find(({ group }) => group.viewColumn === column);
    const replaced = shown && !shown.isPreview && this.reusesTab() && isReusable(shown) ? answerIn(shown) : undefined;
    const uri = await this.open(entry);
    // A text of the output is in no column.
    if (active?.viewColumn !== undefined && !staysActive) {
      await vscode.window.showTextDocument(active.document, active.viewColumn);
    }
    if (replaced && replaced.toString() !== uri.toString()) await closeAnswer(replaced, column);
    return uri;
  }

  async open({ id, title }: HistoryEntry): Promise<vscode.Uri> {
    const isTaken = this.history.newestIn(id) !== undefined;
    const uri = vscode.Uri.from(isTaken ? lastingResponseUri(id, title) : responseUri(id, title));
    // Opened as a document first, the editor would keep it for minutes after its tab, and all of it would have to be
    // in the extension host before it is seen.
    await vscode.commands.executeCommand('vscode.open', uri, {
      preview: this.reusesTab(),
      preserveFocus: true,
      viewColumn: besideWhereItIs(answerColumn()),
    } satisfies vscode.TextDocumentShowOptions);
    return uri;
  }

  async #tabFor(entry: HistoryEntry): Promise<vscode.TextDocument | undefined> {
    const name = `/${responseName(entry.title)}`;
    const uris = activeTabs()
      .filter(isReusable)
      .map(answerIn)
      .filter(uri => uri?.path.endsWith(name));
    const document = documentsInSight().find(({ uri }) => uris.some(each => each?.toString() === uri.toString()));
    const shown = document && (await entryAt(this.history, document.uri));
    return shown && isShort(shown) ? document : undefined;
  }

  /** Says whether it is there. */
  async #putInto(document: vscode.TextDocument, entry: HistoryEntry): Promise<boolean> {
    const text = await this.history.text(entry.id);
    const tab = responseId(document.uri.path);
    if (text === undefined || tab === undefined) return false;
    this.history.takeTab(entry.id, tab);
    const isThere = changeOf(document);
    this.#changes.fire(document.uri);
    return document.getText() === text || isThere;
  }
}

/** Of any URI of an answer, the one that it shows now. */
export async function entryAt(history: History, uri: vscode.Uri): Promise<HistoryEntry | undefined> {
  const id = responseId(uri.path);
  if (id === undefined) return undefined;
  const entry = await history.entry(id);
  return isLasting(uri) ? entry : (history.newestIn(id) ?? entry);
}

function activeTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ activeTab }) => activeTab ?? []);
}

/** Older editors know a tab no more once another one was opened beside it: it is looked for anew. */
async function closeAnswer(uri: vscode.Uri, column: vscode.ViewColumn): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .filter(({ viewColumn }) => viewColumn === column)
    .flatMap(({ tabs }) => tabs);
  const tab = tabs.find(each => answerIn(each)?.toString() === uri.toString());
  if (tab) await vscode.window.tabGroups.close(tab, true);
}

/** Whether another answer may take the place of the one in a tab. */
function isReusable(tab: vscode.Tab): boolean {
  return answerIn(tab) !== undefined && (hasPreviewTabs() ? tab.isPreview : !tab.isPinned);
}

/** The answer that a tab shows until another one comes. */
function answerIn({ input }: vscode.Tab): vscode.Uri | undefined {
  const uri = input instanceof vscode.TabInputText ? input.uri : undefined;
  return uri?.scheme === responseScheme && !isLasting(uri) ? uri : undefined;
}

function isShort({ call }: HistoryEntry): boolean {
  return call !== undefined && call.characters <= longestInPlace;
}

function documentsInSight(): vscode.TextDocument[] {
  return vscode.window.visibleTextEditors.map(({ document }) => document);
}

/** Until the text of a document is another one; false when it was closed instead, or nothing came of it. */
function changeOf(document: vscode.TextDocument): Promise<boolean> {
  return new Promise(resolve => {
    const end = (isChanged: boolean) => {
      clearTimeout(timer);
      subscription.dispose();
      resolve(isChanged);
    };
    const timer = setTimeout(() => end(false), patience);
    const subscription = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(change => change.document === document && end(true)),
      vscode.workspace.onDidCloseTextDocument(closed => closed === document && end(false)),
    );
  });
}

/**
 * A column that is named becomes the active one, without the focus too, so that *Save*, say, would save the answer. The
 * one beside does not.
 */
function besideWhereItIs(column: vscode.ViewColumn): vscode.ViewColumn {
  const beside: number = vscode.window.tabGroups.activeTabGroup.viewColumn + 1;
  return column.valueOf() === beside ? vscode.ViewColumn.Beside : column;
}

/** Where an answer is shown already; else beside the active editor; else where there is nothing yet. */
function answerColumn(): vscode.ViewColumn {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const shown = visibleTextEditors.find(({ document }) => document.uri.scheme === responseScheme)?.viewColumn;
  return shown ?? (activeTextEditor ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active);
}
