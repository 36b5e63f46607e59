import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { Emitter } from '../../base/emitter';
import type { JsonValue } from '../../base/json';
import { environmentEntries, environmentValue } from '../environment';
import { maskedValue } from '../language/shownValues';
import type { Connection } from '../../connections/connection';
import type { RequestSource } from '../prepare';
import type { SentRequest } from '../sendRequest';
import { shortestSecret, type UserSecrets } from '../userSecrets';
import type { NamedResponse } from '../variables';
import { bodyFilePlaces } from './bodyFiles';
import { environmentDefinition, environmentsFor } from './environmentFiles';

export interface DocumentSourceOptions {
  readonly secrets: UserSecrets;
  /** The connection of that id or name, or the active one. */
  readonly connection: (idOrName: string | undefined) => Connection | undefined;
  /** Takes secrets out of what is shown. */
  readonly clean: (text: string) => string;
}

type Remembered = Pick<SentRequest, 'connection' | 'answer'>;

/** Where the requests of documents take their values from; remembers the answers to named requests. */
export class DocumentSources {
  /** By document and name: the last answer of each tenant, the latest last. */
  readonly #responses = new Map<string, Map<string, readonly Remembered[]>>();
  readonly #changes = new Emitter();
  /** There is another answer to take values from. */
  readonly onDidChange = this.#changes.event;

  constructor(private readonly options: DocumentSourceOptions) {}

  remember({ uri }: vscode.TextDocument, request: string, { connection, answer }: Remembered): void {
    const key = uri.toString();
    const named = this.#responses.get(key) ?? new Map<string, readonly Remembered[]>();
    const others = (named.get(request) ?? []).filter(each => !isSameTenant(each.connection, connection));
    this.#responses.set(key, named.set(request, [...others, { connection, answer }]));
    this.#changes.fire();
  }

  /**
   * The last answer to a named request of the document: that of the tenant of a connection, or of the active one; else
   * that of another tenant, which it names.
   */
  responseTo({ uri }: vscode.TextDocument, request: string, connection: string | undefined): NamedResponse | undefined {
    const known = this.#responses.get(uri.toString())?.get(request) ?? [];
    const asked = this.options.connection(connection);
    const own = asked && known.find(each => isSameTenant(each.connection, asked));
    const found = own ?? known.at(-1);
    return found && { body: found.answer.body, ...(asked && !own && { otherTenant: found.connection }) };
  }

  /** The connection of that id or name, or the active one. */
  connectionOf(idOrName: string | undefined): Connection | undefined {
    return this.options.connection(idOrName);
  }

  /** Names and values for completion and hover, secrets masked; without a connection, for the active one. */
  async environment(document: vscode.TextDocument, connection: string | undefined): Promise<Map<string, JsonValue>> {
    // What is wrong with a file is said when a request is sent.
    const environments = await environmentsFor(document).catch(() => []);
    const values = environmentEntries(environments, this.#nameOf(connection));
    return new Map([...values].map(([name, value]) => [name, maskedValue(name, value, this.options.clean)]));
  }

  environmentDefinition(
    document: vscode.TextDocument,
    connection: string | undefined,
    name: string,
  ): Promise<vscode.Location | undefined> {
    return environmentDefinition(document, this.#nameOf(connection), name);
  }

  forget({ uri }: vscode.TextDocument): void {
    this.#responses.delete(uri.toString());
  }

  /** Without a document: of a text that is in none. `connection` takes the place of what the file says. Throws `UserError` where an environment file cannot be read. */
  async of(document: vscode.TextDocument | undefined, connection?: string): Promise<RequestSource> {
    const environments = await environmentsFor(document);
    const { secrets } = this.options;
    return {
      environment: (name, ofFile) => environmentValue(environments, this.#nameOf(connection ?? ofFile), name),
      response: (name, ofFile) => document && this.responseTo(document, name, connection ?? ofFile),
      processVariable: name => {
        const value = process.env[name];
        // Perhaps a secret: nobody said that it is none.
        if (value !== undefined) secrets.learnValue(value);
        return value;
      },
      now: () => new Date(),
      uuid: randomUUID,
      prompt: async question => vscode.window.showInputBox({ prompt: question, ignoreFocusOut: true }),
      secret: async name => (await secrets.get(name)) ?? askSecret(secrets, name),
      readFile: async path => document && readBeside(document, path),
    };
  }

  #nameOf(idOrName: string | undefined): string | undefined {
    return this.options.connection(idOrName)?.name ?? idOrName;
  }
}

/** A connection can be edited, so that another tenant is behind its id. */
function isSameTenant(a: Connection, b: Connection): boolean {
  return a.id === b.id && a.ea === b.ea;
}

/** Asks once; the answer holds for this window, or for good where the person wants that. */
async function askSecret(secrets: UserSecrets, name: string): Promise<string | undefined> {
  const secret = await inputSecret(name);
  if (secret === undefined) return undefined;
  secrets.remember(name, secret);
  // The request need not wait for this.
  offerToKeep(secrets, name, secret).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t('The secret {0} could not be kept: {1}', name, reason));
  });
  return secret;
}

export async function inputSecret(name: string): Promise<string | undefined> {
  return vscode.window.showInputBox({
    prompt: vscode.l10n.t('Secret {0} (never shown)', name),
    password: true,
    ignoreFocusOut: true,
    validateInput: secretProblem,
  });
}

export function secretProblem(secret: string): string | undefined {
  return secret.length < shortestSecret
    ? vscode.l10n.t('At least {0} characters: a shorter secret cannot be masked.', shortestSecret)
    : undefined;
}

async function offerToKeep(secrets: UserSecrets, name: string, secret: string): Promise<void> {
  const keep = vscode.l10n.t('Keep');
  const question = vscode.l10n.t(
    'Keep the secret {0} in the editor’s secret storage? Otherwise it is asked for again in the next window.',
    name,
  );
  if ((await vscode.window.showInformationMessage(question, keep)) === keep) await secrets.keep(name, secret);
}

async function readBeside(document: vscode.TextDocument, path: string): Promise<string | undefined> {
  if (document.isUntitled) return undefined;
  for (const uri of bodyFilePlaces(document, path)) {
    const bytes = await vscode.workspace.fs.readFile(uri).then(
      read => read,
      () => undefined,
    );
    if (bytes) return new TextDecoder().decode(bytes);
  }
  return undefined;
}
