import assert from 'node:assert/strict';
import { cases } from './cases';
import type { AnyCase, ContractCase } from './contractCase';
import {
  liveCustomObject,
  liveHarness,
  missingForLive,
  sandboxHarness,
  type Harness,
  type SandboxHarness,
} from './harness';
import { outcome } from './outcome';

/** Runs a case and compares what came of it. */
async function check<H extends Harness>(
  harness: H,
  { does, expects }: { does: (h: H) => Promise<unknown>; expects: unknown },
) {
  harness.sent.length = 0;
  assert.deepEqual(await outcome(() => does(harness)), expects);
}

describe('contract with the sandbox', () => {
  for (const [topic, list] of Object.entries(cases)) {
    describe(topic, () => {
      let shared: SandboxHarness | undefined;
      after(() => shared?.close());
      for (const each of list) {
        it(each.name, async () => {
          if (each.sandboxOnly === undefined || each.shares) await check((shared ??= await sandboxHarness()), each);
          else await onItsOwn(each);
        });
      }
    });
  }

  async function onItsOwn(each: ContractCase & { sandboxOnly: string }): Promise<void> {
    const harness = await sandboxHarness(each.sandbox);
    try {
      await check(harness, each);
    } finally {
      await harness.close();
    }
  }
});

describe('contract with a live tenant', () => {
  if (missingForLive.length > 0) {
    it(`is not tried: ${missingForLive.join(', ')} not set`);
    return;
  }
  let harness: Harness;
  before(async () => (harness = await liveHarness()));
  after(() => harness.close());
  for (const [topic, list] of Object.entries(cases)) {
    describe(topic, () => {
      for (const each of list) {
        if (each.sandboxOnly !== undefined) it(`${each.name} (sandbox only: ${each.sandboxOnly})`);
        else if (each.onCustomObject && liveCustomObject === '')
          it(`${each.name} (FXIAOKE_TEST_CUSTOM_OBJECT not set)`);
        else onLive(each);
      }
    });
  }

  function onLive(each: AnyCase): void {
    it(each.name, async function () {
      this.timeout(60_000);
      await check(harness, each);
    });
  }
});
