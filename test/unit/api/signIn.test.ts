import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { byCredentials } from '../../../src/api/grants';
import { tokenLimit } from '../../../src/api/rateLimiter';
import { SignIn } from '../../../src/api/signIn';
import { sleep } from '../../../src/base/clock';
import { FakeTenant, input, oneWindow, signedIn } from '../fakes';
import { VirtualClock } from '../virtualClock';

/** Windows that take turns, as their lock has them do, and share what they know of each other. */
function windowsOn(clock: VirtualClock, count: number, { share = true, lasts = 0 } = {}) {
  const arrivals: number[] = [];
  const tenant = new FakeTenant(async () => {
    arrivals.push(clock.now());
    await sleep(clock, lasts);
    return signedIn();
  });
  const times = new Map<string, readonly number[]>();
  const shared = (app: string) => ({
    read: () => Promise.resolve([...(times.get(app) ?? [])]),
    write: (written: readonly number[]) => Promise.resolve(void times.set(app, written)),
  });
  const tokenCalls = share ? shared : oneWindow.tokenCalls;
  const windows = Array.from(
    { length: count },
    () => new SignIn({ wire: tenant.wire(() => clock.now()), clock, random: () => 1, tokenCalls }),
  );
  const grant = byCredentials(input);
  const call = { connection: 'Acme', origin: 'https://open.fxiaoke.com', appId: input.appId, grant };
  let turn: Promise<unknown> = Promise.resolve();
  const signIn = (window: number, appId = call.appId) =>
    (turn = turn.then(() => windows[window % count]!.token({ ...call, appId })));
  return { signIn, arrivals, times };
}

const most = (arrivals: readonly number[]) =>
  Math.max(
    ...arrivals.map(from => arrivals.filter(time => time >= from && time < from + tokenLimit.milliseconds).length),
  );

describe('api/signIn', () => {
  it('makes no more than ten token calls in any minute, whichever windows ask and when', async () => {
    const asked = fc.array(fc.record({ window: fc.nat(2), wait: fc.nat(9000) }), { minLength: 12, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(asked, fc.nat(900), async (list, lasts) => {
        const clock = new VirtualClock();
        const { signIn, arrivals } = windowsOn(clock, 3, { lasts });
        for (const { window, wait } of list) {
          void signIn(window);
          await clock.pass(wait);
        }
        await clock.pass(10 * tokenLimit.milliseconds);
        assert.equal(arrivals.length, list.length);
        assert.ok(most(arrivals) <= tokenLimit.calls);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps to it in a window that cannot know of others', async () => {
    const clock = new VirtualClock();
    const { signIn, arrivals } = windowsOn(clock, 1, { share: false });
    for (let n = 0; n < 25; n++) void signIn(0);
    await clock.pass(3 * tokenLimit.milliseconds);
    assert.deepEqual([arrivals.length, most(arrivals)], [25, tokenLimit.calls]);
  });

  it('counts each app by itself', async () => {
    const clock = new VirtualClock();
    const { signIn, arrivals } = windowsOn(clock, 2);
    for (let n = 0; n < 20; n++) void signIn(n, n < 10 ? 'FSAID_1' : 'FSAID_2');
    await clock.pass(0);
    assert.equal(arrivals.length, 20);
  });

  it('does not wait for times that lie ahead, as the clock was set back', async () => {
    const clock = new VirtualClock();
    const { signIn, arrivals, times } = windowsOn(clock, 1);
    void signIn(0);
    await clock.pass(0);
    const [app] = times.keys();
    times.set(app!, Array<number>(10).fill(clock.now() + 3_600_000));
    void signIn(0);
    await clock.pass(0);
    assert.equal(arrivals.length, 2);
  });
});
