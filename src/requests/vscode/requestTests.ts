import * as vscode from 'vscode';
import { abortSignal } from '../../base/vscode/abortSignal';
import { isThere } from '../../base/vscode/isThere';
import { isCancellation } from '../../base/cancelled';
import type { RequestFile, Span } from '../nodes';
import type { Heading } from '../parsedSection';
import type { PlacedSection } from '../placedSection';
import type { SentRequest } from '../sendRequest';
import type { DocumentSender } from './documentSender';
import { languageId, parsed, rangeIn } from './requestFiles';
import { failures } from './testFailures';

export interface RequestTestsOptions {
  readonly sender: DocumentSender;
  readonly describe: (error: unknown) => string;
  /** Takes secrets out of what is shown. */
  readonly clean: (text: string) => string;
}

export type TestOutcome = 'passed' | 'failed' | 'errored' | 'skipped';

/** Long enough that a word is typed. */
const delay = 300;
/** Beyond this nobody finds one in a list. */
const mostFiles = 1000;

/**
 * Request files in the Test Explorer: each file a suite, each request a test. Nothing is there before one is opened; then
 * those of the workspace are found when somebody looks.
 */
export class RequestTests implements vscode.Disposable {
  #controller: vscode.TestController | undefined;
  #watcher: vscode.FileSystemWatcher | undefined;
  /** The files of the workspace are listed, so that new ones are too. */
  #isLookedAt = false;
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #subscription: vscode.Disposable;

  constructor(private readonly options: RequestTestsOptions) {
    const { workspace } = vscode;
    this.#subscription = vscode.Disposable.from(
      workspace.onDidOpenTextDocument(document => this.#list(document)),
      workspace.onDidChangeTextDocument(({ document }) => this.#soon(document)),
      workspace.onDidCloseTextDocument(document => this.#forget(document)),
      workspace.onDidDeleteFiles(({ files }) => files.forEach(uri => this.#remove(uri))),
      workspace.onDidRenameFiles(({ files }) => files.forEach(({ oldUri }) => this.#remove(oldUri))),
    );
    for (const document of workspace.textDocuments) this.#list(document);
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#subscription.dispose();
    this.#watcher?.dispose();
    this.#controller?.dispose();
  }

  get suites(): readonly vscode.TestItem[] {
    return this.#controller ? itemsOf(this.#controller.items) : [];
  }

  /** Sends what is asked for, one after the other; the outcomes by test are for who calls it from a program. */
  async run(
    request: vscode.TestRunRequest,
    token: vscode.CancellationToken,
  ): Promise<ReadonlyMap<string, TestOutcome>> {
    const run = this.#shown().createTestRun(request);
    const signal = abortSignal(token);
    const outcomes = new Map<string, TestOutcome>();
    try {
      const chosen = (request.include ?? this.suites).filter(item => !isExcluded(item, request));
      const read = chosen.filter(item => item.canResolveChildren);
      for (const item of read) if (!(await this.#readFor(run, item))) outcomes.set(item.id, 'errored');
      const there = chosen.filter(({ id }) => !outcomes.has(id));
      const tests = there.flatMap(testsOf).filter(test => !isExcluded(test, request));
      for (const test of tests) run.enqueued(test);
      for (const test of tests) outcomes.set(test.id, await this.#runOne(run, test, signal));
    } finally {
      run.end();
    }
    return outcomes;
  }

  async #runOne(run: vscode.TestRun, test: vscode.TestItem, signal: AbortSignal): Promise<TestOutcome> {
    const { sender, describe } = this.options;
    try {
      const document = test.uri && (await vscode.workspace.openTextDocument(test.uri));
      const file = document && parsed(document);
      const node = file && testsIn(file).get(test.id)?.section.request;
      if (signal.aborted || !document || !node) {
        run.skipped(test);
        return 'skipped';
      }
      run.started(test);
      const sent = await sender.send({ document, file, node }, { byProgram: false, open: false, signal });
      run.appendOutput(`${this.options.clean(outputOf(sent))}\r\n`, undefined, test);
      const messages = failures({ document, file, node }, sent, this.options.clean);
      if (messages.length === 0) run.passed(test, sent.answer.milliseconds);
      else run.failed(test, messages, sent.answer.milliseconds);
      return messages.length === 0 ? 'passed' : 'failed';
    } catch (error) {
      if (isCancellation(error)) {
        run.skipped(test);
        return 'skipped';
      }
      run.errored(test, new vscode.TestMessage(describe(error)));
      return 'errored';
    }
  }

  /** What cannot be read, as it is gone, say, is told at its suite. */
  async #readFor(run: vscode.TestRun, item: vscode.TestItem): Promise<boolean> {
    try {
      await this.#read(item);
      return true;
    } catch (error) {
      run.errored(item, new vscode.TestMessage(this.options.describe(error)));
      // Of a file that had only just come nobody may have said that it went.
      if (item.uri && !(await isThere(item.uri))) this.#remove(item.uri);
      return false;
    }
  }

  #shown(): vscode.TestController {
    if (this.#controller) return this.#controller;
    const controller = vscode.tests.createTestController('fxiaoke.requests', vscode.l10n.t('Fxiaoke requests'));
    const run = async (request: vscode.TestRunRequest, token: vscode.CancellationToken) => {
      await this.run(request, token);
    };
    controller.resolveHandler = item => (item ? this.#read(item) : this.#discover());
    controller.refreshHandler = () => this.#discover();
    controller.createRunProfile(vscode.l10n.t('Send'), vscode.TestRunProfileKind.Run, run, true);
    this.#controller = controller;
    this.#watch();
    return controller;
  }

  #soon(document: vscode.TextDocument): void {
    if (document.languageId !== languageId) return;
    const key = document.uri.toString();
    clearTimeout(this.#waiting.get(key));
    this.#waiting.set(
      key,
      setTimeout(() => this.#list(document), delay),
    );
  }

  #list(document: vscode.TextDocument): void {
    const isOurs = document.languageId === languageId && /^(file|untitled|vscode-.*)$/.test(document.uri.scheme);
    if (!isOurs || document.isClosed) return;
    const { items } = this.#shown();
    const suite = this.#suite(document.uri);
    suite.canResolveChildren = false;
    // What is there stays: a long file is not sent to the editor anew at every pause of who types.
    const tests = [...testsIn(parsed(document))].map(([id, { section, label, place }]) => {
      const test = suite.children.get(id) ?? this.#shown().createTestItem(id, label, suite.uri);
      const range = rangeIn(section, place);
      if (!test.range?.isEqual(range)) test.range = range;
      return test;
    });
    const listed = itemsOf(suite.children);
    if (tests.length !== listed.length || tests.some((test, at) => test !== listed[at])) suite.children.replace(tests);
    if (suite.children.size > 0) items.add(suite);
    else items.delete(suite.id);
  }

  #suite(uri: vscode.Uri): vscode.TestItem {
    const controller = this.#shown();
    const key = uri.toString();
    return controller.items.get(key) ?? controller.createTestItem(key, vscode.workspace.asRelativePath(uri), uri);
  }

  /** The files of the workspace, listed when somebody looks at the tests; each is read when it is unfolded or run. */
  async #discover(): Promise<void> {
    const { items } = this.#shown();
    const found = await vscode.workspace.findFiles('**/*.fxhttp', '**/node_modules/**', mostFiles);
    this.#isLookedAt = true;
    for (const uri of found) this.#listUnread(uri);
    const there = new Set(found.map(String));
    for (const { id, uri } of itemsOf(items)) {
      if (!there.has(id) && uri && vscode.workspace.getWorkspaceFolder(uri)) items.delete(id);
    }
  }

  #listUnread(uri: vscode.Uri): void {
    const suite = this.#suite(uri);
    if (suite.children.size === 0) suite.canResolveChildren = true;
    this.#shown().items.add(suite);
  }

  /** Files come and go outside of the editor too, when a branch is switched, say. */
  #watch(): void {
    this.#watcher = vscode.workspace.createFileSystemWatcher('**/*.fxhttp', false, true);
    this.#watcher.onDidDelete(uri => this.#remove(uri));
    this.#watcher.onDidCreate(uri => this.#isLookedAt && this.#listUnread(uri));
  }

  /** A file, or all those of a folder. */
  #remove(uri: vscode.Uri): void {
    for (const { id } of this.suites) {
      if (id === uri.toString() || id.startsWith(`${uri.toString()}/`)) this.#controller?.items.delete(id);
    }
  }

  async #read({ uri }: vscode.TestItem): Promise<void> {
    if (uri) this.#list(await vscode.workspace.openTextDocument(uri));
  }

  /** A file stays listed when its editor is closed; what was never saved is gone. */
  #forget(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.#waiting.get(key));
    this.#waiting.delete(key);
    if (document.isUntitled) this.#controller?.items.delete(key);
  }
}

