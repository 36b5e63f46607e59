import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import type { CommandId } from '../../src/commands';
import { connect, openRequests, refusal, removeConnections, run, startSandbox } from './commands';
import { Witness } from './witness';

const object = 'WebImVisitorObj';
const id = '64f0c0ffee00000000000001';

describe('an argument of another shape than the contract says', () => {
  let sandbox: ChildProcess;
  let witness: Witness;

  before(async () => {
    const started = await startSandbox();
    sandbox = started.process;
    await removeConnections();
    witness = await Witness.before(started.login.url);
    await connect({ ...started.login, url: witness.url });
  });
  beforeEach(() => witness.forget());
  after(async () => {
    await removeConnections();
    witness.stop();
    sandbox.kill();
  });

  /** Refused in words that name the part, and nothing is sent. */
  const refuses = (command: CommandId, argument: object, says: RegExp) =>
    it(`${command} ${JSON.stringify(argument)}`, async () => {
      assert.match(await refusal(run(command, { open: false, ...argument })), says);
      assert.deepEqual(witness.calls, []);
    });

  // What is meant for one tenant must not be written to another.
  for (const connection of [null, '', ' ', ['Test'], { id: 'Test' }, true]) {
    refuses('fxiaoke.record.delete', { object, ids: [id], connection }, /argument connection/);
    refuses('fxiaoke.record.update', { object, id, data: { name: 'x' }, connection }, /argument connection/);
    refuses('fxiaoke.object.list', { connection }, /argument connection/);
  }
  refuses('fxiaoke.record.delete', { object, ids: id }, /argument ids must be a list/);
  refuses('fxiaoke.record.delete', { object, ids: [] }, /argument ids/);
  refuses('fxiaoke.record.delete', { object, ids: [1] }, /argument ids/);
  refuses('fxiaoke.record.get', { object, id: { id } }, /argument id must be a text/);
  refuses('fxiaoke.record.get', { object: null, id }, /argument object/);
  refuses('fxiaoke.record.changeOwner', { object, ids: [id], owner: ['1001', '1002'] }, /argument owner/);
  refuses('fxiaoke.record.create', { object, data: 'x' }, /argument data/);
  for (const details of ['x', [1], { DetailObj: {} }, { DetailObj: [1] }])
    refuses('fxiaoke.record.create', { object, data: { name: 'x' }, details }, /argument details/);
  refuses('fxiaoke.record.query', { object, limit: 'abc' }, /argument limit must be a number/);
  refuses('fxiaoke.record.query', { object, offset: '2' }, /argument offset/);
  for (const fields of ['name', { a: 1 }, ['name', 5]])
    refuses('fxiaoke.record.query', { object, fields }, /argument fields/);

  describe('which names a request', () => {
    const text = `POST /cgi/crm/v2/data/get\n\n{"data":{"dataObjectApiName":"${object}","objectDataId":"${id}"}}\n`;
    const cases: readonly [object, RegExp][] = [
      [{ line: 'x' }, /argument line must be a number/],
      [{ line: 99 }, /no line 99/],
      [{ line: -1 }, /no line -1/],
      [{ line: 1.5 }, /no line 1\.5/],
      [{ name: '' }, /argument name/],
      [{ connection: { id: 'Test' } }, /argument connection/],
    ];
    for (const [argument, says] of cases)
      it(JSON.stringify(argument), async () => {
        const { uri } = await openRequests(text);
        assert.match(await refusal(run('fxiaoke.request.send', { uri, open: false, ...argument })), says);
        assert.deepEqual(witness.calls, []);
      });
  });

  for (const whole of ['AccountObj', 5, [1], true])
    it(`is no object at all: ${JSON.stringify(whole)}`, async () => {
      const call = vscode.commands.executeCommand('fxiaoke.record.get', whole);
      assert.match(await refusal(call), /must be an object of names and values/);
      assert.deepEqual(witness.calls, []);
    });
});
