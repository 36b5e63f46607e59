import assert from 'node:assert/strict';
import { RefusedError } from '../../../src/api/errors';
import { CancelledError } from '../../../src/base/cancelled';
import type { Connection, Role } from '../../../src/connections/connection';
import type { Connections } from '../../../src/connections/connections';
import { Gate, type ConfirmWrites, type PlannedWrite } from '../../../src/connections/gate';
import { parse } from '../../../src/requests/parse';
import type { RequestSource } from '../../../src/requests/prepare';
import { sendRequest, type SendOptions } from '../../../src/requests/sendRequest';
import { FakeTenant, input, signedIn, tokenPath, world } from '../fakes';

const source: RequestSource = {
  environment: () => undefined,
  response: () => undefined,
  processVariable: () => undefined,
  now: () => new Date(0),
  uuid: () => 'uuid',
  prompt: () => Promise.resolve(undefined),
  secret: () => Promise.resolve(undefined),
  readFile: () => Promise.resolve(undefined),
};

interface Given {
  readonly text: string;
  readonly role?: Role;
  readonly setting?: ConfirmWrites;
  readonly agrees?: boolean;
  readonly options?: Partial<SendOptions>;
  readonly trusted?: boolean;
  readonly secrets?: Readonly<Record<string, string>>;
  /** What happens while the question is open. */
  readonly meanwhile?: (connections: Connections, active: Connection) => Promise<unknown>;
}

/** Sends the first request of a text; what the person is asked and what the tenant gets can be looked at. */
async function setUp(given: Given) {
  const { text, role = 'development', setting = 'destructive', agrees = true, options, trusted = true } = given;
  const tenant = new FakeTenant(({ url }) =>
    url.pathname === tokenPath ? signedIn() : { errorCode: 0, data: { total: 12 } },
  );
  const { connections, store } = world(tenant).openWindow();
  await connections.add({ ...input, name: 'staging', host: 'open-na.sharecrm.com', role });
  const active = await connections.add({ ...input, role });
  const asked: PlannedWrite[] = [];
  const confirm = async (write: PlannedWrite) => {
    asked.push(write);
    if (asked.length === 1) await given.meanwhile?.(connections, active);
    return agrees;
  };
  const connectionNamed = (name: string | undefined) => {
    const found = name === undefined ? active : store.find(name);
    if (!found) throw new Error(`no ${name ?? ''}`);
    return found;
  };
  const sender = {
    connections,
    gate: new Gate(
      confirm,
      () => setting,
      id => store.find(id),
    ),
    connectionNamed,
    isTrusted: () => trusted,
  };
  const file = parse(text);
  const known = { ...source, secret: (name: string) => Promise.resolve(given.secrets?.[name]) };
  const send = () => sendRequest(sender, file, file.requests[0]!, known, { byProgram: false, ...options });
  return { tenant, asked, send };
}

const request = (path: string, body = '{"data":{}}', head = '') => `${head}POST ${path}\n\n${body}\n`;
const get = '/cgi/crm/v2/data/get';
const planned = ({ operation, object, count, question }: PlannedWrite) => [operation, object, count, question];

