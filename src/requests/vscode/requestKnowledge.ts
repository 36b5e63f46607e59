import type * as vscode from 'vscode';
import type { JsonValue } from '../../base/json';
import { objectAt } from '../language/completion';
import type { Knowledge } from '../language/knowledge';
import { requestAt } from '../nodes';
import { connectionNameOf, withPlain } from '../plainVariables';
import type { NamedResponse } from '../variables';
import { parsed } from './requestFiles';
import type { TenantKnowledge } from './tenantKnowledge';

/** What else is known in a document than what its tenant tells. */
export interface DocumentKnowledge {
  /** The last answer to a named request of the document. */
  readonly response: (
    document: vscode.TextDocument,
    name: string,
    connection: string | undefined,
  ) => NamedResponse | undefined;
  /** The environment's variables, those of secrets masked. */
  readonly environment: (
    document: vscode.TextDocument,
    connection: string | undefined,
  ) => Promise<ReadonlyMap<string, JsonValue>>;
}

/** What is known at a place of a request file. */
export class RequestKnowledge {
  constructor(
    private readonly tenants: TenantKnowledge,
    private readonly documents: DocumentKnowledge,
  ) {}

  /** Asks the tenant for what a person who types there wants to know. */
  async asked(document: vscode.TextDocument, offset: number): Promise<Knowledge> {
    const { connection, object } = this.#placeAt(document, offset);
    const named = await this.#named(document, connection);
    return this.#with(document, named, this.tenants.ask(named, object));
  }

  at(document: vscode.TextDocument, offset: number): Promise<Knowledge> {
    const { connection } = this.#placeAt(document, offset);
    return this.of(document, connection);
  }

  /** What is known in a document of one connection. */
  async of(document: vscode.TextDocument, connection: string | undefined): Promise<Knowledge> {
    const named = await this.#named(document, connection);
    return this.#with(document, named, this.tenants.of(named));
  }

  /** With what the environment says of a connection that hangs on it. */
  async #named(document: vscode.TextDocument, connection: string | undefined): Promise<string | undefined> {
    if (connection?.includes('{{') !== true) return connection;
    const environment = await this.documents.environment(document, undefined);
    const texts = [...environment].flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    );
    return withPlain(connection, new Map(texts));
  }

  async #with(
    document: vscode.TextDocument,
    connection: string | undefined,
    tenant: Knowledge | Promise<Knowledge>,
  ): Promise<Knowledge> {
    const environment = await this.documents.environment(document, connection);
    const response = (name: string) => this.documents.response(document, name, connection);
    return { ...(await tenant), environment, response };
  }

  #placeAt(document: vscode.TextDocument, offset: number) {
    const file = parsed(document);
    const request = requestAt(file, offset);
    return { connection: connectionNameOf(file, request), object: request && objectAt(file, request, offset) };
  }
}