/** What a run records of a request: where the answer can be looked for in the logs of the tenant. */
function outputOf({ shown, connection, answer }: SentRequest): string {
  const { errorCode, milliseconds, traceId, context } = answer;
  const ids = `traceId ${traceId ?? '–'} · thirdTraceId ${context.thirdTraceId}`;
  return `${shown.target} → ${errorCode} · ${Math.round(milliseconds)} ms · ${connection.name} · ${ids}`;
}

/** A request as it is listed. */
interface ListedTest {
  readonly section: PlacedSection;
  readonly label: string;
  /** In its section. */
  readonly place: Span;
}

/** The requests by an id that an edit elsewhere leaves as it is; several of one name are counted. */
function testsIn(file: RequestFile): Map<string, ListedTest> {
  const tests = new Map<string, ListedTest>();
  for (const section of file.sections) {
    const { heading } = section.parsed;
    if (!heading) continue;
    const label = labelOf(heading);
    let id = label;
    for (let n = 2; tests.has(id); n++) id = `${label} (${n})`;
    tests.set(id, { section, label, place: heading });
  }
  return tests;
}

function labelOf({ title, name, target }: Heading): string {
  return title ?? name ?? target ?? '…';
}

function testsOf(item: vscode.TestItem): vscode.TestItem[] {
  return item.children.size > 0 ? itemsOf(item.children) : [item];
}

/** Hiding a suite hides all that is in it. */
function isExcluded(item: vscode.TestItem | undefined, request: vscode.TestRunRequest): boolean {
  if (!item) return false;
  return request.exclude?.includes(item) === true || isExcluded(item.parent, request);
}

function itemsOf(items: vscode.TestItemCollection): vscode.TestItem[] {
  return [...items].map(([, item]) => item);
}
