import assert from 'node:assert/strict';
import type { Answer } from '../../../src/api/answer';
import { Redactor } from '../../../src/api/redactor';
import { History } from '../../../src/responses/history';
import { historyCall } from '../../../src/responses/historyCall';
import { isWorthKeeping } from '../../../src/responses/worthKeeping';
import { HistoryStore } from '../../../src/responses/historyStore';
import { answerOf } from '../answers';
import { acme, memoryFiles } from '../fakes';
import { VirtualClock } from '../virtualClock';

function setUp({ size = 10, keeps = true, folder = memoryFiles() } = {}) {
  const failures: unknown[] = [];
  const settings = { size, keeps };
  const clock = new VirtualClock();
  const redactor = new Redactor();
  let count = 0;
  const open = () =>
    new History({
      size: () => settings.size,
      clean: redactor.redact,
      clock,
      newId: () => `id-${++count}`,
      store: new HistoryStore(folder, () => settings.keeps),
      failed: error => failures.push(error),
    });
  return { failures, settings, clock, redactor, folder, open, history: open() };
}

const call = {
  path: '/cgi/crm/v2/data/get',
  body: '{"data":{"dataObjectApiName":"AccountObj","objectDataId":"a"}}',
};
const keep = (history: History, to: Parameters<typeof historyCall>[1], answer: Answer) =>
  history.keep(historyCall(acme, to, answer), answer);
const titles = async (history: History) => (await history.list()).map(({ title }) => title);

