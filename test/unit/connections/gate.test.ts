import assert from 'node:assert/strict';
import { RefusedError } from '../../../src/api/errors';
import { CancelledError } from '../../../src/base/cancelled';
import type { Role } from '../../../src/connections/connection';
import {
  Gate,
  judge,
  type ConfirmWrites,
  type PlannedWrite,
  type Verdict,
  type WriteOperation,
} from '../../../src/connections/gate';
import { acme } from '../fakes';

const planned = (rest: Partial<PlannedWrite> & { role?: Role } = {}): PlannedWrite => {
  const { role = 'development', ...write } = rest;
  return {
    connection: { ...acme, role },
    operation: 'update',
    object: 'AccountObj',
    count: 1,
    byProgram: false,
    ...write,
  };
};

const operations: WriteOperation[] = [
  ...(['create', 'update', 'changeOwner', 'invalidate', 'recover', 'delete', 'lock', 'unlock', 'send'] as const),
];
const settings: ConfirmWrites[] = ['always', 'destructive', 'production'];
const roles: Role[] = ['development', 'production', 'readOnly'];

/** What the contract says, once more and in other words. */
function expected(write: PlannedWrite, setting: ConfirmWrites): Verdict {
  const { connection, operation, count, byProgram, question } = write;
  if (connection.role === 'readOnly') return 'refuse';
  if (connection.role === 'production' && operation === 'delete') return 'type';
  // A call whose meaning is not known may be one of them.
  const irreversible = ['delete', 'invalidate', 'send'].includes(operation) || count > 1;
  const asks = [
    connection.role === 'production',
    question !== undefined,
    setting === 'always',
    setting === 'destructive' && irreversible && !byProgram,
  ];
  return asks.includes(true) ? 'ask' : 'pass';
}

describe('connections/gate', () => {
  describe('judge', () => {
    const check = (verdict: Verdict, setting: ConfirmWrites, write: Parameters<typeof planned>[0]) =>
      it(`${setting}, ${JSON.stringify(write)}: ${verdict}`, () =>
        assert.equal(judge(planned(write), setting), verdict));

    check('pass', 'destructive', {});
    check('pass', 'destructive', { operation: 'create' });
    check('ask', 'destructive', { count: 2 });
    check('ask', 'destructive', { operation: 'invalidate' });
    check('ask', 'destructive', { operation: 'delete' });
    check('pass', 'destructive', { operation: 'delete', count: 30, byProgram: true });
    check('ask', 'always', { byProgram: true });
    check('pass', 'production', { operation: 'delete', count: 30 });
    check('ask', 'production', { question: 'Really?', byProgram: true });
    check('ask', 'production', { role: 'production', byProgram: true });
    check('type', 'production', { role: 'production', operation: 'delete', byProgram: true });
    check('refuse', 'production', { role: 'readOnly', byProgram: true });
    for (const role of roles) {
      check('ask', 'production', { role, isRead: true, question: 'Really?' });
      check('pass', 'always', { role, isRead: true });
    }

    it('is right for every combination', () => {
      let combinations = 0;
      for (const setting of settings)
        for (const role of roles)
          for (const operation of operations)
            for (const count of [1, 2, 30])
              for (const byProgram of [false, true])
                for (const question of [undefined, 'Really?']) {
                  const write = planned({ role, operation, count, byProgram, question });
                  assert.equal(judge(write, setting), expected(write, setting), JSON.stringify({ setting, ...write }));
                  combinations++;
                }
      assert.equal(combinations, 3 * 3 * 9 * 3 * 2 * 2);
    });
  });

  describe('pass', () => {
    const gateOf = (answer: boolean, setting: ConfirmWrites = 'destructive') => {
      const asked: { write: PlannedWrite; verdict: string }[] = [];
      const confirm = (write: PlannedWrite, verdict: 'ask' | 'type') => {
        asked.push({ write, verdict });
        return Promise.resolve(answer);
      };
      return { gate: new Gate(confirm, () => setting), asked };
    };

    it('gives a permit for that tenant alone, without a question where none is due', async () => {
      const { gate, asked } = gateOf(false);
      const given = await gate.pass(planned());
      assert.equal(given.covers('c1'), true);
      assert.equal(given.covers('c2'), false);
      assert.equal(asked.length, 0);
    });

    it('asks about the very write and gives a permit when told to go on', async () => {
      const { gate, asked } = gateOf(true);
      const write = planned({ operation: 'delete', count: 3 });
      assert.equal((await gate.pass(write)).covers('c1'), true);
      assert.deepEqual(asked, [{ write, verdict: 'ask' }]);
    });

    it('asks to type the name before a delete in production', async () => {
      const { gate, asked } = gateOf(true);
      await gate.pass(planned({ role: 'production', operation: 'delete' }));
      assert.deepEqual(
        asked.map(({ verdict }) => verdict),
        ['type'],
      );
    });

    it('cancels when told no', async () => {
      const { gate } = gateOf(false);
      await assert.rejects(gate.pass(planned({ operation: 'delete' })), CancelledError);
    });

    it('refuses a read-only tenant without a question', async () => {
      const { gate, asked } = gateOf(true, 'always');
      await assert.rejects(
        gate.pass(planned({ role: 'readOnly', question: 'Really?' })),
        (error: unknown) => error instanceof RefusedError && error.code === 'readOnly' && error.subject === 'Acme',
      );
      assert.equal(asked.length, 0);
    });

    it('takes the setting as it is at the time', async () => {
      let setting: ConfirmWrites = 'always';
      const gate = new Gate(
        () => Promise.resolve(false),
        () => setting,
      );
      await assert.rejects(gate.pass(planned()), CancelledError);
      setting = 'production';
      await gate.pass(planned());
    });
  });
});
