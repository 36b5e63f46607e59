import assert from 'node:assert/strict';
import { wholeNumberWithin } from '../../../src/base/wholeNumber';

describe('base/wholeNumber', () => {
  const gives = (value: unknown, expected: number) =>
    it(`makes ${String(value)} ${expected}`, () => assert.equal(wholeNumberWithin(value, 30, 1, 600), expected));
  gives(30, 30);
  gives(601, 600);
  gives(Infinity, 600);
  gives(0, 1);
  gives(-5, 1);
  gives(1.4, 1);
  gives(0.1, 1);
  gives(NaN, 30);
  gives('45', 30);
  gives(null, 30);
});
