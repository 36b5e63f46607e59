import type * as vscode from 'vscode';
import { parentPort, Worker } from 'node:worker_threads';
import type { Clock } from '../src/base/clock';
import type { Field } from '../src/objects/fields';
import { nothingKnown, type Knowledge } from '../src/requests/language/knowledge';
import { RequestDiagnostics } from '../src/requests/vscode/requestDiagnostics';
import { followEdits } from '../src/requests/vscode/requestFiles';
import { RequestLenses } from '../src/requests/vscode/requestLenses';
import { RequestSymbols } from '../src/requests/vscode/requestSymbols';
import { middle, type Measurement } from './measurement';
import { diagnosed, MirroredDocument, opened } from './vscode';

const requests = 2000;
const keystrokes = 1000;
const warmUp = 50;
const coldOpenings = 5;
/** As many lenses as are in sight. */
const lensesInSight = 12;

/** A long file of requests: what opening it costs the extension host, and each keystroke in it. */
export async function language(): Promise<Measurement[]> {
  const cold: Opening[] = [];
  while (cold.length < coldOpenings) cold.push(await openingInNewThread());
  const editor = new Editor();
  await editor.open();
  const times: number[] = [];
  const again: Opening[] = [];
  for (let n = 0; n < keystrokes + warmUp; n++) {
    const time = await editor.type(n);
    if (n >= warmUp) times.push(time);
    // By turns, so that whatever else the machine does meets both.
    if (n % 25 === 0) again.push(await new Editor().open());
  }
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const size = `${requests} requests, ${(lines().join('\n').length / 1e6).toFixed(1)} MB`;
  const of = (openings: readonly Opening[], part: keyof Opening) => middle(openings.map(opening => opening[part]));
  return [
    { what: `a keystroke in a file of ${size}: median`, value: at(0.5), unit: 'ms', goal: { atMost: 16 } },
    { what: 'a keystroke: 99th percentile', value: at(0.99), unit: 'ms', goal: { atMost: 50 } },
    { what: 'a keystroke / all of it anew', value: middle(times) / of(again, 'whole'), unit: '×' },
    {
      what: 'opening that file, cold: until it can be worked in',
      value: of(cold, 'ready'),
      unit: 'ms',
      goal: { atMost: 150 },
    },
    {
      what: 'opening that file, cold: the host is busy at a time',
      value: of(cold, 'longest'),
      unit: 'ms',
      goal: { atMost: 150 },
    },
    { what: 'opening that file, cold: until all of it is checked', value: of(cold, 'whole'), unit: 'ms' },
    { what: 'opening that file again: until it can be worked in', value: of(again, 'ready'), unit: 'ms' },
    { what: 'opening that file again: until all of it is checked', value: of(again, 'whole'), unit: 'ms' },
  ];
}

/** In milliseconds. */
interface Opening {
  /** Until its symbols and lenses are there, and what is in sight is checked. */
  readonly ready: number;
  /** The longest time that nothing else could run in the extension host. */
  readonly longest: number;
  /** Until all of it is checked. */
  readonly whole: number;
}

/** The pause that waits for the end of a word is left out. */
const atOnce: Clock = {
  now: () => Date.now(),
  after: (_milliseconds, callback) => {
    const timer = setImmediate(callback);
    return () => clearImmediate(timer);
  },
};

/** What the extension does with a request file in the extension host, by its own ways. */
class Editor {
  static {
    followEdits();
    new RequestDiagnostics({ of: () => tenant, onDidChange: () => ({ dispose: () => undefined }) }, atOnce);
  }
  readonly #document = new MirroredDocument(lines(), { scheme: 'file', path: `/bench.fxhttp` });
  readonly #symbols = new RequestSymbols();
  readonly #lenses = new RequestLenses();

