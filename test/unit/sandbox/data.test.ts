import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dataCalls, startTestSandbox, type TestSandbox } from './client';

const secrets = { FXIAOKE_SANDBOX_APP_SECRET: 'secret', FXIAOKE_SANDBOX_PERMANENT_CODE: 'code' };

describe('a sandbox with a data folder', () => {
  let folder: string;
  let sandbox: TestSandbox | undefined;
  const notes: string[] = [];
  const data = dataCalls(() => sandbox!);
  const journal = () => path.join(folder, 'journal.jsonl');
  const start = async (options = {}) => {
    notes.length = 0;
    sandbox = await startTestSandbox({ data: folder, note: text => notes.push(text), ...options });
  };
  const restart = async (options = {}) => {
    await sandbox?.close();
    await start(options);
  };
  const nameOf = async (id: string): Promise<unknown> => (await data.get('AccountObj', id)).data?.name;
  beforeEach(async () => (folder = await mkdtemp(path.join(tmpdir(), 'sandbox-data-'))));
  afterEach(async () => {
    await sandbox?.close();
    sandbox = undefined;
    await rm(folder, { recursive: true });
  });

  it('keeps what was created, changed, invalidated and deleted', async () => {
    await start({ records: 50 });
    const rows = (await data.query('AccountObj', { limit: 3 })).data.dataList;
    const created = (await data.create('AccountObj', { name: '新的', annual_revenue: '12345678901234567890.10' }))
      .dataId;
    const gone = (await data.create('AccountObj', { name: '走的' })).dataId;
    const later = (await data.create('AccountObj', { name: '后来' })).dataId;
    await data.update('AccountObj', rows[0]._id, { name: '改了\u2028名' });
    for (const id of [rows[1]._id, rows[2]._id, gone]) await data.invalid('AccountObj', id);
    for (const id of [rows[2]._id, gone]) await data.delete('AccountObj', id);
    const look = async () => {
      const answers = [created, later, gone, rows[0]._id, rows[1]._id, rows[2]._id].map(id =>
        data.get('AccountObj', id, { includeNull: true }),
      );
      const total: unknown = (await data.query('AccountObj')).data.total;
      return [total, ...(await Promise.all(answers)).map(answer => answer.data as unknown)];
    };
    const before = await look();
    assert.equal(before[3], undefined);
    await restart();
    assert.deepEqual(await look(), before);
    assert.equal((await data.get('AccountObj', created)).data.annual_revenue, '12345678901234567890.10');
    const next = (await data.create('AccountObj', { name: '再来' })).dataId;
    assert.ok(next > later);
  });

  it('keeps a master and its rows together or not at all', async () => {
    await start();
    const [account] = (await data.query('AccountObj', { limit: 1 })).data.dataList;
    const item = { object_store_check_item__c: [{ name: '一' }, { name: '二' }] };
    const fields = { field_store__c: account._id, field_check_date__c: 1_700_000_000_000 };
    await data.create('object_store_check__c', fields, { details: item });
    const lines = (await readFile(journal(), 'utf8')).trimEnd().split('\n');
    assert.equal(lines.length, 2);
    assert.equal((JSON.parse(lines[1]!) as unknown[]).length, 3);
  });

  it('ignores a last line that a crash cut off, says so, and goes on behind it', async () => {
    await start();
    const first = (await data.create('AccountObj', { name: '一' })).dataId;
    await sandbox!.close();
    await appendFile(journal(), '[["AccountObj","64f0c0');
    await start();
    assert.match(notes.join(), /line 3/);
    assert.equal(await nameOf(first), '一');
    const second = (await data.create('AccountObj', { name: '二' })).dataId;
    await restart();
    assert.deepEqual([await nameOf(first), await nameOf(second), notes], ['一', '二', []]);
  });

  it('starts anew where a crash cut the first line off', async () => {
    await writeFile(journal(), '{"format":1,"se');
    await start();
    const id = (await data.create('AccountObj', { name: '一' })).dataId;
    await restart();
    assert.equal(await nameOf(id), '一');
  });

  it('refuses a journal that is damaged in its middle', async () => {
    await start();
    await data.create('AccountObj', { name: '一' });
    await sandbox!.close();
    const text = await readFile(journal(), 'utf8');
    await writeFile(journal(), `${text}garbage\n${text.split('\n')[1]!}\n`);
    await assert.rejects(start(), /damaged in line 3/);
    sandbox = undefined;
    await writeFile(journal(), text);
  });

  it('takes seed and records from the folder and refuses others', async () => {
    await start({ seed: 7, records: 40 });
    const [first] = (await data.query('AccountObj', { limit: 1 })).data.dataList;
    await restart();
    assert.equal((await data.query('AccountObj', { limit: 1 })).data.dataList[0]._id, first._id);
    await sandbox!.close();
    await assert.rejects(start({ seed: 8 }), /--seed 7, not 8/);
    await assert.rejects(start({ records: 41 }), /--records 40, not 41/);
    sandbox = undefined;
  });

  it('is used by one process at a time', async () => {
    await start();
    // A process that lives, and is not this one.
    await writeFile(path.join(folder, 'lock'), String(process.ppid));
    await assert.rejects(startTestSandbox({ data: folder }), new RegExp(`process ${process.ppid}`));
  });

  it('is used by one sandbox of a process at a time, and taken over from one that was killed', async () => {
    await start();
    await assert.rejects(startTestSandbox({ data: folder }), new RegExp(`process ${process.pid}`));
    await sandbox!.close();
    await writeFile(path.join(folder, 'lock'), `${process.pid} 1`);
    await start();
    assert.equal((await data.query('AccountObj')).errorCode, 0);
  });

  it('keeps what is no record, and forgets a rewriting that a crash cut off', async () => {
    await start();
    const special = '/cgi/crm/v2/special';
    const folderOf = { data: { folderPath: '/a', category: 1 } };
    const currency = { data: { currencyCode: 'USD', exchangeRate: '7' } };
    assert.equal((await sandbox!.call(`${special}/netDisk/addFolder`, folderOf)).errorCode, 0);
    assert.equal((await sandbox!.call('/cgi/crm/v2/add/currency', currency)).errorCode, 0);
    await data.create('PersonnelObj', { name: '新人', full_name: '新人' });
    await sandbox!.close();
    await writeFile(path.join(folder, 'journal.new'), '{"format":1,"seed"');
    await start();
    assert.equal((await sandbox!.call(`${special}/netDisk/addFolder`, folderOf)).errorCode, 32000);
    assert.equal((await sandbox!.call('/cgi/crm/v2/add/currency', currency)).errorCode, 32000);
    assert.equal((await sandbox!.call('/cgi/crm/v2/object/list', {}, '1024')).errorCode, 0);
    assert.deepEqual((await readdir(folder)).sort(), ['journal.jsonl', 'lock']);
  });

  it('writes the journal anew when most of it is out of date, and loses nothing by that', async function () {
    this.timeout(20_000);
    await start({ records: 40 });
    const id = (await data.create('AccountObj', { name: '0' })).dataId;
    await sandbox!.close();
    const lines = (await readFile(journal(), 'utf8')).trimEnd().split('\n');
    const many = Array.from({ length: 12_000 }, () => lines[1]!);
    await writeFile(journal(), [lines[0], ...many, ''].join('\n'));
    await start();
    assert.equal((await readFile(journal(), 'utf8')).split('\n').length, 3);
    assert.equal(await nameOf(id), '0');
    assert.equal((await data.update('AccountObj', id, { name: '1' })).errorCode, 0);
    await restart();
    assert.equal(await nameOf(id), '1');
    assert.deepEqual((await readdir(folder)).sort(), ['journal.jsonl', 'lock']);
  });

  describe('in a process of its own', () => {
    let child: ChildProcess | undefined;
    let stderr = '';
    const run = async () => {
      const started = fork(path.resolve('dist/sandbox.js'), ['--data', folder, '--rate-limit', 'off'], {
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        env: { ...process.env, ...secrets },
      });
      child = started;
      stderr = '';
      started.stderr?.on('data', chunk => (stderr += String(chunk)));
      const [ready] = (await once(started, 'message')) as [{ url: string; appId: string }];
      const post = async (where: string, body: unknown, headers = {}) => {
        const response = await fetch(ready.url + where, { method: 'POST', headers, body: JSON.stringify(body) });
        return (await response.json()) as { errorCode: number; accessToken: string; dataId: string; data: any };
      };
      const app = { appId: ready.appId, appSecret: 'secret', permanentCode: 'code', grantType: 'app_secret' };
      const { accessToken } = await post('/oauth2.0/token', app);
      const headers = { authorization: `Bearer ${accessToken}`, 'x-fs-ea': 'sandbox', 'x-fs-userid': '1000' };
      return (action: string, body: unknown) => post(`/cgi/crm/v2/data/${action}`, body, headers);
    };
    const kill = async () => {
      const ended = child;
      child = undefined;
      if (ended?.exitCode !== null || ended.signalCode !== null) return;
      const exit = once(ended, 'exit');
      ended.kill('SIGKILL');
      await exit;
    };
    afterEach(kill);

    it('loses no acknowledged record when it is killed in the middle of a burst', async function () {
      this.timeout(120_000);
      const acknowledged: string[] = [];
      for (const round of [1, 2, 3]) {
        const call = await run();
        assert.doesNotMatch(stderr, /damaged/);
        let going = true;
        const worker = async (): Promise<void> => {
          while (going) {
            const object_data = {
              dataObjectApiName: 'AccountObj',
              name: `第 ${round} 轮`,
              UDMText1__c: '长'.repeat(3000),
            };
            const answer = await call('create', { data: { object_data } }).catch(() => undefined);
            if (answer?.errorCode === 0) acknowledged.push(answer.dataId);
          }
        };
        const workers = Promise.all(Array.from({ length: 12 }, worker));
        // In the middle of a burst, however fast the machine is.
        while (acknowledged.length < 40 * round) await new Promise(resolve => setTimeout(resolve, 10));
        await kill();
        going = false;
        await workers;
      }
      assert.equal(new Set(acknowledged).size, acknowledged.length);
      const call = await run();
      for (let at = 0; at < acknowledged.length; at += 100) {
        const field_values = acknowledged.slice(at, at + 100);
        const filters = [{ field_name: '_id', operator: 'IN', field_values }];
        const search_query_info = { limit: 100, offset: 0, filters, fieldProjection: ['_id'] };
        const answer = await call('query', { data: { dataObjectApiName: 'AccountObj', search_query_info } });
        assert.equal(answer.data.dataList.length, field_values.length);
      }
    });
  });
});