describe('responses/history', () => {
  it('keeps the answer to a call, and finds it by the answer, its id and its text', async () => {
    const { history } = setUp();
    const answer = answerOf();
    keep(history, call, answer);
    const entry = history.entryOf(answer);
    assert.equal(entry?.title, 'get AccountObj');
    assert.equal(await history.entry(entry.id), entry);
    assert.equal(history.withText(answer.text), entry);
    assert.equal(await history.text(entry.id), '{\n  "errorCode": 0,\n  "data": {\n    "name": "Acme"\n  }\n}\n');
    assert.equal(history.entryOf(answerOf()), undefined);
  });

  it('gives each answer an id of its own, and lists the newest first', async () => {
    const { history } = setUp();
    const ids = ['a', 'b', 'c'].map(title => history.add(title, '{}').id);
    assert.equal(new Set(ids).size, 3);
    assert.deepEqual(await titles(history), ['c', 'b', 'a']);
  });

  it('drops the oldest when it is full, and follows a size that becomes smaller', async () => {
    const { history, settings } = setUp({ size: 3 });
    const [first] = ['a', 'b', 'c', 'd'].map(title => history.add(title, '{}'));
    assert.deepEqual(await titles(history), ['d', 'c', 'b']);
    assert.equal(await history.text(first!.id), undefined);
    settings.size = 1;
    history.add('e', '{}');
    assert.deepEqual(await titles(history), ['e']);
  });

  it('is written a moment after an answer, and is there in the next window', async () => {
    const { history, clock, open, folder } = setUp();
    keep(history, call, answerOf());
    assert.equal(folder.files.size, 0);
    await clock.pass(1000);
    await history.write();
    const next = open();
    const [entry] = await next.list();
    assert.deepEqual(entry, (await history.list())[0]);
    assert.match((await next.text(entry!.id))!, /"Acme"/);
    next.add('newer', '{}');
    assert.deepEqual(await titles(next), ['newer', 'get AccountObj']);
  });

  it('is written at once when the window goes, and only if there is anything to write', async () => {
    const { history, clock, folder, open } = setUp();
    await history.write();
    assert.equal(folder.files.size, 0);
    keep(history, call, answerOf());
    await history.write();
    assert.deepEqual(await titles(open()), ['get AccountObj']);
    folder.files.clear();
    await clock.pass(1000);
    await history.write();
    assert.equal(folder.files.size, 0);
  });

  it('is waited for when the window goes while it is written', async () => {
    const { history, clock, folder, open } = setUp();
    keep(history, call, answerOf());
    const begun = clock.pass(1000);
    await history.write();
    assert.equal(folder.files.size, 2);
    assert.deepEqual(await titles(open()), ['get AccountObj']);
    await begun;
  });

  it('does not lose the earlier window’s answers when it is written before anyone looks', async () => {
    const { history, open } = setUp();
    history.add('older', '{"n":1}');
    await history.write();
    const next = open();
    next.add('newer', '{}');
    await next.write();
    const last = open();
    assert.deepEqual(await titles(last), ['newer', 'older']);
    assert.match((await last.text((await last.list())[1]!.id))!, /"n": 1/);
  });

  it('goes on after it could not be written, and makes up for it', async () => {
    const { history, folder, failures, open } = setUp();
    const write = folder.write.bind(folder);
    // First the list, then a text.
    for (const isBroken of [(name: string) => name === 'index.json', (name: string) => name !== 'index.json']) {
      folder.write = (name, text) => (isBroken(name) ? Promise.reject(new Error('disk full')) : write(name, text));
      history.add('x', '{"n":1}');
      await history.write();
      folder.write = write;
    }
    assert.equal(failures.length, 2);
    await history.write();
    const next = open();
    const entries = await next.list();
    assert.equal(entries.length, 2);
    for (const { id } of entries) assert.match((await next.text(id))!, /"n": 1/);
  });

  it('keeps what another window of the same folder writes meanwhile, as much as fits', async () => {
    const { open, settings, clock } = setUp();
    const [one, two] = [open(), open()];
    assert.deepEqual([await titles(one), await titles(two)], [[], []]);
    const add = async (history: History, title: string) => {
      history.add(title, `{"title":"${title}"}`);
      await clock.pass(1);
      await history.write();
    };
    await add(one, 'a');
    await add(two, 'b');
    await add(one, 'c');
    const next = open();
    assert.deepEqual(await titles(next), ['c', 'b', 'a']);
    for (const { id, title } of await next.list()) assert.ok((await next.text(id))?.includes(title));
    settings.size = 2;
    await add(two, 'd');
    assert.deepEqual(await titles(open()), ['d', 'c']);
  });

  it('keeps no secret, in memory or on disk', async () => {
    const { history, redactor, folder } = setUp();
    redactor.learn('LEARNT-SECRET');
    const text = '{"errorCode":1,"accessToken":"FIELD-SECRET","note":"LEARNT-SECRET"}';
    const secretCall = {
      path: call.path,
      body: '{"data":{"dataObjectApiName":"LEARNT-SECRET","appSecret":"FIELD-SECRET"}}',
    };
    keep(history, secretCall, answerOf({ text, errorMessage: 'LEARNT-SECRET' }));
    await history.write();
    const [entry] = await history.list();
    assert.doesNotMatch((await history.text(entry!.id))! + JSON.stringify(entry), /SECRET/);
    assert.equal(folder.files.size, 2);
    for (const written of folder.files.values()) assert.doesNotMatch(written, /SECRET/);
  });

  it('keeps the texts in memory only where the person wants that', async () => {
    const { history, folder, open } = setUp({ keeps: false });
    const { id } = history.add('a', '{"n":1}');
    await history.write();
    assert.deepEqual([...folder.files.keys()], ['index.json']);
    assert.match((await history.text(id))!, /1/);
    const next = open();
    assert.deepEqual(await titles(next), ['a']);
    assert.equal(await next.text(id), undefined);
  });

  it('takes the texts from the disk when they are no longer to be kept', async () => {
    const { history, folder, settings } = setUp();
    history.add('a', '{}');
    await history.write();
    settings.keeps = false;
    history.keepAsSet();
    await history.write();
    assert.deepEqual([...folder.files.keys()], ['index.json']);
  });

  it('keeps long texts in memory only, and of many texts the newest', async () => {
    const { history, folder } = setUp({ size: 100 });
    const long = history.add('long', JSON.stringify('x'.repeat(1_000_001)));
    const many = Array.from({ length: 25 }, (_, i) => history.add('x', JSON.stringify(String(i).padEnd(900_000))));
    await history.write();
    assert.ok(!folder.files.has(`${long.id}.json`));
    const kept = many.filter(({ id }) => folder.files.has(`${id}.json`));
    assert.deepEqual(kept, many.slice(-kept.length));
    assert.ok(kept.length >= 20 && kept.length < 25);
    assert.ok(await history.text(long.id));
  });

  it('shows a long text as often as somebody looks, though it rests packed in between', async () => {
    const { history, redactor, clock } = setUp();
    const text = JSON.stringify({
      errorCode: 0,
      data: { name: '客户 '.repeat(400_000), n: 1 },
      secret: 'learnt-meanwhile',
    });
    const { id } = history.add('long', text);
    const shown = await history.text(id);
    assert.deepEqual(JSON.parse(shown ?? ''), JSON.parse(text));
    for (let look = 0; look < 3; look++) {
      await clock.pass(1000);
      await new Promise(resolve => setTimeout(resolve, 30));
      assert.equal(await history.text(id), shown);
    }
    redactor.learn('learnt-meanwhile');
    assert.equal((await history.text(id))?.includes('learnt-meanwhile'), false);
  });

  it('knows which answer took over the tab of another one, in the next window too', async () => {
    const { history, open } = setUp();
    const [first, second, third] = ['a', 'a', 'a'].map(title => history.add(title, '{}').id);
    assert.equal(history.newestIn(first!), undefined);
    history.takeTab(second!, first!);
    history.takeTab(third!, first!);
    assert.equal(history.newestIn(first!)?.id, third);
    assert.equal(history.newestIn(third!), undefined);
    await history.write();
    const next = open();
    await next.entry(first!);
    assert.equal(next.newestIn(first!)?.id, third);
  });

  it('is empty after it was cleared, on disk too', async () => {
    const { history, folder, open } = setUp();
    const { id } = history.add('a', '{}');
    await history.write();
    await history.clear();
    assert.deepEqual(await titles(history), []);
    assert.equal(await history.text(id), undefined);
    assert.deepEqual([...folder.files.keys()], ['index.json']);
    assert.deepEqual(await titles(open()), []);
  });

  it('erases what another window wrote, too', async () => {
    const { history, folder, open } = setUp();
    await history.list();
    const other = open();
    other.add('b', '{}');
    await other.write();
    await history.clear();
    assert.deepEqual([...folder.files.keys()], ['index.json']);
  });

  it('says so when it could not be erased', async () => {
    const { history, folder } = setUp();
    folder.write = () => Promise.reject(new Error('disk full'));
    await assert.rejects(history.clear(), /disk full/);
  });

  it('starts empty where the files are broken or of another version', async () => {
    for (const text of ['', '{', '[]', '{"version":2,"entries":[{}]}', '{"version":1}']) {
      const folder = memoryFiles();
      folder.files.set('index.json', text);
      assert.deepEqual(await titles(setUp({ folder }).history), [], text);
    }
  });

  it('takes better words from who knows them', async () => {
    const { history } = setUp();
    const answer = answerOf();
    keep(history, call, answer);
    const { id } = history.entryOf(answer)!;
    history.change(id, { title: 'mine', request: 'POST /x' });
    const changed = await history.entry(id);
    assert.deepEqual([changed?.title, changed?.call?.request], ['mine', 'POST /x']);
    history.change(id, { title: 'mine', request: undefined });
    assert.equal((await history.entry(id))!.call!.request, undefined);
  });

  it('tells of every change', () => {
    const { history } = setUp();
    let changes = 0;
    const subscription = history.onDidChange(() => changes++);
    history.add('a', '{}');
    subscription.dispose();
    history.add('b', '{}');
    assert.equal(changes, 1);
  });
});