  async open(): Promise<Opening> {
    const busy = new LongestTask();
    const started = performance.now();
    const since = () => performance.now() - started;
    const [inSight, all] = [this.#checked(1), this.#checked(2)];
    opened.fire(this.#document);
    this.#look();
    const ready = inSight.then(since);
    await all;
    return { ready: await ready, whole: since(), longest: busy.stop() };
  }

  /** A word is typed, one letter each time, now here and now there; then it is taken away again. */
  async type(n: number): Promise<number> {
    const word = ', "limi';
    const [at, step] = [Math.floor(n / (2 * word.length)), n % (2 * word.length)];
    const line = bodyLine(this.#document.lines, ((at * 7919) % requests) / requests);
    const started = performance.now();
    const checked = this.#checked(1);
    this.#document.type(line, step < word.length ? word.charAt(step) : undefined);
    this.#look();
    await checked;
    return performance.now() - started;
  }

  /** What the editor asks for. */
  #look(): void {
    const document = this.#document as unknown as vscode.TextDocument;
    const lenses = this.#lenses.provideCodeLenses(document);
    for (const lens of lenses.slice(0, lensesInSight)) this.#lenses.resolveCodeLens(lens);
    const symbols = this.#symbols.provideDocumentSymbols(document);
    if (lenses.length < requests || symbols.length < requests) throw new Error('Not all requests were found.');
  }

  /** Until problems were shown so many times. */
  #checked(times: number): Promise<void> {
    return new Promise(resolve => {
      let left = times;
      const listener = diagnosed.event(({ uri, count }) => {
        if (uri !== this.#document.uri || --left > 0) return;
        if (count === 0) throw new Error('Nothing was found in the file.');
        listener.dispose();
        resolve();
      });
    });
  }
}

/** Watches how long others have to wait for the process. */
class LongestTask {
  #longest = 0;
  #last = performance.now();
  #next = setImmediate(() => this.#tick());

  stop(): number {
    clearImmediate(this.#next);
    return this.#longest;
  }

  #tick(): void {
    const now = performance.now();
    this.#longest = Math.max(this.#longest, now - this.#last);
    this.#last = now;
    this.#next = setImmediate(() => this.#tick());
  }
}

/** Where none of its code has run yet: that is how a person opens a file. */
function openingInNewThread(): Promise<Opening> {
  return new Promise((resolve, reject) => {
    new Worker(__filename).once('message', resolve).once('error', reject);
  });
}

/** What such a thread does. */
export async function openInThisThread(): Promise<void> {
  parentPort?.postMessage(await new Editor().open());
}

/** A line within a body, so far down the file. */
function bodyLine(all: readonly string[], share: number): number {
  return all.findIndex((line, at) => at >= share * all.length && line.includes('"offset"'));
}

function lines(): string[] {
  return Array.from({ length: requests }, (_, n) => requestText(n)).flatMap(text => text.split('\n'));
}

/** About 1 KB; every tenth has something for the checks to find. */
function requestText(n: number): string {
  const filters = Array.from(
    { length: 8 },
    (_, at) =>
      `        { "field_name": "field_${(n + at) % 80}", "operator": "EQ", "field_values": ["{{size}}", "${n}"] },`,
  );
  return `${n === 0 ? '@size = 20\n' : ''}### Customers ${n}
# @name list${n}
POST /cgi/crm/v2/data/query
x-request: ${n}

{
  // by hand, with a comment
  "data": {
    "dataObjectApiName": "AccountObj",
    "find_explicit_total_num": true,
    "search_query_info": {
      "limit": ${n % 10 === 0 ? 500 : 50},
      "offset": 0,
      "filters": [
${filters.join('\n')}
      ],
      "orders": [{ "fieldName": "field_1", "isAsc": false }],
    },
  },
}

?? errorCode == 0
?? data.total > ${n}
`;
}

const fields: readonly Field[] = Array.from({ length: 120 }, (_, n) => ({
  apiName: `field_${n}`,
  label: `Field ${n}`,
  type: n % 3 === 0 ? 'number' : 'text',
  required: n % 10 === 0,
  options: [],
  target: undefined,
}));

const tenant: Knowledge = {
  ...nothingKnown,
  objects: Array.from({ length: 200 }, (_, n) => ({
    apiName: n === 0 ? 'AccountObj' : `Object${n}Obj`,
    label: `Object ${n}`,
    englishName: undefined,
    kind: 'preset',
    group: 'Sales',
  })),
  fields: () => fields,
};
