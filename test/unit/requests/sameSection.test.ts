import assert from 'node:assert/strict';
import { Parser } from '../../../src/requests/parse';
import { sameRequest, sameSection } from '../../../src/requests/sameSection';

/** The line of the request that was the `at`th of a text, in what the text became. */
function lineOf(before: string, at: number, ...after: string[]): number | undefined {
  const parser = new Parser();
  const section = parser.parse(before).sections[at]!;
  const versions = after.map(text => parser.parse(text));
  return sameSection(versions.at(-1)!, section)?.line;
}

describe('requests/sameSection', () => {
  const a = '### a\nPOST /a\n';
  const b = '### b\nPOST /b\n';
  const [first, second] = [0, 1];

  it('finds a request below an edit', () => assert.equal(lineOf(a + b, second, `# more\n\n${a}${b}`), 4));
  it('finds none whose text changed', () => assert.equal(lineOf(a + b, second, a + b.replace('/b', '/c')), undefined));
  it('finds one that was put back', () => assert.equal(lineOf(a + b, second, a, a + b), 2));
  it('takes the nearest of those that read alike', () => {
    assert.equal(lineOf(a + b + a, first, a + b + a), 0);
    assert.equal(lineOf(a + b + a, 2, a + b + a), 4);
  });

  describe('edited', () => {
    const c = '### a\nPOST /a\n\n{}\n';
    const requestIn = (before: string, at: number, after: string) => {
      const parser = new Parser();
      const section = parser.parse(before).sections[at]!;
      return sameRequest(parser.parse(after), section)?.line;
    };
    it('is the one that is called so', () => assert.equal(requestIn(c + b, first, `${b}${c.replace('{}', '{ }')}`), 2));
    it('or, of several, the one in its place', () =>
      assert.equal(requestIn(a + c + c, second, a + c.replace('{}', '{ }') + c), 2));
    it('and none that calls something else', () =>
      assert.equal(requestIn(c + b, first, c.replace('/a', '/delete') + b), undefined));
    it('nor one of several elsewhere', () =>
      assert.equal(requestIn(c + c, first, `# x\n${c.replace('{}', '{ }')}${c.replace('{}', '{  }')}`), undefined));
  });
});