describe('responses/historyCall', () => {
  it('counts bytes, which are more than characters in Chinese', () => {
    const { bytes, characters } = historyCall(acme, { path: call.path, body: '' }, { ...answerOf(), text: '客户' });
    assert.deepEqual([bytes, characters], [6, 2]);
  });

  const check = (title: string, path: string, body: string, answer: Partial<Answer>, expected: object) =>
    it(title, () => {
      const context = { ...answerOf().context, url: `https://open.fxiaoke.com${path}` };
      const kept = historyCall(acme, { path, body }, answerOf({ ...answer, context }));
      for (const [key, value] of Object.entries(expected)) assert.deepEqual((kept as any)[key], value, key);
    });
  const objectBody = (rest: object) => JSON.stringify({ data: { dataObjectApiName: 'AccountObj', ...rest } });
  check(
    'names the record that was read',
    call.path,
    call.body,
    {},
    { operation: 'get', object: 'AccountObj', subject: 'Acme' },
  );
  const noData = { body: { errorCode: 0 } };
  check('counts several', '/cgi/crm/v2/data/delete', objectBody({ idList: ['a', 'b', 'c'] }), noData, {
    operation: 'delete',
    subject: '×3',
  });
  check('calls invalidating what the commands call it', '/cgi/crm/v2/data/invalid', objectBody({}), noData, {
    operation: 'invalidate',
    subject: undefined,
  });
  check('calls an unknown path by its last word', '/cgi/x/y', '', noData, { operation: 'y', object: undefined });

  it('writes the call as request text with every digit, in which nothing is a template', () => {
    const body = '{"data":{"n":1.10,"t":"{{$env HOME}}","l":[]}}';
    const { request } = historyCall(acme, { path: call.path, body, headers: { 'x-a': '1' } }, answerOf());
    assert.equal(
      request,
      '### get\n# @connection Acme\nPOST /cgi/crm/v2/data/get\nx-a: 1\n\n' +
        '{\n  "data": {\n    "n": 1.10,\n    "t": "{\\u007b$env HOME}}",\n    "l": []\n  }\n}\n',
    );
  });

  it('keeps no request of a length that nobody reads', () => {
    const body = JSON.stringify({ data: 'x'.repeat(200_000) });
    assert.equal(historyCall(acme, { path: call.path, body }, answerOf()).request, undefined);
  });

  it('is for every write, and for each read that somebody asked for', () => {
    const path = '/cgi/crm/v2/data/get';
    assert.deepEqual(
      [{ path }, { path, asked: true }, { path: '/cgi/crm/v2/data/update' }, { path: '/cgi/x' }].map(isWorthKeeping),
      [false, true, true, true],
    );
  });
});
