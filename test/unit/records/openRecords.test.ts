import assert from 'node:assert/strict';
import { ApiError, RefusedError } from '../../../src/api/errors';
import { CancelledError } from '../../../src/base/cancelled';
import { isJsonObject, parseJson, printJson, type JsonObject } from '../../../src/base/json';
import { Gate, type ConfirmWrites, type PlannedWrite } from '../../../src/connections/gate';
import type { Connection, Role } from '../../../src/connections/connection';
import { OpenRecords } from '../../../src/records/openRecords';
import { RecordSaves, type SaveOutcome } from '../../../src/records/recordSaves';
import { RecordService } from '../../../src/records/recordService';
import { FakeTenant, input, signedIn, tokenPath, world } from '../fakes';

const id = '64f0c0ffee00000000000001';
const original = `{"_id":"${id}","name":"北京纷扬","amount":1.10,"level":"1","owner":["1000"],"owner__r":{"id":"1000"},"version":"3"}`;

interface Given {
  readonly role?: Role;
  readonly agrees?: boolean;
  readonly describe?: JsonObject;
  readonly setting?: ConfirmWrites;
  /** What others change while the person is asked. */
  readonly whileAsked?: JsonObject;
}

/** One record in a tenant that takes updates; all writes pass a gate whose person answers `agrees`. */
async function setUp(given: Given = {}) {
  const { role = 'development', agrees = true, describe, setting = 'destructive', whileAsked } = given;
  let stored = object(original);
  const tenant = new FakeTenant(({ url, text }) => {
    if (url.pathname === tokenPath) return signedIn();
    if (url.pathname.endsWith('/get')) return { errorCode: 0, data: stored };
    const { data } = object(text) as unknown as { data: { object_data: JsonObject } };
    stored = { ...stored, ...data.object_data };
    return { errorCode: 0, dataId: id };
  });
  const { clock, openWindow } = world(tenant);
  const { connections } = openWindow();
  const connection = await connections.add({ ...input, role });
  const where = { connection };
  const asked: PlannedWrite[] = [];
  const confirm = (write: PlannedWrite) => {
    asked.push(write);
    stored = { ...stored, ...whileAsked };
    return Promise.resolve(agrees);
  };
  const service = new RecordService(
    connections,
    new Gate(
      confirm,
      () => setting,
      id => connections.store.find(id),
    ),
    String,
  );
  const shown = { companions: false };
  const open = new OpenRecords({
    service,
    connectionOf: () => where.connection,
    findConnection: () => where.connection,
    describeOf: () => Promise.resolve(describe),
    showCompanions: () => shown.companions,
    now: () => clock.now,
  });
  const ref = { connectionId: connection.id, object: 'AccountObj', id };
  const updates = () => tenant.calls.filter(({ url }) => url.pathname.endsWith('/update'));
  const change = (changes: JsonObject) => (stored = { ...stored, ...changes });
  const saves = new RecordSaves(open, { service, connectionOf: () => connection });
  /** The connection is edited. */
  const lead = (changes: Partial<Connection>) => (where.connection = { ...where.connection, ...changes });
  return { lead, shown, tenant, clock, service, open, saves, ref, updates, change, asked, stored: () => stored };
}

function object(text: string): JsonObject {
  const value = parseJson(text);
  assert.ok(isJsonObject(value));
  return value;
}

/** The fields in conflict, where that is why it was refused. */
function conflictsIn(outcome: SaveOutcome): string[] | undefined {
  if (!('refused' in outcome) || outcome.refused.code !== 'conflict') return undefined;
  return outcome.refused.conflicts.map(({ field }) => field);
}

const textWith = (changes: JsonObject) => printJson({ ...object(original), ...changes }, 2);

