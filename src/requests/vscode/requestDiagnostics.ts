import * as vscode from 'vscode';
import { systemClock, type Clock } from '../../base/clock';
import { fixOf } from '../language/diagnose';
import { DocumentCheck } from './documentCheck';
import { languageId, rangeIn } from './requestFiles';
import type { TenantKnowledge } from './tenantKnowledge';

/** Long enough that a word is typed, short enough that nobody waits. */
const delay = 250;

interface Watched {
  readonly check: DocumentCheck;
  /** Ends the look at it that waits or is under way. */
  stop: () => void;
}

/** Shows what is wrong with open request files while they are typed, and offers to put it right. */
export class RequestDiagnostics implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('fxiaoke-request');
  readonly #watched = new Map<vscode.TextDocument, Watched>();
  readonly #subscriptions: vscode.Disposable;

  constructor(
    private readonly knowledge: Pick<TenantKnowledge, 'of' | 'onDidChange'>,
    private readonly clock: Clock = systemClock,
  ) {
    const { workspace } = vscode;
    this.#subscriptions = vscode.Disposable.from(
      this.#collection,
      workspace.onDidOpenTextDocument(document => this.#look(document, 0)),
      workspace.onDidChangeTextDocument(({ document }) => this.#look(document, delay)),
      workspace.onDidCloseTextDocument(document => this.#forget(document)),
      knowledge.onDidChange(() => this.#all()),
      vscode.languages.registerCodeActionsProvider(languageId, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    );
    this.#all();
  }

  dispose(): void {
    for (const { stop } of this.#watched.values()) stop();
    this.#subscriptions.dispose();
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    return this.#watch(document)
      .check.foundIn(range)
      .flatMap(({ section, found }) =>
        found.flatMap(each => {
          const fix = fixOf(each);
          if (!fix || !rangeIn(section, each).intersection(range)) return [];
          return actionFor(document, rangeIn(section, fix), fix.text);
        }),
      );
  }

  #all(): void {
    for (const { check } of this.#watched.values()) check.forget();
    for (const document of vscode.workspace.textDocuments) this.#look(document, delay);
  }

  #look(document: vscode.TextDocument, after: number): void {
    if (document.languageId !== languageId) return;
    const watched = this.#watch(document);
    watched.stop();
    let stopped = false;
    const stopTimer = this.clock.after(after, () => void this.#show(document, watched, () => !stopped));
    watched.stop = () => {
      stopped = true;
      stopTimer();
    };
  }

  async #show({ uri }: vscode.TextDocument, { check }: Watched, goOn: () => boolean): Promise<void> {
    const collection = this.#collection;
    // A later look leaves what is shown until it knows all.
    const isFirst = !collection.has(uri);
    await check.run(
      diagnostics => collection.set(uri, diagnostics),
      diagnostics => isFirst && collection.set(uri, diagnostics),
      goOn,
    );
  }

  #watch(document: vscode.TextDocument): Watched {
    const watched = this.#watched.get(document) ?? {
      check: new DocumentCheck(document, connection => this.knowledge.of(connection)),
      stop: () => undefined,
    };
    this.#watched.set(document, watched);
    return watched;
  }

  #forget(document: vscode.TextDocument): void {
    this.#watched.get(document)?.stop();
    this.#watched.delete(document);
    this.#collection.delete(document.uri);
  }
}

function actionFor(document: vscode.TextDocument, range: vscode.Range, text: string): vscode.CodeAction {
  const action = new vscode.CodeAction(vscode.l10n.t('Change to {0}', oneLine(text)), vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.replace(document.uri, range, text);
  action.isPreferred = true;
  return action;
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
