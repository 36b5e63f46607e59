import assert from 'node:assert/strict';
import type { WriteOperation } from '../../../src/api/endpoints';
import { RefusedError } from '../../../src/api/errors';
import { CancelledError } from '../../../src/base/cancelled';
import type { Connection, Role } from '../../../src/connections/connection';
import {
  Gate,
  judge,
  type Confirm,
  type ConfirmWrites,
  type PlannedWrite,
  type Verdict,
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
    interface Given {
      readonly agrees?: boolean;
      readonly setting?: ConfirmWrites;
      readonly role?: Role;
      /** What happens to the stored connection while each question is open. */
      readonly meanwhile?: (stored: Connection) => Connection | undefined;
    }
    const setUp = ({ agrees = true, setting = 'destructive', role = 'development', meanwhile }: Given = {}) => {
      const asked: [role: Role, verdict: string][] = [];
      let stored: Connection | undefined = { ...acme, role };
      const confirm: Confirm = ({ connection }, verdict) => {
        asked.push([connection.role, verdict]);
        if (stored && meanwhile) stored = meanwhile(stored);
        return Promise.resolve(agrees);
      };
      const find = (id: string) => (id === stored?.id ? stored : undefined);
      return { gate: new Gate(confirm, () => setting, find), asked };
    };
    const refusal = (code: string) => (error: unknown) =>
      error instanceof RefusedError && error.code === code && error.subject === 'Acme';
    const deletion = planned({ operation: 'delete', count: 3 });

    it('gives a permit for that tenant alone, without a question where none is due', async () => {
      const { gate, asked } = setUp({ agrees: false });
      const given = await gate.pass(planned());
      assert.equal(given.covers('c1'), true);
      assert.equal(given.covers('c2'), false);
      assert.equal(asked.length, 0);
    });

    it('asks about the very write and gives a permit when told to go on', async () => {
      const writes: PlannedWrite[] = [];
      const confirm: Confirm = write => Promise.resolve(writes.push(write) > 0);
      const gate = new Gate(
        confirm,
        () => 'destructive',
        () => acme,
      );
      assert.equal((await gate.pass(deletion)).covers('c1'), true);
      assert.deepEqual(writes, [deletion]);
    });

    it('asks to type the name before a delete in production', async () => {
      const { gate, asked } = setUp({ role: 'production' });
      await gate.pass(deletion);
      assert.deepEqual(asked, [['production', 'type']]);
    });

    it('cancels when told no', async () => {
      const { gate } = setUp({ agrees: false });
      await assert.rejects(gate.pass(deletion), CancelledError);
    });

    it('refuses a read-only tenant without a question', async () => {
      const { gate, asked } = setUp({ setting: 'always', role: 'readOnly' });
      await assert.rejects(gate.pass(planned({ question: 'Really?' })), refusal('readOnly'));
      assert.equal(asked.length, 0);
    });

    it('takes the setting as it is at the time', async () => {
      let setting: ConfirmWrites = 'always';
      const gate = new Gate(
        () => Promise.resolve(false),
        () => setting,
        () => acme,
      );
      await assert.rejects(gate.pass(planned()), CancelledError);
      setting = 'production';
      await gate.pass(planned());
    });

    it('goes by the connection as it is stored, whatever the caller holds', async () => {
      const { gate } = setUp({ role: 'readOnly' });
      await assert.rejects(gate.pass(planned({ role: 'development' })), refusal('readOnly'));
    });

    it('refuses what became read-only, or was removed, while the question was open', async () => {
      const guarded = setUp({ meanwhile: stored => ({ ...stored, role: 'readOnly' }) });
      await assert.rejects(guarded.gate.pass(deletion), refusal('readOnly'));
      const removed = setUp({ meanwhile: () => undefined });
      await assert.rejects(removed.gate.pass(deletion), refusal('signedOut'));
    });

    it('asks again when the answer was about another tenant or a less careful one', async () => {
      const promoted = setUp({ meanwhile: stored => ({ ...stored, role: 'production' }) });
      await promoted.gate.pass(deletion);
      assert.deepEqual(promoted.asked, [
        ['development', 'ask'],
        ['production', 'type'],
      ]);
      const moved = setUp({ meanwhile: stored => ({ ...stored, host: 'open-na.sharecrm.com' }) });
      await moved.gate.pass(deletion);
      assert.equal(moved.asked.length, 2);
    });

    it('looks once more after a question, and only then', async () => {
      let looks = 0;
      const afterQuestion = () => {
        looks++;
        return Promise.reject(new Error('changed meanwhile'));
      };
      await setUp().gate.pass({ ...planned(), afterQuestion });
      assert.equal(looks, 0);
      await assert.rejects(setUp().gate.pass({ ...deletion, afterQuestion }), /changed meanwhile/);
      assert.equal(looks, 1);
    });
  });
});
