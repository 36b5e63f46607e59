import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { ApiError } from '../../api/errors';
import { CancelledError } from '../../base/cancelled';
import type { JsonValue } from '../../base/json';
import { UserError } from '../../base/userError';
import type { RequestFile, RequestNode } from '../nodes';
import type { RequestSource } from '../prepare';
import type { Problem } from '../problems';
import { sendRequest, type RequestSender, type SentRequest } from '../sendRequest';
import { problemSentence } from './problemSentences';

export interface DocumentSenderOptions {
  readonly sender: RequestSender;
  readonly describe: (error: unknown) => string;
  readonly showResponse: (title: string, text: string) => Promise<unknown>;
}

/** Sends requests from documents, shows the answer beside them and a failure on the request's own line. */
export class DocumentSender implements vscode.Disposable {
  readonly #diagnostics = vscode.languages.createDiagnosticCollection('fxiaoke');
  /** Bodies of the last answers to named requests, by document. */
  readonly #responses = new Map<string, Map<string, JsonValue>>();
  readonly #subscription: vscode.Disposable;

  constructor(private readonly options: DocumentSenderOptions) {
    this.#subscription = vscode.Disposable.from(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#diagnostics.delete(uri);
        this.#responses.delete(uri.toString());
      }),
      // What was answered to an older text says nothing about the new one.
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#diagnostics.delete(document.uri);
      }),
    );
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#diagnostics.dispose();
  }

  async send(
    document: vscode.TextDocument,
    file: RequestFile,
    node: RequestNode,
    { connection, byProgram, open }: { connection: string | undefined; byProgram: boolean; open: boolean },
  ): Promise<SentRequest> {
    this.#diagnostics.delete(document.uri);
    const title = vscode.l10n.t('Sending {0} …', node.target?.text ?? '');
    const sent = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
      sendRequest(this.options.sender, file, node, this.#sourceFor(document), { connection, byProgram }),
    );
    if ('problems' in sent) {
      if (sent.problems.some(({ code }) => code === 'promptCancelled' || code === 'secretMissing')) throw new CancelledError();
      throw this.#notSent(document, sent.problems);
    }
    this.#remember(document, sent);
    await this.#show(document, node, sent, open);
    return sent;
  }

  /** The body of the last answer to a named request of the document. */
  responseTo(document: vscode.TextDocument, name: string): JsonValue | undefined {
    return this.#responses.get(document.uri.toString())?.get(name);
  }

  #notSent(document: vscode.TextDocument, problems: readonly Problem[]): UserError {
    this.#diagnostics.set(
      document.uri,
      problems.map(problem => {
        const range = new vscode.Range(document.positionAt(problem.start), document.positionAt(problem.end));
        return new vscode.Diagnostic(range, problemSentence(problem), vscode.DiagnosticSeverity.Error);
      }),
    );
    const [first] = problems;
    const line = first ? document.positionAt(first.start).line + 1 : 0;
    return new UserError(vscode.l10n.t('Nothing was sent. Line {0}: {1}', line, first ? problemSentence(first) : ''));
  }

  #remember(document: vscode.TextDocument, { request, answer }: SentRequest): void {
    if (request.name === undefined) return;
    const key = document.uri.toString();
    const named = this.#responses.get(key) ?? new Map<string, JsonValue>();
    this.#responses.set(key, named.set(request.name, answer.body));
  }

  async #show(document: vscode.TextDocument, node: RequestNode, sent: SentRequest, open: boolean): Promise<void> {
    const { answer, connection, request } = sent;
    const { errorCode, errorMessage, traceId, context, milliseconds } = answer;
    const failed = errorCode !== 0;
    const name = request.title ?? request.name ?? new URL(context.url).pathname;
    if (open) await this.options.showResponse(name, answer.text);
    const icon = failed ? 'warning' : 'check';
    const summary = `${connection.name} · ${errorCode} · ${milliseconds} ms · ${traceId ?? ''}`;
    vscode.window.setStatusBarMessage(`$(${icon}) ${summary}`, 10_000);
    if (!failed) return;
    const sentence = this.options.describe(new ApiError(errorCode, errorMessage, traceId, context));
    const line = document.lineAt(document.positionAt(node.start).line);
    const diagnostic = new vscode.Diagnostic(line.range, sentence, vscode.DiagnosticSeverity.Error);
    diagnostic.source = 'Fxiaoke';
    diagnostic.code = errorCode;
    this.#diagnostics.set(document.uri, [diagnostic]);
  }

  #sourceFor(document: vscode.TextDocument): RequestSource {
    return {
      environment: () => undefined,
      response: name => this.responseTo(document, name),
      processVariable: name => process.env[name],
      now: () => new Date(),
      uuid: randomUUID,
      prompt: async question => vscode.window.showInputBox({ prompt: question, ignoreFocusOut: true }),
      secret: () => Promise.resolve(undefined),
      readFile: async path => {
        if (document.isUntitled) return undefined;
        const uri = vscode.Uri.joinPath(document.uri, '..', path);
        return vscode.workspace.fs.readFile(uri).then(
          bytes => new TextDecoder().decode(bytes),
          () => undefined,
        );
      },
    };
  }
}