describe('records/openRecords', () => {
  it('reads a record once and shows it as text', async () => {
    const { open, ref, tenant } = await setUp();
    const { text } = await open.opened(ref);
    await open.opened(ref);
    assert.equal(tenant.calls.length, 1);
    assert.deepEqual(object(text), object(original.replace('"owner__r":{"id":"1000"},', '')));
    assert.match(text, /"amount": 1\.10,/);
    assert.equal(open.known(ref)?.text, text);
    assert.deepEqual(open.list(ref.connectionId), [ref]);
    open.close(ref);
    assert.deepEqual([open.known(ref), open.list()], [undefined, []]);
    await open.opened(ref);
    assert.equal(tenant.calls.length, 2);
  });

  it('reads once for all who ask at the same time', async () => {
    const { open, ref, tenant } = await setUp();
    const [first, second] = await Promise.all([open.opened(ref), open.opened(ref, false)]);
    assert.equal(first, second);
    assert.equal(tenant.calls.length, 1);
  });

  it('takes what no editor shows for good for a short while only', async () => {
    const { open, ref, tenant, clock } = await setUp();
    await open.opened(ref, false);
    clock.now += 9_000;
    await open.opened(ref, false);
    assert.equal(tenant.calls.length, 1);
    clock.now += 9_000;
    await open.opened(ref, true);
    assert.equal(tenant.calls.length, 1);
    await open.opened(ref, false);
    assert.equal(tenant.calls.length, 2);
  });

  it('keeps the last text of a record that is gone, until it is there again', async () => {
    const { open, ref } = await setUp();
    const { text } = await open.opened(ref);
    open.lose(ref);
    assert.deepEqual([open.known(ref)?.isGone, open.known(ref)?.text], [true, text]);
    assert.equal(open.isReadOnly(ref), true);
    await open.read(ref);
    assert.equal(open.known(ref)?.isGone, false);
  });

  it('is stale after a minute, unless it is gone or new', async () => {
    const { open, ref, clock } = await setUp();
    const draft = { ...ref, id: 'new-1' };
    assert.equal(open.isStale(ref), false);
    await open.opened(ref);
    await open.opened(draft);
    clock.now += 59_999;
    assert.equal(open.isStale(ref), false);
    clock.now += 1;
    assert.deepEqual([open.isStale(ref), open.isStale(draft)], [true, false]);
    open.lose(ref);
    assert.equal(open.isStale(ref), false);
    await open.read(ref);
    assert.equal(open.isStale(ref), false);
  });

  it('is read-only in a read-only tenant and for an invalidated record', async () => {
    const guarded = await setUp({ role: 'readOnly' });
    await guarded.open.opened(guarded.ref);
    assert.equal(guarded.open.isReadOnly(guarded.ref), true);
    const { open, ref, change } = await setUp();
    await open.opened(ref);
    assert.equal(open.isReadOnly(ref), false);
    change({ life_status: 'invalid' });
    await open.read(ref);
    assert.equal(open.isReadOnly(ref), true);
  });

  it('orders fields as describe does where it is known', async () => {
    const { open, ref } = await setUp({ describe: { fields: { level: { type: 'text' }, amount: { type: 'text' } } } });
    const { text } = await open.opened(ref);
    assert.deepEqual(Object.keys(object(text)), ['_id', 'name', 'level', 'amount', 'owner', 'version']);
  });

  it('has the time of the record, and a later one whenever the text is another', async () => {
    const { open, ref, change } = await setUp();
    change({ last_modified_time: 1000 });
    const times = [];
    for (const changes of [{}, {}, { name: 'x' }, { last_modified_time: 5000 }]) {
      change(changes);
      times.push((await open.read(ref)).modifiedAt);
    }
    assert.deepEqual(times, [1000, 1000, 1001, 5000]);
    open.close(ref);
    assert.equal((await open.opened(ref)).modifiedAt, 5000);
  });

  it('keeps a reading once, however often it is read, and tells which one differed last', async () => {
    const { open, ref, change } = await setUp();
    for (let i = 0; i < 3; i++) await open.read(ref);
    assert.deepEqual([open.readings(ref).length, open.textBefore(ref)], [1, undefined]);
    const { text } = await open.opened(ref);
    change({ owner__r: { id: '1001' } });
    await open.read(ref);
    assert.deepEqual([open.readings(ref).length, open.textBefore(ref)], [2, undefined]);
    change({ level: '2' });
    for (let i = 0; i < 2; i++) await open.read(ref);
    assert.equal(open.textBefore(ref), text);
  });

  it('does not take what a save made of a reading for another one', async () => {
    const { open, saves, ref, change } = await setUp();
    const { text } = await open.opened(ref);
    await saves.save(ref, textWith({ name: 'mine' }));
    change({ version: '4' });
    await open.read(ref);
    assert.equal(open.textBefore(ref), text);
  });

  it('shows companions once they are wanted, as another text of a later time', async () => {
    const { open, ref, shown } = await setUp();
    const { text, modifiedAt } = await open.opened(ref);
    assert.equal(open.showAnew(ref), false);
    shown.companions = true;
    assert.equal(open.showAnew(ref), true);
    const known = open.known(ref);
    assert.match(known?.text ?? '', /owner__r/);
    assert.doesNotMatch(text, /owner__r/);
    assert.ok((known?.modifiedAt ?? 0) > modifiedAt);
    assert.equal(open.readings(ref).length, 1);
  });

  it('notes that a record is invalidated, and recovered, apart from what a text is made from', async () => {
    const { open, ref, change, stored } = await setUp();
    await open.opened(ref);
    const told: boolean[] = [];
    open.onDidChange(() => told.push(open.isReadOnly(ref)));
    for (const life_status of ['invalid', 'invalid', 'normal']) {
      change({ life_status });
      open.note(ref, stored());
    }
    assert.deepEqual(told, [true, false]);
    assert.deepEqual(open.readings(ref), [object(original)]);
  });

  describe('whose connection was edited', () => {
    const others: [string, Partial<Connection>][] = [
      ['another tenant', { ea: '99999' }],
      ['another host', { host: 'open.example.com' }],
      ['another employee', { userId: '1001' }],
    ];
    for (const [name, changes] of others)
      it(`is not the one that was read where it leads to ${name}`, async () => {
        const { open, ref, lead } = await setUp();
        await open.opened(ref);
        lead({ name: 'only another name' });
        assert.deepEqual([open.isElsewhere(ref), open.isStale(ref)], [false, false]);
        lead(changes);
        assert.deepEqual([open.isElsewhere(ref), open.isStale(ref), open.readings(ref)], [true, true, []]);
        await open.keep(ref, object(original));
        assert.deepEqual([open.isElsewhere(ref), open.readings(ref).length], [false, 1]);
      });

    it('is read anew, where no editor shows it, when it is asked for', async () => {
      const { open, ref, lead, tenant } = await setUp();
      await open.opened(ref, false);
      lead({ ea: '99999' });
      await open.opened(ref, false);
      assert.equal(tenant.calls.length, 2);
    });

    it('reads again what was asked for before the edit', async () => {
      const { open, ref, lead, tenant } = await setUp();
      const { reply } = tenant;
      tenant.reply = sent => {
        tenant.reply = reply;
        lead({ ea: '99999' });
        return { errorCode: 0, data: { ...object(original), name: `of another tenant ${sent.url.host}` } };
      };
      assert.equal((await open.read(ref)).record['name'], '北京纷扬');
      assert.equal(open.isElsewhere(ref), false);
    });

    it('has a text of the other tenant compared before anything is sent', async () => {
      const { open, saves, ref, lead, change, updates } = await setUp();
      await open.opened(ref);
      change({ name: 'theirs', level: '2', version: '9' });
      lead({ ea: '99999' });
      const outcome = await saves.save(ref, textWith({ amount: 7 }));
      assert.deepEqual(conflictsIn(outcome), ['name', 'amount', 'level']);
      assert.ok('refused' in outcome && outcome.refused.code === 'conflict' && outcome.refused.isElsewhere);
      assert.equal(updates().length, 0);
      const { text } = outcome.refused;
      assert.equal(object(text)['version'], '9');
      assert.deepEqual(await saves.save(ref, text), { saved: ['name', 'amount', 'level'] });
    });

    it('has an embedded sandbox that moved for the same', async () => {
      const { open, ref, lead } = await setUp();
      lead({ sandbox: true, host: 'http://127.0.0.1:1' });
      await open.keep(ref, object(original));
      lead({ host: 'http://127.0.0.1:2' });
      assert.equal(open.isElsewhere(ref), false);
    });
  });

  describe('is gone', () => {
    const answers = (listed: JsonObject) => async (errorCode: number) => {
      const { open, ref, tenant } = await setUp();
      await open.opened(ref);
      tenant.reply = ({ url }) => (url.pathname.endsWith('/query') ? listed : { errorCode });
      const error: unknown = await open.fetch(ref).catch((failure: unknown) => failure);
      return open.isGone(ref, error);
    };
    const missing = answers({ errorCode: 0, data: { dataList: [] } });
    const listed = answers({ errorCode: 0, data: { dataList: [{ _id: id }] } });
    const failing = answers({ errorCode: 987654 });
    it('by a code that means it', async () =>
      assert.deepEqual([await failing(32000), await missing(20016)], [true, false]));
    it('by a code that nobody explains, where the list has no such record either', async () =>
      assert.deepEqual([await missing(987654), await listed(987654), await failing(987654)], [true, false, false]));
  });

  it('does not open what cannot be read', async () => {
    const { open, ref, tenant } = await setUp();
    tenant.reply = () => ({ errorCode: 32000 });
    await assert.rejects(open.opened(ref), ApiError);
    assert.equal(open.known(ref), undefined);
  });

  describe('save', () => {
    it('sends only what was changed and shows it until it is read again', async () => {
      const { open, saves, ref, updates, stored } = await setUp();
      await open.opened(ref);
      assert.deepEqual(await saves.save(ref, textWith({ name: '上海纷扬', amount: object('{"a":2.50}')['a']! })), {
        saved: ['name', 'amount'],
      });
      assert.equal(updates().length, 1);
      assert.deepEqual(Object.keys(updates()[0]!.body.data.object_data as object).sort(), [
        '_id',
        'amount',
        'dataObjectApiName',
        'name',
      ]);
      assert.match(updates()[0]!.text, /"amount":2\.50/);
      assert.equal(stored()['name'], '上海纷扬');
      assert.match((await open.opened(ref)).text, /上海纷扬/);
    });

    it('is refused once the record is invalidated, and says so', async () => {
      const { open, saves, ref, change, updates } = await setUp();
      await open.opened(ref);
      change({ life_status: 'invalid' });
      assert.deepEqual(await saves.save(ref, textWith({ name: 'mine' })), { refused: { code: 'invalidated' } });
      assert.deepEqual([open.known(ref)?.isInvalidated, updates().length], [true, 0]);
      change({ life_status: 'normal' });
      assert.deepEqual(await saves.save(ref, textWith({ name: 'mine' })), { saved: ['name'] });
    });

    it('is refused where the record is invalidated while the person is asked', async () => {
      const { open, saves, ref, updates } = await setUp({ setting: 'always', whileAsked: { life_status: 'invalid' } });
      await open.opened(ref);
      assert.deepEqual(await saves.save(ref, textWith({ name: 'mine' })), { refused: { code: 'invalidated' } });
      assert.equal(updates().length, 0);
    });

    it('keeps all of the record in mind where the text was older than all that is known', async () => {
      const { open, saves, ref, change } = await setUp();
      change({ last_modified_time: 2000 });
      await open.opened(ref);
      change({ name: 'mine' });
      const older = textWith({ last_modified_time: 1000, name: 'mine' });
      assert.deepEqual(await saves.save(ref, older), { saved: [] });
      assert.deepEqual(Object.keys(open.known(ref)?.record ?? {}).sort(), [
        ...['_id', 'amount', 'last_modified_time', 'level', 'name', 'owner', 'owner__r', 'version'],
      ]);
    });

    it('takes what was typed while a conflict was found out', async () => {
      const { open, saves, ref, change } = await setUp();
      await open.opened(ref);
      change({ name: 'theirs', level: '2', version: '4' });
      const outcome = await saves.save(ref, textWith({ name: 'mine' }));
      assert.ok('refused' in outcome && outcome.refused.code === 'conflict');
      const { theirs } = outcome.refused;
      const text = saves.rebased(ref, textWith({ name: 'mine and more', amount: 2 }), theirs);
      const { name, level, amount, version } = object(text ?? '');
      assert.deepEqual([name, level, amount, version], ['mine and more', '2', 2, '4']);
      assert.equal(saves.rebased(ref, '{ "name": ', theirs), undefined);
    });

    it('sends nothing when nothing was changed', async () => {
      const { open, saves, ref, tenant } = await setUp();
      const { text } = await open.opened(ref);
      assert.deepEqual(await saves.save(ref, text), { saved: [] });
      assert.equal(tenant.calls.length, 1);
    });

    it('goes through although someone changed other fields, and keeps theirs', async () => {
      const { open, saves, ref, change, stored, updates } = await setUp();
      await open.opened(ref);
      change({ level: '2', version: '4' });
      assert.deepEqual(await saves.save(ref, textWith({ name: '上海纷扬' })), { saved: ['name'] });
      assert.equal(updates().length, 1);
      assert.deepEqual([stored()['name'], stored()['level']], ['上海纷扬', '2']);
    });

    it('takes back no change of others when it saves again before reading', async () => {
      const { open, saves, ref, change, stored, updates } = await setUp();
      await open.opened(ref);
      change({ level: '2', version: '4' });
      await saves.save(ref, textWith({ name: '上海纷扬' }));
      const again = textWith({ name: '上海纷扬', amount: 5 });
      assert.deepEqual(await saves.save(ref, again), { saved: ['amount'] });
      assert.equal(updates().length, 2);
      assert.equal(stored()['level'], '2');
    });

    it('finds a conflict in a field that others changed before the last save', async () => {
      const { open, saves, ref, change } = await setUp();
      await open.opened(ref);
      change({ level: '2' });
      await saves.save(ref, textWith({ name: '上海纷扬' }));
      assert.deepEqual(conflictsIn(await saves.save(ref, textWith({ name: '上海纷扬', level: '3' }))), ['level']);
    });

    it('sends nothing where someone made the same change', async () => {
      const { open, saves, ref, change, updates } = await setUp();
      await open.opened(ref);
      change({ name: '上海纷扬' });
      assert.deepEqual(await saves.save(ref, textWith({ name: '上海纷扬' })), { saved: [] });
      assert.equal(updates().length, 0);
    });

    it('saves a text that was made from an older reading, and sends no system field', async () => {
      const { open, saves, ref, change, updates } = await setUp();
      await open.opened(ref);
      change({ level: '2', version: '4', owner: ['1001'] });
      await open.read(ref);
      assert.deepEqual(await saves.save(ref, textWith({ name: 'mine' })), { saved: ['name'] });
      const sent = updates()[0]!.body.data.object_data as object;
      assert.deepEqual(Object.keys(sent).sort(), ['_id', 'dataObjectApiName', 'name']);
    });

    it('finds a conflict in a text that was made from an older reading', async () => {
      const { open, saves, ref, change, updates } = await setUp();
      await open.opened(ref);
      change({ level: '2', version: '4' });
      await open.read(ref);
      assert.deepEqual(conflictsIn(await saves.save(ref, textWith({ level: '3' }))), ['level']);
      assert.equal(updates().length, 0);
    });

    it('looks once more when someone made the same field another while the person was asked', async () => {
      const { open, saves, ref, updates } = await setUp({ setting: 'always', whileAsked: { name: 'theirs' } });
      await open.opened(ref);
      assert.deepEqual(conflictsIn(await saves.save(ref, textWith({ name: 'mine' }))), ['name']);
      assert.equal(updates().length, 0);
      assert.deepEqual(await saves.save(ref, textWith({ amount: 2 })), { saved: ['amount'] });
    });

    const refuses = (name: string, text: string, code: string, change?: JsonObject) =>
      it(`refuses ${name} and sends nothing`, async () => {
        const { open, saves, ref, updates, change: byOthers, asked } = await setUp();
        await open.opened(ref);
        if (change) byOthers(change);
        const outcome = await saves.save(ref, text);
        assert.ok('refused' in outcome);
        assert.equal(outcome.refused.code, code);
        assert.equal(updates().length, 0);
        assert.equal(asked.length, 0);
      });
    refuses('a field that someone changed meanwhile', textWith({ name: 'mine' }), 'conflict', { name: 'theirs' });
    refuses('what is not JSON', '{"name": ', 'notJson');
    refuses('what is not a record', '[]', 'notARecord');
    refuses('a field that was taken out', `{"_id":"${id}"}`, 'removed');
    refuses('a read-only field', textWith({ version: '9' }), 'readOnly');
    refuses('a changed companion', textWith({ owner__r: { id: '1001' } }), 'readOnly');
    refuses('another id', textWith({ _id: 'other' }), 'readOnly');
    refuses('another owner', textWith({ owner: ['1001'] }), 'ownerChanged');

    it('names the fields in conflict', async () => {
      const { open, saves, ref, change } = await setUp();
      await open.opened(ref);
      change({ name: 'theirs', level: '2' });
      assert.deepEqual(conflictsIn(await saves.save(ref, textWith({ name: 'mine', level: '3', amount: 2 }))), [
        'name',
        'level',
      ]);
    });

    it('gives a text with what only the others changed, which can be saved once the rest is decided', async () => {
      const { open, saves, ref, change, updates, stored } = await setUp();
      const { modifiedAt } = await open.opened(ref);
      change({ name: 'theirs', level: '2', version: '4' });
      const outcome = await saves.save(ref, textWith({ name: 'mine', amount: 2 }));
      assert.ok('refused' in outcome && outcome.refused.code === 'conflict');
      const { text } = outcome.refused;
      const { name, level, amount, version } = object(text);
      assert.deepEqual([name, level, amount, version], ['mine', '2', 2, '4']);
      assert.equal(open.known(ref)?.modifiedAt, modifiedAt);
      assert.equal(updates().length, 0);
      assert.deepEqual(await saves.save(ref, text), { saved: ['name', 'amount'] });
      assert.deepEqual([stored()['name'], stored()['level']], ['mine', '2']);
    });

    it('asks again where the record changes once more while a person decides', async () => {
      const { open, saves, ref, change, updates } = await setUp();
      await open.opened(ref);
      change({ name: 'theirs', version: '4' });
      const first = await saves.save(ref, textWith({ name: 'mine' }));
      assert.ok('refused' in first && first.refused.code === 'conflict');
      change({ name: 'theirs again', version: '5' });
      assert.deepEqual(conflictsIn(await saves.save(ref, first.refused.text)), ['name']);
      assert.equal(updates().length, 0);
    });

    it('asks about all that differs in a text older than all that is known', async () => {
      const { open, saves, ref, change, updates } = await setUp();
      change({ last_modified_time: 2000, level: '2' });
      await open.opened(ref);
      const outcome = await saves.save(ref, textWith({ last_modified_time: 1000, name: 'mine' }));
      assert.deepEqual(conflictsIn(outcome), ['name', 'level']);
      assert.equal(updates().length, 0);
    });

    it('notes that the record is gone', async () => {
      const { open, saves, ref, tenant } = await setUp();
      await open.opened(ref);
      const told: boolean[] = [];
      open.onDidChange(() => told.push(open.known(ref)?.isGone === true));
      tenant.reply = () => ({ errorCode: 32000 });
      await assert.rejects(saves.save(ref, textWith({ name: 'mine' })), ApiError);
      assert.deepEqual(told, [true]);
    });

    it('is refused again as long as the text is the one in conflict', async () => {
      const { open, saves, ref, change, updates } = await setUp();
      await open.opened(ref);
      change({ name: 'theirs', version: '4' });
      for (let i = 0; i < 2; i++) assert.ok('refused' in (await saves.save(ref, textWith({ name: 'mine' }))));
      await open.read(ref);
      assert.ok('refused' in (await saves.save(ref, textWith({ name: 'mine' }))));
      // Whoever has the newer version before them and changes that has seen what others did.
      assert.deepEqual(await saves.save(ref, textWith({ name: 'mine', version: '4' })), { saved: ['name'] });
      assert.equal(updates().length, 1);
    });

    it('asks first in production and sends nothing when told no', async () => {
      const { open, saves, ref, updates, asked } = await setUp({ role: 'production', agrees: false });
      await open.opened(ref);
      await assert.rejects(saves.save(ref, textWith({ name: 'mine' })), CancelledError);
      assert.deepEqual(
        asked.map(({ operation, object, count, byProgram }) => [operation, object, count, byProgram]),
        [['update', 'AccountObj', 1, false]],
      );
      assert.equal(updates().length, 0);
    });

    it('is refused by a read-only tenant', async () => {
      const { open, saves, ref, updates } = await setUp({ role: 'readOnly' });
      await open.opened(ref);
      await assert.rejects(saves.save(ref, textWith({ name: 'mine' })), RefusedError);
      assert.equal(updates().length, 0);
    });
  });

  describe('create', () => {
    const draft = 'new-1';

    it('creates the record of the text, with its details, through the gate', async () => {
      const { saves, ref, tenant, asked } = await setUp({ setting: 'always' });
      const outcome = await saves.create({ ...ref, id: draft }, '{"name":"x","details":{"LineObj":[{"a":1}]}}');
      assert.deepEqual(outcome, { created: id });
      assert.deepEqual(
        asked.map(({ operation, count, byProgram }) => [operation, count, byProgram]),
        [['create', 2, false]],
      );
      const [call] = tenant.calls.filter(({ url }) => url.pathname.endsWith('/create'));
      assert.deepEqual(call?.body.data, {
        object_data: { name: 'x', dataObjectApiName: 'AccountObj' },
        details: { LineObj: [{ a: 1 }] },
      });
    });

    it('sends nothing where the text is no record', async () => {
      const { saves, ref, tenant } = await setUp();
      const outcome = await saves.create({ ...ref, id: draft }, '{}');
      assert.deepEqual(outcome, { refused: { code: 'empty' } });
      assert.equal(tenant.calls.length, 0);
    });

    it('sends nothing while what is required is still to be filled in', async () => {
      const describe = { fields: { code: { type: 'text', is_required: true }, remark: { type: 'text' } } };
      const { saves, ref, tenant } = await setUp({ describe });
      const outcome = await saves.create({ ...ref, id: draft }, '{"name":" ","code":"","remark":""}');
      assert.deepEqual(outcome, { refused: { code: 'blank', fields: ['name', 'code'] } });
      assert.equal(tenant.calls.length, 0);
    });

    it('knows a new record without asking for it', async () => {
      const { open, ref, tenant } = await setUp({ describe: { fields: { name: { type: 'text' } } } });
      const { isNew, record, fields } = await open.opened({ ...ref, id: draft });
      assert.deepEqual([isNew, record, fields?.length], [true, {}, 1]);
      assert.equal(tenant.calls.length, 0);
    });
  });
});
