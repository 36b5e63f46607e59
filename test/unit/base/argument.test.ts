import assert from 'node:assert/strict';
import { numberIn, textIn, textsIn } from '../../../src/base/argument';

describe('base/argument', () => {
  const check = <T>(read: (argument: Record<string, unknown>, key: string) => T, value: unknown, expected: T) =>
    it(`${read.name} of ${JSON.stringify(value)} is ${JSON.stringify(expected)}`, () =>
      assert.deepEqual(read({ key: value }, 'key'), expected));
  check(textIn, 'x', 'x');
  check(textIn, 1000, '1000');
  for (const value of ['', null, undefined, true, {}, ['x']]) check(textIn, value, undefined);
  check(textsIn, ['a', 'b'], ['a', 'b']);
  for (const value of [[], '', 'a', null, undefined, {}]) check(textsIn, value, undefined);
  check(numberIn, 5, 5);
  check(numberIn, 0, 0);
  for (const value of ['5', NaN, Infinity, null, undefined]) check(numberIn, value, undefined);
});
