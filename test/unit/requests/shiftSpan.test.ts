import assert from 'node:assert/strict';
import { shiftSpan } from '../../../src/requests/shiftSpan';

describe('requests/shiftSpan', () => {
  const check = (title: string, change: [start: number, end: number, inserted: number], expected?: [number, number]) =>
    it(title, () => {
      const [start, end, inserted] = change;
      const span = shiftSpan({ start: 10, end: 20 }, { start, end, inserted });
      assert.deepEqual(span, expected && { start: expected[0], end: expected[1] });
    });
  check('moves with what is inserted before', [3, 3, 4], [14, 24]);
  check('moves with what is deleted before', [3, 5, 0], [8, 18]);
  check('stays where it is when something changes behind', [21, 25, 100], [10, 20]);
  check('is gone when its text changes', [12, 12, 1]);
  check('is gone when something is added at its end', [20, 20, 1]);
  check('is gone when something is added at its start', [10, 10, 1]);
  check('is gone when it is replaced', [0, 30, 30]);
});
