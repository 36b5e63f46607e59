import assert from 'node:assert/strict';
import fs from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { SandboxProcess } from '../../../src/sandbox/sandboxProcess';
import { SandboxStartError, type SandboxFailure } from '../../../src/sandbox/sandboxStartError';

const bundle = path.resolve('dist/sandbox.js');

const failsWith = (code: SandboxFailure, subject: string) => (error: unknown) => {
  assert.ok(error instanceof SandboxStartError, String(error));
  assert.deepEqual([error.code, error.subject], [code, subject]);
  return true;
};

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

describe('sandbox/sandboxProcess', function () {
  this.timeout(20_000);
  const noted: string[] = [];
  const processes: SandboxProcess[] = [];
  const make = (script = bundle) => {
    const made = new SandboxProcess(script, line => noted.push(line));
    processes.push(made);
    return made;
  };
  /** A program in place of the sandbox, for what a good one never does. */
  const scriptOf = (text: string) => {
    const file = path.join(scratch, `${fs.readdirSync(scratch).length}.js`);
    fs.writeFileSync(file, text);
    return file;
  };
  let scratch = '';

  before(() => (scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'fx-process-'))));
  beforeEach(() => noted.splice(0));
  afterEach(() => Promise.all(processes.splice(0).map(each => each.stop())));
  after(() => fs.rmSync(scratch, { recursive: true }));

  it('starts once however many ask, and again after it was stopped', async () => {
    const sandbox = make();
    const [first, second] = await Promise.all([sandbox.start({ records: 5 }), sandbox.start({})]);
    assert.equal(first, second);
    await sandbox.stop();
    assert.equal(await answers(first.url), false);
    const { url } = await sandbox.start({ records: 5 });
    assert.equal(await answers(url), true);
  });

  it('says that the port is in use, and starts once it is free', async () => {
    const holder = net.createServer().listen(0, '127.0.0.1');
    await new Promise(resolve => holder.once('listening', resolve));
    const { port } = holder.address() as AddressInfo;
    const sandbox = make();
    await assert.rejects(sandbox.start({ port, records: 5 }), failsWith('portInUse', String(port)));
    assert.match(noted.join('\n'), /EADDRINUSE/);
    await new Promise(resolve => holder.close(resolve));
    assert.equal((await sandbox.start({ port, records: 5 })).url, `http://127.0.0.1:${port}`);
  });

  it('says that its program is missing', async () => {
    const script = path.join(scratch, 'no-such-script.js');
    await assert.rejects(make(script).start({}), failsWith('scriptMissing', script));
  });

  it('says that the system starts no process, and starts when it does again', async () => {
    const sandbox = make();
    const { execPath } = process;
    try {
      process.execPath = path.join(scratch, 'no-such-node');
      await assert.rejects(sandbox.start({}), failsWith('notStarted', 'ENOENT'));
    } finally {
      process.execPath = execPath;
    }
    assert.equal(await answers((await sandbox.start({ records: 5 })).url), true);
  });

  it('says that it ended early, with what it said passed on', async () => {
    const script = scriptOf('console.error("no memory left"); process.exit(3);');
    await assert.rejects(make(script).start({}), failsWith('ended', '3'));
    assert.deepEqual(noted, ['no memory left']);
  });

  it('passes on what it says while it runs, line by line', async () => {
    const script = scriptOf(`
      process.send({ url: 'http://127.0.0.1:1' });
      process.stderr.write('one\\ntw');
      setTimeout(() => process.stderr.write('o\\n', () => process.exit(0)), 20);
    `);
    await make(script).start({});
    while (noted.length < 2) await new Promise(resolve => setTimeout(resolve, 10));
    assert.deepEqual(noted, ['one', 'two']);
  });

  it('starts anew after it ended by itself', async () => {
    const script = scriptOf("process.send({ url: 'http://127.0.0.1:' + process.pid }, () => process.exit(1));");
    const sandbox = make(script);
    const first = await sandbox.start({});
    const urls = new Set([first.url]);
    while (urls.size < 2) {
      await new Promise(resolve => setTimeout(resolve, 10));
      urls.add((await sandbox.start({})).url);
    }
  });
});
