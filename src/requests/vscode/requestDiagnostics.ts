import * as vscode from 'vscode';
import { systemClock, type Clock } from '../../base/clock';
import type { Fix } from '../language/findings';
import { fixesOf, punctuationFixes } from '../language/diagnose';
import type { PlacedSection } from '../placedSection';
import { DocumentCheck } from './documentCheck';
import { fixTitle } from './fixTitle';
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
      .flatMap(({ section, problems, findings }) => {
        const touched = [...problems, ...findings].filter(found => rangeIn(section, found).intersection(range));
        const isMistyped = touched.some(({ code }) => code === 'fullWidthPunctuation');
        const choices = [
          ...(isMistyped ? [[punctuationFixes(problems)]] : []),
          ...touched.map(found => fixesOf(found, section.parsed.text).map(fix => [fix])),
        ];
        return choices.flatMap(edits => edits.map(each => editAction(document, section, each, edits.length === 1)));
      });
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

function editAction(
  document: vscode.TextDocument,
  section: PlacedSection,
  fixes: readonly Fix[],
  isPreferred: boolean,
): vscode.CodeAction {
  const [only, second] = fixes;
  const title =
    only && !second
      ? fixTitle(document.getText(rangeIn(section, only)), only.text)
      : vscode.l10n.t('Replace all full-width punctuation of the request');
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  for (const fix of fixes) action.edit.replace(document.uri, rangeIn(section, fix), fix.text);
  action.isPreferred = isPreferred && !only?.isGuess;
  return action;
}
