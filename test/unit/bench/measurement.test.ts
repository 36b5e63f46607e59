import assert from 'node:assert/strict';
import { alternate } from '../../../bench/alternate';
import { isMet, middle, table, type Measurement } from '../../../bench/measurement';

describe('bench', () => {
  it('takes the middle of what it measured, whatever disturbed a quarter of it', () => {
    assert.equal(middle([3]), 3);
    assert.equal(middle([1, 2, 3, 1000]), 2.5);
    assert.equal(middle([0, 10, 10, 10, 10, 10, 500, 900]), 10);
  });

  it('tells which goals are met', () => {
    const measured = (value: number, goal?: Measurement['goal']) =>
      isMet({ what: 'x', value, unit: '', ...(goal && { goal }) });
    assert.equal(measured(1.15, { atMost: 1.15 }), true);
    assert.equal(measured(1.16, { atMost: 1.15 }), false);
    assert.equal(measured(97, { atLeast: 97 }), true);
    assert.equal(measured(96.9, { atLeast: 97 }), false);
    assert.equal(measured(NaN, { atMost: 1 }), false);
    assert.equal(measured(1), undefined);
  });

  it('shows a table in which a missed goal is marked', () => {
    const text = table([
      { what: 'gets', value: 1.2345, unit: '×', goal: { atMost: 1.15 } },
      { what: 'of the rate', value: 99.76, unit: '%', goal: { atLeast: 97 } },
      { what: 'calls', value: 530.4, unit: '/s' },
    ]);
    assert.deepEqual(text.split('\n'), [
      'gets         1.234  ×   goal: at most 1.15 – MISSED',
      'of the rate   99.8  %   goal: at least 97',
      'calls          530  /s',
    ]);
  });

  it('does both sides by turns until one has come to its end', async () => {
    const done: string[] = [];
    const block = (side: string, most: number) => () =>
      Promise.resolve(done.push(side) > 0 && done.filter(each => each === side).length <= most);
    const { ours, bare, ratio } = await alternate(2, block('ours', 4), block('bare', 9));
    assert.deepEqual(done, ['ours', 'bare', 'bare', 'ours', 'ours', 'bare', 'bare', 'ours', 'ours', 'bare']);
    assert.ok(ours >= 0 && bare >= 0 && ratio > 0);
  });
});
