import assert from 'node:assert/strict';
import { ArgumentError, numberIn, textIn, textsIn } from '../../../src/base/argument';

type Read = (argument: Record<string, unknown>, key: string) => unknown;

describe('base/argument', () => {
  const reads = (read: Read, value: unknown, expected = value) =>
    it(`${read.name} of ${JSON.stringify(value)} is ${JSON.stringify(expected)}`, () =>
      assert.deepEqual(read({ key: value }, 'key'), expected));
  const refuses = (read: Read, ...values: unknown[]) => {
    for (const value of values)
      it(`${read.name} refuses ${String(value)} (${typeof value})`, () =>
        assert.throws(() => read({ key: value }, 'key'), ArgumentError));
  };
  for (const read of [textIn, textsIn, numberIn]) reads(read, undefined);
  reads(textIn, 'x');
  reads(textIn, 1000, '1000');
  refuses(textIn, '', ' ', null, true, {}, ['x']);
  reads(textsIn, ['a', 'b']);
  reads(textsIn, []);
  refuses(textsIn, '', 'a', null, {}, ['a', 5], ['']);
  reads(numberIn, 5);
  reads(numberIn, 0);
  refuses(numberIn, '5', NaN, Infinity, null, {});
});
