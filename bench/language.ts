import type * as vscode from 'vscode';
import type { Field } from '../src/objects/fields';
import { Diagnoser } from '../src/requests/language/diagnose';
import { nothingKnown, type Knowledge } from '../src/requests/language/knowledge';
import { diagnosticsOf } from '../src/requests/vscode/requestDiagnostics';
import { parsed } from '../src/requests/vscode/requestFiles';
import { lensesOf } from '../src/requests/vscode/requestLenses';
import { RequestOutline } from '../src/requests/vscode/requestOutline';
import { middle, type Measurement } from './measurement';
import { MirroredDocument } from './vscode';

const requests = 2000;
const keystrokes = 1000;
const warmUp = 50;

/** A long file of requests: what opening it costs the extension host, and each keystroke in it. */
export async function language(): Promise<Measurement[]> {
  const openings = Array.from({ length: 12 }, () => {
    const editor = new Editor(lines());
    return timed(() => editor.look());
  });
  const editor = new Editor(lines());
  editor.look();
  const times: number[] = [];
  const full: number[] = [];
  for (let n = 0; n < keystrokes + warmUp; n++) {
    editor.type(n);
    const time = timed(() => editor.look());
    if (n >= warmUp) times.push(time);
    // By turns, so that whatever else the machine does meets both.
    if (n % 25 === 0) full.push(timed(() => new Editor([...editor.document.lines]).look()));
    // The editor is idle between two keystrokes as well.
    if (n % 10 === 0) await new Promise(resolve => setImmediate(resolve));
  }
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const size = `${requests} requests, ${(lines().join('\n').length / 1e6).toFixed(1)} MB`;
  return [
    { what: `a keystroke in a file of ${size}: median`, value: at(0.5), unit: 'ms', goal: { atMost: 16 } },
    { what: 'a keystroke: 99th percentile', value: at(0.99), unit: 'ms', goal: { atMost: 50 } },
    { what: 'a keystroke / all of it anew', value: middle(times) / middle(full), unit: '×' },
    { what: 'opening that file, cold', value: openings[0] ?? 0, unit: 'ms', goal: { atMost: 150 } },
    { what: 'opening that file again', value: middle(openings.slice(2)), unit: 'ms' },
  ];
}

/** Parse, diagnostics, symbols and lenses, as they run in the extension host. */
class Editor {
  readonly document: MirroredDocument & vscode.TextDocument;
  readonly #diagnoser = new Diagnoser();
  readonly #outline = new RequestOutline(() => Promise.resolve(undefined));

  constructor(text: string[]) {
    this.document = new MirroredDocument(text) as unknown as MirroredDocument & vscode.TextDocument;
  }

  look(): number {
    const { document } = this;
    const diagnosis = this.#diagnoser.diagnose(parsed(document), () => tenant);
    const diagnostics = diagnosticsOf(document, diagnosis);
    return diagnostics.length + this.#outline.provideDocumentSymbols(document).length + lensesOf(document).length;
  }

  /** A word is typed, one letter each time, now here and now there; then it is taken away again. */
  type(n: number): void {
    const word = ', "limi';
    const [at, step] = [Math.floor(n / (2 * word.length)), n % (2 * word.length)];
    const { lines: all } = this.document;
    const line = bodyLine(all, ((at * 7919) % requests) / requests);
    const text = all[line] ?? '';
    this.document.replaceLine(line, step < word.length ? text + word.charAt(step) : text.slice(0, -1));
  }
}

/** A line within a body, so far down the file. */
function bodyLine(all: readonly string[], share: number): number {
  return all.findIndex((line, at) => at >= share * all.length && line.includes('"offset"'));
}

function timed(work: () => number): number {
  const started = performance.now();
  if (work() === 0) throw new Error('Nothing was found in the file.');
  return performance.now() - started;
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