describe('requests/sendRequest', () => {
  it('sends path, body and headers with the sign-in of the tenant', async () => {
    const { tenant, send } = await setUp({ text: `POST ${get}\nx-extra: 1\n\n{"data":{"n":1.10,},} // c\n` });
    await send();
    const [{ url, headers, text }] = tenant.calls as [(typeof tenant.calls)[number]];
    assert.equal(`${url.origin}${url.pathname}`, `https://open.fxiaoke.com${get}`);
    assert.equal(text, '{"data":{"n":1.10}}');
    assert.equal(headers['x-extra'], '1');
    assert.equal(headers['authorization'], 'Bearer TOKEN-1');
  });

  it('gives answer, connection and what became of the assertions', async () => {
    const { send } = await setUp({ text: `${request(get)}\n?? data.total > 10\n?? data.total > 100\n` });
    const sent = await send();
    assert.ok('answer' in sent);
    assert.equal(sent.answer.errorCode, 0);
    assert.equal(sent.connection.name, 'Acme');
    assert.deepEqual(
      sent.assertions.map(({ passed }) => passed),
      [true, false],
    );
  });

  it('tells what is wrong and sends nothing', async () => {
    for (const text of [request(get, '{"data": '), request(get, '{"data":"{{unknown}}"}'), request('cgi/x')]) {
      const { tenant, send } = await setUp({ text });
      const outcome = await send();
      assert.ok('problems' in outcome && outcome.problems.length > 0, text);
      assert.equal(tenant.calls.length, 0);
    }
  });

  it('asks nothing before a read', async () => {
    const { asked, tenant, send } = await setUp({ text: request(get), setting: 'always', role: 'production' });
    await send();
    assert.deepEqual([asked.length, tenant.calls.length], [0, 1]);
  });

  const writes = (path: string, body: string, expected: unknown[]) =>
    it(`takes ${path} through the gate as ${expected.slice(0, 3).join(' ')}`, async () => {
      const { asked, tenant, send } = await setUp({ text: request(path, body), setting: 'always' });
      await send();
      assert.deepEqual(asked.map(planned), [expected]);
      assert.equal(tenant.calls.length, 1);
    });
  const ids = '{"data":{"dataObjectApiName":"AccountObj","idList":["a","b"]}}';
  writes('/cgi/crm/v2/data/delete', ids, ['delete', 'AccountObj', 2, undefined]);
  writes('https://open.fxiaoke.com/cgi/crm/v2/data/recover?x=1', ids, ['recover', 'AccountObj', 2, undefined]);
  writes('/cgi/crm/v2/data/%64elete', ids, ['send', 'AccountObj', 2, undefined]);
  writes('/cgi/crm/team/add', '{"data":{"dataIDs":["a","b","c"]}}', ['send', undefined, 3, undefined]);
  writes(
    '/cgi/crm/custom/v2/data/create',
    '{"data":{"object_data":{"dataObjectApiName":"object_x__c"},"details":{"d__c":[{}]}}}',
    ['create', 'object_x__c', 2, undefined],
  );

  it('passes on who called and lets a program delete without a question', async () => {
    const text = request('/cgi/crm/v2/data/delete', ids);
    const byProgram = await setUp({ text, options: { byProgram: true } });
    await byProgram.send();
    assert.equal(byProgram.asked.length, 0);
    const byPerson = await setUp({ text });
    await byPerson.send();
    assert.deepEqual(byPerson.asked.map(planned), [['delete', 'AccountObj', 2, undefined]]);
  });

  it('sends a write the way the connection is stored once the question is answered', async () => {
    const { tenant, asked, send } = await setUp({
      text: request('/cgi/crm/v2/data/delete', ids),
      meanwhile: (connections, active) => connections.edit(active, { host: 'open-hws.fxiaoke.com' }),
    });
    const sent = await send();
    assert.equal(tenant.calls[0]!.url.host, 'open-hws.fxiaoke.com');
    assert.ok('answer' in sent);
    assert.equal(sent.connection.host, 'open-hws.fxiaoke.com');
    // Another tenant is another question.
    assert.deepEqual(
      asked.map(({ connection }) => connection.host),
      ['open.fxiaoke.com', 'open-hws.fxiaoke.com'],
    );
  });

  it('asks without the secrets that it sends', async () => {
    const body = '{"data":{"dataObjectApiName":"AccountObj","idList":["{{$secret id}}","b"]}}';
    const head = '# @confirm Really {{$secret id}}?\n';
    const { asked, tenant, send } = await setUp({
      text: request('/cgi/nobody/knows/{{$secret id}}', body, head),
      secrets: { id: 'hush-hush' },
    });
    await send();
    assert.equal(tenant.calls[0]!.body.data.idList[0], 'hush-hush');
    assert.equal(tenant.calls[0]!.url.pathname, '/cgi/nobody/knows/hush-hush');
    assert.doesNotMatch(JSON.stringify(asked), /hush/);
    const [{ question, path, object, ids: named, count }] = asked as [PlannedWrite];
    assert.deepEqual(
      [question, path, object, named, count],
      ['Really {{$secret id}}?', '/cgi/nobody/knows/{{$secret id}}', 'AccountObj', ['b'], 2],
    );
  });

  it('sends no write when the person says no', async () => {
    const { tenant, send } = await setUp({ text: request('/cgi/crm/v2/data/delete', ids), agrees: false });
    await assert.rejects(send(), CancelledError);
    assert.equal(tenant.calls.length, 0);
  });

  it('refuses a write to a read-only tenant', async () => {
    const { tenant, send, asked } = await setUp({ text: request('/cgi/crm/v2/data/update'), role: 'readOnly' });
    await assert.rejects(send(), RefusedError);
    assert.deepEqual([tenant.calls.length, asked.length], [0, 0]);
  });

  describe('with a question of the author’s own', () => {
    const head = '# @confirm Really?\n';
    for (const role of ['development', 'production', 'readOnly'] as const) {
      it(`asks it before a read of a ${role} tenant too, and then sends`, async () => {
        const { asked, tenant, send } = await setUp({ text: request(get, '{}', head), role, setting: 'production' });
        await send();
        assert.deepEqual(
          asked.map(({ question }) => question),
          ['Really?'],
        );
        assert.equal(tenant.calls.length, 1);
      });
    }

    it('sends nothing when the answer is no', async () => {
      const { tenant, send } = await setUp({ text: request(get, '{}', head), agrees: false });
      await assert.rejects(send(), CancelledError);
      assert.equal(tenant.calls.length, 0);
    });

    it('asks a program too', async () => {
      const { asked, send } = await setUp({ text: request(get, '{}', head), options: { byProgram: true } });
      await send();
      assert.equal(asked.length, 1);
    });
  });

  describe('from a file in a workspace that is not trusted', () => {
    const send = async (path: string, more: Partial<Given>) => {
      const { tenant, send: sendIt } = await setUp({ text: request(path), trusted: false, ...more });
      const error = await sendIt().then(
        () => undefined,
        (reason: unknown) => reason,
      );
      return { error, calls: tenant.calls.length };
    };
    it('sends what reads, and nothing that may change data', async () => {
      const options = { fromDisk: true };
      assert.deepEqual(await send(get, { options }), { error: undefined, calls: 1 });
      const { error, calls } = await send('/cgi/crm/v2/data/update', { options });
      assert.ok(error instanceof RefusedError && error.code === 'notTrusted');
      assert.equal(calls, 0);
    });
    it('sends what the person typed', async () =>
      assert.deepEqual(await send('/cgi/crm/v2/data/update', {}), { error: undefined, calls: 1 }));
  });

  it('sends reads alone where the caller wants that', async () => {
    const options = { readsOnly: true };
    const read = await setUp({ text: request(get), options });
    await read.send();
    assert.equal(read.tenant.calls.length, 1);
    const write = await setUp({ text: request('/cgi/crm/v2/data/update'), options });
    await assert.rejects(write.send(), (error: unknown) => error instanceof RefusedError && error.code === 'notARead');
    assert.deepEqual([write.asked.length, write.tenant.calls.length], [0, 0]);
  });

  it('sends nothing to another host', async () => {
    for (const host of ['https://evil.example', 'https://open.fxiaoke.com@evil.example', 'http://open.fxiaoke.com']) {
      for (const path of [get, '/cgi/crm/v2/data/update']) {
        const { tenant, send } = await setUp({ text: request(`${host}${path}`) });
        const outcome = await send().catch((error: unknown) => error);
        const refused = outcome instanceof RefusedError && outcome.code === 'foreignHost';
        assert.ok(refused || (outcome !== null && typeof outcome === 'object' && 'problems' in outcome), host);
        assert.equal(tenant.calls.length, 0);
      }
    }
  });

  it('sends to the tenant that the file names, unless the caller names another', async () => {
    const text = request(get, '{}', '# @connection staging\n');
    const byFile = await setUp({ text });
    await byFile.send();
    assert.equal(byFile.tenant.calls[0]!.url.host, 'open-na.sharecrm.com');
    const byCaller = await setUp({ text, options: { connection: 'Acme' } });
    await byCaller.send();
    assert.equal(byCaller.tenant.calls[0]!.url.host, 'open.fxiaoke.com');
  });
});
