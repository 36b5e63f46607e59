import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bracketFolds } from '../../../../src/requests/language/bracketFolds';

describe('requests/language/bracketFolds', () => {
  const check = (title: string, lines: readonly string[], expected: readonly (readonly [number, number])[]) =>
    it(title, () => {
      const found = bracketFolds(lines.join('\n')).map(({ first, last }) => [first, last]);
      assert.deepEqual(found, expected);
    });

  check('leaves the line of the closing bracket in sight', ['{', '"a": 1', '}'], [[0, 1]]);
  check('folds nothing where there is nothing between', ['{', '}', '{}', '[ ]'], []);
  check('folds the outermost of those that open on one line', ['[{', '"a": 1,', '"b": 2', '}]'], [[0, 2]]);
  check(
    'folds what is inside of others',
    ['{', '"a": [', '1,', '2', '],', '"b": 1', '}'],
    [
      [0, 5],
      [1, 3],
    ],
  );
  check('passes over strings and comments', ['{', '"a": "{ [",', '// ]', '/* }', '} */', '"b": 1', '}'], [[0, 5]]);
  check('takes variables for what they are', ['{', '"a": {{x}},', '"b": "{{y}}"', '}'], [[0, 2]]);
  check(
    'bears a bracket too many and one too few',
    [']', '{', '1', '}', '[', '{', '2', '}'],
    [
      [1, 2],
      [5, 6],
    ],
  );
  check('ends a string with its line', ['{', '"a: {', '1', '}'], [[0, 2]]);

  it('stays within the text, whatever that is', () => {
    const texts = fc.array(fc.constantFrom('{', '}', '[', ']', '"', '\\', '//', '/*', '*/', '\n', '\r\n', 'a'));
    fc.assert(
      fc.property(texts, parts => {
        const text = parts.join('');
        const folds = bracketFolds(text);
        const lines = text.split('\n').length;
        for (const { first, last } of folds) assert.ok(0 <= first && first < last && last < lines - 1);
        assert.equal(new Set(folds.map(({ first }) => first)).size, folds.length);
      }),
    );
  });
});
