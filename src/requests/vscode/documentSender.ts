import * as vscode from 'vscode';
import { ApiError, isCallError, type CallError } from '../../api/errors';
import { CancelledError } from '../../base/cancelled';
import { UserError } from '../../base/userError';
import type { AssertionResult } from '../assertions';
import { parse } from '../parse';
import { sectionAt, type RequestFile, type RequestNode, type Span } from '../nodes';
import type { Problem } from '../problems';
import { sendRequest, type RequestSender, type SentRequest } from '../sendRequest';
import type { DocumentSources } from './documentSource';
import { isGivenUp, noRequest, problemSentence } from './problemSentences';
import type { Finding, RequestOutcomes } from './requestOutcomes';
import type { Running, RunningSends } from './runningSends';

export interface DocumentSenderOptions {
  readonly sender: RequestSender;
  readonly sources: DocumentSources;
  readonly outcomes: RequestOutcomes;
  readonly running: RunningSends;
  readonly describe: (error: unknown) => string;
  /** Told of each answer; gives the id under which the history keeps it. */
  readonly answered: (sent: SentRequest) => string | undefined;
  readonly showAnswer: (sent: SentRequest) => Promise<unknown>;
}

/** A request of a document. */
export interface DocumentRequest {
  readonly document: vscode.TextDocument;
  readonly file: RequestFile;
  readonly node: RequestNode;
}

export interface DocumentSendOptions {
  /** Picks the tenant in place of the file. */
  readonly connection?: string | undefined;
  readonly byProgram: boolean;
  /** Whether the answer is opened. */
  readonly open: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Sends nothing that may change data. */
  readonly readsOnly?: boolean;
}

/** Sends requests from documents, shows the answer beside them and what became of it at the request itself. */
export class DocumentSender {
  #hasSent = false;

  constructor(private readonly options: DocumentSenderOptions) {}

  /** Throws `UserError` where nothing could be sent; an answer with an errorCode is one all the same. */
  async send(request: DocumentRequest, options: DocumentSendOptions): Promise<SentRequest> {
    const title = vscode.l10n.t('Sending {0}…', nameOf(request.node));
    return this.options.running.show(title, ({ signal }) => this.#sendOne(request, options, signal), options.signal);
  }

  /**
   * Sends all requests of a file in order and stops at the first that fails: an errorCode, a failed assertion or
   * nothing sent, which throws. The answer that is opened is the last one.
   */
  async sendAll(
    document: vscode.TextDocument,
    file: RequestFile,
    options: DocumentSendOptions,
  ): Promise<SentRequest[]> {
    const title = vscode.l10n.t('Sending all requests of {0}…', vscode.workspace.asRelativePath(document.uri));
    const sent: SentRequest[] = [];
    const sendEach = async ({ signal, report }: Running) => {
      for (const node of file.requests) {
        report(`${sent.length + 1} / ${file.requests.length} ${nameOf(node)}`);
        sent.push(await this.#sendOne({ document, file, node }, { ...options, open: false }, signal));
        if (hasFailed(sent.at(-1))) break;
      }
    };
    try {
      await this.options.running.show(title, sendEach, options.signal);
    } finally {
      const last = sent.at(-1);
      if (last && options.open) await this.options.showAnswer(last);
    }
    return sent;
  }

  /** Sends the one request of a text that is in no document. */
  async sendText(text: string, options: DocumentSendOptions): Promise<SentRequest> {
    const file = parse(text);
    const [node] = file.requests;
    if (!node) throw new UserError(noRequest());
    const { sources, sender, running, answered, showAnswer } = this.options;
    const source = await sources.of(undefined, options.connection);
    const sent = await running.show(vscode.l10n.t('Sending {0}…', nameOf(node)), ({ signal }) =>
      sendRequest(sender, file, node, source, { ...options, signal }),
    );
    if ('problems' in sent) {
      if (sent.problems.some(isGivenUp)) throw new CancelledError();
      throw new UserError(sent.problems.map(problemSentence).join(' '));
    }
    answered(sent);
    if (options.open) await showAnswer(sent);
    return sent;
  }

  async #sendOne(request: DocumentRequest, options: DocumentSendOptions, signal: AbortSignal): Promise<SentRequest> {
    const { document, file, node } = request;
    const { sources, outcomes, sender } = this.options;
    if (signal.aborted) throw new CancelledError();
    outcomes.clear(document, placeOf(request));
    const source = await sources.of(document, options.connection);
    const { connection, byProgram, readsOnly } = options;
    const fromDisk = !document.isUntitled;
    const all = { connection, byProgram, signal, readsOnly, fromDisk };
    const sent = await sendRequest(sender, file, node, source, all).catch((error: unknown) => {
      if (isCallError(error)) this.#mark(request, [this.#failure(request, error)]);
      throw error;
    });
    if ('problems' in sent) {
      if (sent.problems.some(isGivenUp)) throw new CancelledError();
      throw this.#notSent(request, sent.problems);
    }
    if (sent.request.name !== undefined) sources.remember(document, sent.request.name, sent.answer.body);
    const { errorCode, errorMessage, traceId, context } = sent.answer;
    const failed = errorCode !== 0 && new ApiError(errorCode, errorMessage, traceId, context);
    const answer = this.options.answered(sent);
    this.#mark(request, failed ? [this.#failure(request, failed, answer)] : [], sent.assertions);
    this.#tellWalkthrough();
    if (options.open) await this.options.showAnswer(sent);
    return sent;
  }

  /** Ends a step of the walkthrough, which does not see the commands of lenses. */
  #tellWalkthrough(): void {
    if (!this.#hasSent) void vscode.commands.executeCommand('setContext', 'fxiaoke.requestSent', true);
    this.#hasSent = true;
  }

  #notSent(request: DocumentRequest, problems: readonly Problem[]): UserError {
    const { document } = request;
    const findings = problems.map(problem => ({
      start: problem.start,
      end: problem.end,
      message: problemSentence(problem),
    }));
    this.#mark(request, findings);
    const [first] = findings;
    const line = first ? document.positionAt(first.start).line + 1 : 0;
    return new UserError(vscode.l10n.t('Nothing was sent. Line {0}: {1}', line, first?.message ?? ''));
  }

  #mark(request: DocumentRequest, findings: readonly Finding[], assertions: readonly AssertionResult[] = []): void {
    this.options.outcomes.set(request.document, { ...placeOf(request), findings, assertions });
  }

  /** On the request's own line. */
  #failure({ document, node }: DocumentRequest, error: CallError, answer?: string): Finding {
    const line = document.lineAt(document.positionAt(node.start).line).range;
    const place = { start: document.offsetAt(line.start), end: document.offsetAt(line.end) };
    return { ...place, message: this.options.describe(error), failure: { error, answer } };
  }
}

/** Whether a request did not do what its author expects. */
export function hasFailed(sent: SentRequest | undefined): boolean {
  return sent !== undefined && (sent.answer.errorCode !== 0 || sent.assertions.some(({ passed }) => !passed));
}

export function nameOf({ title, name, target }: RequestNode): string {
  return title?.text ?? name?.value.text ?? target?.text ?? '';
}

/** From the separator to the last line of the request. */
function placeOf({ file, node }: DocumentRequest): Span {
  const section = sectionAt(file, node.start);
  return { start: section?.start ?? node.start, end: node.end };
}
