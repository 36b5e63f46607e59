import * as vscode from 'vscode';
import { apiError } from '../../api/answer';
import { isCallError, type CallError } from '../../api/errors';
import { CancelledError } from '../../base/cancelled';
import { UserError } from '../../base/userError';
import type { AssertionResult } from '../assertions';
import { parse } from '../parse';
import { sectionAt, type RequestFile, type RequestNode } from '../nodes';
import { hasFailed, isRefused } from '../outcome';
import type { ParsedSection } from '../parsedSection';
import { connectionNameOf } from '../plainVariables';
import { variableProblems } from '../prepare';
import type { Problem } from '../problems';
import { sendRequest, type RequestSender, type SentRequest } from '../sendRequest';
import type { DocumentSources } from './documentSource';
import { isAboutRequest, likelyCauses } from './likelyCauses';
import { isGivenUp, noRequest, problemSentence } from './problemSentences';
import type { Failure, Finding, RequestOutcomes } from './requestOutcomes';
import { requestTitle } from './requestTitle';
import type { Running, RunningSends } from './runningSends';
import { standing } from './standing';

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

/** What a person sent and waits for: a request, or all of a document. */
interface UnderWay {
  readonly what: ParsedSection | vscode.TextDocument | undefined;
  readonly connection: string | undefined;
}

/** Sends requests from documents, shows the answer beside them and what became of it at the request itself. */
export class DocumentSender {
  readonly #underWay = new Set<UnderWay>();
  #hasSent = false;

  constructor(private readonly options: DocumentSenderOptions) {}

  /** Throws `UserError` where nothing could be sent; an answer with an errorCode is one all the same. */
  async send(request: DocumentRequest, options: DocumentSendOptions): Promise<SentRequest> {
    const title = vscode.l10n.t('Sending {0}…', nameOf(request.node));
    const send = () =>
      this.options.running.show(title, ({ signal }) => this.#sendOne(request, options, signal), options.signal);
    return this.#once(sectionAt(request.file, request.node.start)?.parsed, options, send);
  }

  /**
   * Sends all requests of a file in order and stops at the first that fails: an errorCode that no assertion expects, a
   * failed assertion or nothing sent, which throws. The answer that is opened is the last one.
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
        const one = await this.#sendOne({ document, file, node }, { ...options, open: false }, signal);
        sent.push(one);
        if (hasFailed(one)) break;
      }
    };
    try {
      await this.#once(document, options, () => this.options.running.show(title, sendEach, options.signal));
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

  /** Not at the second click of a double click: a record must not be created twice. */
  async #once<T>(
    what: UnderWay['what'],
    { byProgram, connection }: DocumentSendOptions,
    send: () => Promise<T>,
  ): Promise<T> {
    if (byProgram) return send();
    const isSame = (each: UnderWay) => each.what === what && each.connection === connection;
    if ([...this.#underWay].some(isSame)) throw new CancelledError();
    const underWay = { what, connection };
    this.#underWay.add(underWay);
    return send().finally(() => this.#underWay.delete(underWay));
  }

  async #sendOne(request: DocumentRequest, options: DocumentSendOptions, signal: AbortSignal): Promise<SentRequest> {
    const { document, file, node } = request;
    const { sources, outcomes, sender } = this.options;
    if (signal.aborted) throw new CancelledError();
    const place = standing(request);
    if (place) outcomes.clear(document, place);
    const source = await sources.of(document, options.connection);
    const { connection, byProgram, readsOnly } = options;
    const fromDisk = !document.isUntitled;
    const all = { connection, byProgram, signal, readsOnly, fromDisk };
    const sent = await sendRequest(sender, file, node, source, all).catch((error: unknown) => {
      if (isCallError(error))
        this.#mark(request, [this.#failure(request, error, { tenant: this.#tenantOf(request, options) })]);
      throw error;
    });
    if ('problems' in sent) {
      if (sent.problems.some(isGivenUp)) throw new CancelledError();
      throw await this.#notSent(request, sent.problems);
    }
    if (sent.request.name !== undefined) sources.remember(document, sent.request.name, sent);
    const failed = isRefused(sent) && apiError(sent.answer);
    const answer = this.options.answered(sent);
    // Begun before the marks are set: the person waits for the editor to show it.
    const shown = options.open ? this.options.showAnswer(sent) : undefined;
    this.#mark(
      request,
      failed ? [this.#failure(request, failed, { tenant: sent.connection.id, answer })] : [],
      sent.assertions,
    );
    this.#tellWalkthrough();
    await shown;
    return sent;
  }

  /** Ends a step of the walkthrough, which does not see the commands of lenses. */
  #tellWalkthrough(): void {
    if (!this.#hasSent) void vscode.commands.executeCommand('setContext', 'fxiaoke.requestSent', true);
    this.#hasSent = true;
  }

  /** Marks what nobody sees while typing; what the checks of the text and of its variables find is marked already. */
  async #notSent(request: DocumentRequest, problems: readonly Problem[]): Promise<UserError> {
    const { document, file, node } = request;
    const source = await this.options.sources.of(document);
    const ofVariables = vscode.workspace.isTrusted ? variableProblems(node, file, source) : [];
    const isMarked = (found: Problem) =>
      [...(sectionAt(file, found.start)?.problems ?? []), ...ofVariables].some(each => isSame(each, found));
    const news = problems.filter(each => !isMarked(each));
    this.#mark(
      request,
      news.map(each => ({ start: each.start, end: each.end, message: problemSentence(each) })),
    );
    const [first] = problems;
    const section = first && sectionAt(file, first.start);
    const line = section ? section.placeOf(first.start - section.start).line + 1 : 0;
    return new UserError(vscode.l10n.t('Nothing was sent. Line {0}: {1}', line, first ? problemSentence(first) : ''));
  }

  #mark(request: DocumentRequest, findings: readonly Finding[], assertions: readonly AssertionResult[] = []): void {
    // What is edited meanwhile is no longer what was answered.
    const place = standing(request);
    if (!place) return;
    const { start, end, now } = place;
    this.options.outcomes.set(request.document, {
      start,
      end,
      findings: findings.flatMap(each => now(each) ?? []),
      assertions: assertions.flatMap(each => now(each) ?? []),
    });
  }

  /** On the request's own line. */
  #failure(request: DocumentRequest, error: CallError, more: Omit<Failure, 'error'>): Finding {
    const { file, node } = request;
    const end = sectionAt(file, node.start)?.heading?.lineEnd ?? node.end;
    const causes = isAboutRequest(error) ? likelyCauses(request) : [];
    const likely = causes.length > 0 ? [vscode.l10n.t('Likely: {0}', causes.join(' '))] : [];
    const message = [this.options.describe(error), ...likely].join(' ');
    return { start: node.start, end, message, failure: { error, ...more } };
  }

  /** As far as the text says it; the rest is said by the error. */
  #tenantOf({ file, node }: DocumentRequest, { connection }: DocumentSendOptions): string | undefined {
    return this.options.sources.connectionOf(connection ?? connectionNameOf(file, node))?.id;
  }
}

function isSame(a: Problem, b: Problem): boolean {
  return a.code === b.code && a.start === b.start && a.end === b.end;
}

export function nameOf({ title, name, target }: RequestNode): string {
  return requestTitle({ title: title?.text, name: name?.value.text, target: target?.text ?? '' });
}
