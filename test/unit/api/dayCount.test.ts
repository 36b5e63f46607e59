import assert from 'node:assert/strict';
import { DayCount } from '../../../src/api/dayCount';
import { memoryState } from '../fakes';
import { VirtualClock } from '../virtualClock';

describe('api/dayCount', () => {
  const beforeMidnightInChina = Date.UTC(2026, 10, 23, 15, 59, 0);

  it('counts each tenant for itself', () => {
    const count = new DayCount(memoryState(), new VirtualClock());
    count.add('a');
    count.add('a');
    count.add('b');
    assert.deepEqual([count.today('a'), count.today('b'), count.today('c')], [2, 1, 0]);
  });

  it('survives a restart', async () => {
    const state = memoryState();
    const clock = new VirtualClock(beforeMidnightInChina);
    const count = new DayCount(state, clock);
    count.add('a');
    await clock.pass(2000);
    assert.equal(new DayCount(state, clock).today('a'), 1);
  });

  it('adds to what another window has counted', async () => {
    const state = memoryState();
    const clock = new VirtualClock(beforeMidnightInChina);
    const [one, other] = [new DayCount(state, clock), new DayCount(state, clock)];
    one.add('a');
    await one.save();
    other.add('a');
    await other.save();
    assert.deepEqual([one.today('a'), other.today('a')], [2, 2]);
  });

  it('begins anew at midnight in China', async () => {
    const state = memoryState();
    const clock = new VirtualClock(beforeMidnightInChina);
    const count = new DayCount(state, clock);
    count.add('a');
    await clock.pass(61_000);
    assert.equal(count.today('a'), 0);
  });

  it('tells when a tenant was called', () => {
    const told: string[] = [];
    const count = new DayCount(memoryState(), new VirtualClock());
    const listener = count.onDidChange(id => told.push(id));
    count.add('a');
    listener.dispose();
    count.add('a');
    assert.deepEqual(told, ['a']);
  });
});
