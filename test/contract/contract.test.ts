import assert from 'node:assert/strict';
import { getRecord } from '../../src/records/recordCalls';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { cases } from './cases';
import type { AnyCase, ContractCase } from './contractCase';
import {
  liveTenant,
  missingForLive,
  sandboxHarness,
  tenantHarness,
  type GivenTenant,
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
  if (missingForLive.length > 0) it(`is not tried: ${missingForLive.join(', ')} not set`);
  else onTenant(() => Promise.resolve(liveTenant()), { hasCustomObject: liveTenant().customObject !== '', leftOut });
});

/** So that it works on the day that there is a live one. */
describe('contract with a sandbox that is treated as a live tenant', () => {
  let sandbox: Sandbox;
  after(() => sandbox.close());
  onTenant(
    async () => {
      sandbox = await startSandbox();
      return { ...sandbox, host: sandbox.url, customObject: 'object_lease__c' };
    },
    { hasCustomObject: true },
  );
});

/** Shows what is not tried, and why. */
function leftOut(reason: string): void {
  it(reason);
}

/** All cases one after the other, in the tenant as it is; nothing that was made there stays. */
function onTenant(
  tenant: () => Promise<GivenTenant>,
  { hasCustomObject, leftOut = () => undefined }: { hasCustomObject: boolean; leftOut?: (reason: string) => void },
): void {
  let harness: Harness;
  before(async () => (harness = await tenantHarness(await tenant())));
  after(async () => {
    const { made } = harness;
    const everything = [...made];
    await harness.close();
    assert.deepEqual(await left(harness, everything), []);
  });
  for (const [topic, list] of Object.entries(cases)) {
    describe(topic, () => {
      for (const each of list) {
        if (each.sandboxOnly !== undefined) leftOut(`${each.name} (sandbox only: ${each.sandboxOnly})`);
        else if (each.onCustomObject && !hasCustomObject) leftOut(`${each.name} (no custom object is given)`);
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
}

/** Which of the records are still there, in whatever state. */
async function left({ client }: Harness, made: Harness['made']): Promise<string[]> {
  const found = await Promise.all(
    made.map(({ object, id }) => outcome(() => getRecord(client, object, id).then(({ record }) => record['_id']))),
  );
  return found.filter((id): id is string => typeof id === 'string' && made.some(each => each.id === id));
}
