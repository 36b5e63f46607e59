import assert from 'node:assert/strict';
import { Diagnoser } from '../../../src/requests/language/diagnose';
import { childrenOf, type Node, type RequestFile } from '../../../src/requests/nodes';
import { parse, Parser, type TextEdit } from '../../../src/requests/parse';
import type { ParsedSection } from '../../../src/requests/parsedSection';
import { SectionParser } from '../../../src/requests/parseSection';
import { samples, treeOf } from './describeTree';
import { tenant } from './language/knowledge';

const edits = [
  '\n',
  '\r\n',
  '#',
  '###',
  '@',
  '{',
  '}',
  '{{',
  '}}',
  '"',
  '\\',
  '：',
  '“',
  '”',
  '，',
  '/*',
  '//',
  '*/',
  '??',
  '<',
  '<@',
  '< {%',
  '> {%',
  '%}',
  '>> x',
  ' ',
  '\t',
  '\uFEFF',
  '\u2028',
  '𠮷',
  '\uD800',
  '\0',
  'POST /a',
  '# @name x',
  '@x = {{x}}',
  '[[[[',
];

/** Mulberry32: the same edits on every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function checkTree(node: Node, text: string): void {
  assert.ok(0 <= node.start && node.start <= node.end && node.end <= text.length, `${node.kind} is inside the text`);
  let before = node.start;
  for (const child of childrenOf(node)) {
    assert.ok(before <= child.start && child.end <= node.end, `${child.kind} is in order inside ${node.kind}`);
    before = child.end;
    checkTree(child, text);
  }
}

/** Short, so that edits meet the lines that lists are read from. */
const heads = [
  '### Title\n# said\n# @name x\n\n# more\nPOST /a/b\nx: 1\n\n{}\n',
  '###\r\nPOST /a\r\n# @name x\r\n\r\n{}\r\n### b\r\n/c HTTP/1.1\r\n',
  '#### a # b\n## c\n# @connection d\npost  /e?f={{g}} \n',
  '# @name x\n# @name y\n/a\n### 　t　 \n#@name: z\n\n\nPOST https://a/b\n@x = 1\n',
];

/** Calls back with a sample after each of many random edits to it; the edit is missing where a sample begins anew. */
function forEachEdit(
  seed: number,
  rounds: number,
  check: (text: string, edit?: TextEdit) => void,
  all: readonly string[] = Object.values(samples),
): void {
  const random = randomFrom(seed);
  for (const sample of all) {
    let text = sample;
    for (let round = 0; round < rounds; round++) {
      const isNew = round % 25 === 0;
      if (isNew) text = sample;
      const start = random(text.length + 1);
      const end = Math.min(text.length, start + (random(3) === 0 ? random(12) : 0));
      const edit = { start, end, text: random(4) === 0 ? '' : edits[random(edits.length)]! };
      text = text.slice(0, start) + edit.text + text.slice(end);
      if (isNew) check(text);
      else check(text, edit);
    }
  }
}

/** All that the features of the editor read off a file. */
function factsOf(file: RequestFile, diagnoser: Diagnoser) {
  const foundIn = diagnoser.of(file, () => tenant);
  return {
    text: file.text,
    end: file.end,
    tree: treeOf(file),
    problems: file.problems,
    duplicates: file.duplicates,
    connection: file.connection,
    variables: [...file.variables],
    sections: file.sections.map(section => ({
      place: [section.start, section.end, section.line],
      heading: section.heading,
      variables: section.parsed.variables,
      found: foundIn(section),
    })),
  };
}

function checkHeading(parsed: ParsedSection): void {
  const { heading, variables, request } = parsed;
  const whole = new SectionParser(parsed.text);
  assert.deepEqual(variables, whole.head.variables);
  assert.equal(heading === undefined, request === undefined);
  if (!heading || !request) return;
  const { start, end, top, lineEnd, name, title, method, target } = heading;
  assert.deepEqual(
    [start, top, lineEnd, name, title, method, target],
    [
      request.start,
      parsed.separator?.start ?? request.start,
      whole.head.lineEnd,
      ...[request.name?.value, request.title, request.method, request.target].map(each => each?.text),
    ],
  );
  assert.ok(request.end <= end, 'a request is inside its heading’s range');
}

describe('requests/parse fuzz', () => {
  it('never throws and keeps every offset inside the text and in order', function () {
    this.timeout(20_000);
    forEachEdit(20260101, 1500, text => {
      const file = parse(text);
      checkTree(file, text);
      let before = 0;
      for (const { start, end } of file.problems) {
        assert.ok(before <= start && start <= end && end <= text.length, 'problems are in order inside the text');
        before = start;
      }
    });
  });

  it('reads an edited file as if it had never seen another version', function () {
    this.timeout(120_000);
    const [told, untold] = [new Parser(), new Parser()];
    const [followed, compared] = [new Diagnoser(), new Diagnoser()];
    forEachEdit(20261123, 300, (text, edit) => {
      const anew = factsOf(parse(text), new Diagnoser());
      assert.deepEqual(factsOf(untold.parse(text), compared), anew);
      assert.deepEqual(factsOf(edit ? told.edit(edit) : told.parse(text), followed), anew);
    });
  });

  it('tells in a heading what reading all of the section tells', function () {
    this.timeout(20_000);
    const check = (text: string) => parse(text).sections.forEach(({ parsed }) => checkHeading(parsed));
    forEachEdit(20261124, 1000, check);
    forEachEdit(20261126, 5000, check, heads);
  });

  it('counts lines as an editor does', () => {
    forEachEdit(20261125, 300, text => {
      const alone = text.replace(/\r(?!\n)/g, '');
      for (const section of parse(alone).sections) {
        for (const offset of [0, section.parsed.end, section.parsed.heading?.end ?? 0]) {
          const before = alone.slice(0, section.start + offset).split('\n');
          const place = { line: before.length - 1, character: before.at(-1)!.length };
          // A byte order mark is no part of a document.
          if (section.start !== 1 || place.line > 0) assert.deepEqual(section.placeOf(offset), place);
        }
      }
    });
  });

  it('reads only the sections that an edit touched', () => {
    const parser = new Parser();
    const text = Array.from({ length: 5 }, (_, i) => `### ${i}\nPOST /a\n\n{ "a": ${i} }\n`).join('');
    const before = parser.parse(text).sections;
    const after = parser.parse(text.replace('"a": 2', '"a": 22')).sections;
    assert.deepEqual(
      after.map(({ parsed }, at) => parsed === before[at]?.parsed),
      [true, true, false, true, true],
    );
    // What stands before the edit is the very same; what stands behind it has moved.
    assert.deepEqual(
      after.map((section, at) => section === before[at]),
      [true, true, false, false, false],
    );
    const { start, end } = after[4]!.request!.body!;
    assert.equal(text.replace('"a": 2', '"a": 22').slice(start, end), '{ "a": 4 }');
  });
});
