import assert from 'node:assert/strict';
import { childrenOf, type Node } from '../../../src/requests/nodes';
import { parse, Parser } from '../../../src/requests/parse';
import { samples, treeOf } from './describeTree';

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

/** Calls back with a sample after each of many random edits to it. */
function forEachEdit(seed: number, rounds: number, check: (text: string) => void): void {
  const random = randomFrom(seed);
  for (const sample of Object.values(samples)) {
    let text = sample;
    for (let round = 0; round < rounds; round++) {
      if (round % 25 === 0) text = sample;
      const at = random(text.length + 1);
      const cut = random(3) === 0 ? random(12) : 0;
      text = text.slice(0, at) + (random(4) === 0 ? '' : edits[random(edits.length)]!) + text.slice(at + cut);
      check(text);
    }
  }
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
    this.timeout(60_000);
    const parser = new Parser();
    forEachEdit(20261123, 300, text => {
      const [again, anew] = [parser.parse(text), parse(text)];
      assert.deepEqual(treeOf(again), treeOf(anew));
      assert.deepEqual(again.problems, anew.problems);
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
