import * as vscode from 'vscode';
import type { Range } from '../../api/spellings';
import { numberIn } from '../../base/argument';
import { UserError } from '../../base/userError';
import type { Handlers } from '../../commands';
import { looseSecrets, type LooseSecret } from '../language/looseSecrets';
import type { UserSecrets } from '../userSecrets';
import { documentFor } from './documentRequest';
import { languageId, parsed, rangeOf } from './requestFiles';

export interface SecretWarningsOptions {
  readonly secrets: UserSecrets;
  /** Where secrets that are kept stand in a text. */
  readonly known: (text: string) => Promise<readonly Range[]>;
}

/** Long enough that a word is typed. */
const delay = 250;

/**
 * Warns of secrets in request files on disk, where backups and repositories take them along, and moves them to the
 * secret storage. Looks when a file is opened or saved, and while something is left to be moved.
 */
export class SecretWarnings implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('fxiaoke-secrets');
  readonly #waiting = new Map<vscode.TextDocument, NodeJS.Timeout>();
  readonly #subscriptions: vscode.Disposable;

  constructor(private readonly options: SecretWarningsOptions) {
    const { workspace } = vscode;
    this.#subscriptions = vscode.Disposable.from(
      this.#collection,
      workspace.onDidOpenTextDocument(document => this.#soon(document)),
      workspace.onDidSaveTextDocument(document => this.#soon(document)),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (this.#collection.get(document.uri)?.length) this.#soon(document);
      }),
      workspace.onDidCloseTextDocument(document => this.#forget(document)),
      vscode.languages.registerCodeActionsProvider(languageId, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    );
    for (const document of workspace.textDocuments) this.#soon(document);
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#subscriptions.dispose();
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const warnings = this.#collection.get(document.uri) ?? [];
    return warnings
      .filter(warning => warning.range.intersection(range))
      .map(warning => {
        const title = vscode.l10n.t('Move to the secret storage');
        const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
        const offset = document.offsetAt(warning.range.start);
        const argument = { uri: document.uri, offset, byPerson: true };
        action.command = { title, command: 'fxiaoke.internal.moveSecret', arguments: [argument] };
        action.diagnostics = [warning];
        action.isPreferred = true;
        return action;
      });
  }

  handlers(): Handlers<'fxiaoke.internal.moveSecret'> {
    return {
      'fxiaoke.internal.moveSecret': async ({ argument }) => {
        const document = await documentFor(argument);
        const offset = numberIn(argument, 'offset') ?? 0;
        return { name: await this.#move(document, offset) };
      },
    };
  }

  /** All of its occurrences; first it is kept, so that it is lost nowhere. */
  async #move(document: vscode.TextDocument, offset: number): Promise<string> {
    const secret = (await this.#find(document)).find(({ start, end }) => start <= offset && offset <= end);
    if (!secret) throw new UserError(vscode.l10n.t('There is no secret here any more.'));
    const name = await this.options.secrets.keepAs(secret.name, secret.value);
    const wasSaved = !document.isDirty;
    const edit = new vscode.WorkspaceEdit();
    // By now it is known wherever it stands, in comments too.
    for (const each of (await this.#find(document)).filter(({ value }) => value === secret.value)) {
      edit.replace(document.uri, rangeOf(document, each), `{{$secret ${name}}}`);
    }
    // What was on disk with the secret is to be there without it.
    if ((await vscode.workspace.applyEdit(edit)) && wasSaved) await document.save();
    return name;
  }

  async #find(document: vscode.TextDocument): Promise<LooseSecret[]> {
    const { version } = document;
    const text = document.getText();
    const places = await this.options.known(text);
    return version === document.version ? looseSecrets(parsed(document), () => places) : this.#find(document);
  }

  #soon(document: vscode.TextDocument): void {
    if (document.languageId !== languageId || document.isUntitled) return;
    clearTimeout(this.#waiting.get(document));
    this.#waiting.set(
      document,
      setTimeout(() => void this.#show(document), delay),
    );
  }

  async #show(document: vscode.TextDocument): Promise<void> {
    this.#waiting.delete(document);
    const found = await this.#find(document);
    if (document.isClosed) return;
    this.#collection.set(
      document.uri,
      found.map(secret => {
        const message = vscode.l10n.t(
          'This looks like a secret, and it is in the file for everyone to read. {0} reads it from the editor’s secret storage.',
          `{{$secret ${secret.name}}}`,
        );
        const warning = new vscode.Diagnostic(rangeOf(document, secret), message, vscode.DiagnosticSeverity.Warning);
        warning.source = 'Fxiaoke';
        warning.code = 'secretInFile';
        return warning;
      }),
    );
  }

  #forget(document: vscode.TextDocument): void {
    clearTimeout(this.#waiting.get(document));
    this.#waiting.delete(document);
    this.#collection.delete(document.uri);
  }
}
