import assert from 'node:assert/strict';
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { parseCommandLine } from '../../../src/sandbox/commandLine';

const bundle = path.resolve('dist/sandbox.js');
const keys = ['url', 'appId', 'appSecret', 'permanentCode', 'ea', 'userId'];

async function outputOf(child: ChildProcess): Promise<{ stdout: string; stderr: string; code: number }> {
  const text = { stdout: '', stderr: '' };
  child.stdout?.on('data', chunk => (text.stdout += String(chunk)));
  child.stderr?.on('data', chunk => (text.stderr += String(chunk)));
  const [code] = (await once(child, 'close')) as [number];
  return { ...text, code };
}

describe('the sandbox as a process', () => {
  it('prints one line of JSON and exits 0 on SIGTERM', async () => {
    const child = spawn(process.execPath, [bundle, '--records', '20'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.once('data', () => child.kill('SIGTERM'));
    const { stdout, stderr, code } = await outputOf(child);
    assert.equal(stdout.trimEnd().split('\n').length, 1);
    assert.deepEqual(Object.keys(JSON.parse(stdout) as object), keys);
    assert.deepEqual([stderr, code], ['', 0]);
  });

  it('sends the same object to its parent, takes given secrets and ends when the parent lets go', async () => {
    const env = { ...process.env, FXIAOKE_SANDBOX_APP_SECRET: 'secret', FXIAOKE_SANDBOX_PERMANENT_CODE: 'code' };
    const child = fork(bundle, [], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env });
    let stdout = '';
    child.stdout?.on('data', chunk => (stdout += String(chunk)));
    const [message] = (await once(child, 'message')) as [Record<string, string>];
    assert.deepEqual(Object.keys(message), keys);
    assert.deepEqual([message['appSecret'], message['permanentCode']], ['secret', 'code']);
    // Not 'close': it does not come when the parent itself has let the channel go.
    const exit = once(child, 'exit');
    child.disconnect();
    const [code] = (await exit) as [number];
    assert.deepEqual(JSON.parse(stdout), message);
    assert.equal(code, 0);
  });

  it('exits 2 with one sentence when an argument is wrong', async () => {
    const child = spawn(process.execPath, [bundle, '--port', 'x'], { stdio: ['ignore', 'pipe', 'pipe'] });
    const { stdout, stderr, code } = await outputOf(child);
    assert.deepEqual([stdout, code], ['', 2]);
    assert.equal(stderr.trimEnd().split('\n').length, 1);
  });
});

describe('the command line of the sandbox', () => {
  const check = (args: string[], expected: Record<string, unknown>) =>
    it(`reads ${args.join(' ') || 'nothing'}`, () =>
      assert.deepEqual(parseCommandLine(args, {}), { options: expected }));
  check([], {});
  check(['--port', '0', '--records', '5', '--seed', '7'], { port: 0, records: 5, seed: 7 });
  check(['--records=5'], { records: 5 });
  check(['--rate-limit', 'off', '--token-limit=on'], { rateLimit: false, tokenLimit: true });

  check(['--daily-quota', '0', '--refuse', '15003'], { dailyQuota: 0, refuse: 15003 });
  check(['--token-life', '60'], { tokenLife: 60 });
  check(['--data', '/tmp/x'], { data: '/tmp/x' });
  check(['--fault', 'data/query:50009@3', '--fault=*:delay=5*'], {
    faults: [
      { path: 'data/query', errorCode: 50009, times: 3 },
      { path: '*', delay: 5, times: Infinity },
    ],
  });

  const refuse = (args: string[], named: RegExp) =>
    it(`refuses ${args.join(' ')}`, () => {
      const parsed = parseCommandLine(args, {});
      assert.match('problem' in parsed ? parsed.problem : '', named);
    });
  refuse(['--port', '65536'], /--port/);
  refuse(['--records', '-1'], /--records/);
  refuse(['--records', '1.5'], /--records/);
  refuse(['--seed'], /--seed needs a value/);
  refuse(['--rate-limit', 'maybe'], /on or off/);
  refuse(['--fault', 'x'], /--fault needs <path/);
  refuse(['--data='], /--data needs/);
  refuse(['--refuse', '0'], /from 1/);
  refuse(['--token-life', '0'], /from 1/);
  refuse(['--secret', 'x'], /Unknown argument --secret/);
});
