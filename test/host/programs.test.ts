import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import type { Connection } from '../../src/connections/connection';
import type { FxiaokeApi } from '../../src/publicApi';
import { languageModelTools, type ToolOptions } from '../../src/tools/vscode/languageModelTools';
import { toolNames, type ToolName } from '../../src/tools/vscode/registerTools';
import {
  closeEditors,
  connect,
  openRequests,
  refusal,
  removeConnections,
  run,
  startSandbox,
  until,
  type SandboxLogin,
} from './commands';
import { Witness } from './witness';

const object = 'AccountObj';
type CrmRecord = Record<string, unknown> & { _id: string };

const apiOfExtension = async () => {
  const extension = vscode.extensions.getExtension<FxiaokeApi>('crm-devkit.fxiaoke-crm');
  return (await extension?.activate()) ?? assert.fail();
};

describe('programs', () => {
  let sandbox: ChildProcess;
  let login: SandboxLogin;
  let witness: Witness;

  before(async () => {
    ({ login, process: sandbox } = await startSandbox());
    await removeConnections();
    witness = await Witness.before(login.url);
    await connect({ ...login, url: witness.url });
  });
  afterEach(closeEditors);
  after(async () => {
    await removeConnections();
    witness.stop();
    sandbox.kill();
  });

  describe('that are language models', () => {
    const invoke = async <T>(name: string, input: object): Promise<T> => {
      const options = { input, toolInvocationToken: undefined };
      const { content } = await vscode.lm.invokeTool(name, options);
      const [part] = content;
      assert.ok(part instanceof vscode.LanguageModelTextPart);
      return JSON.parse(part.value) as T;
    };
    const someId = async () => {
      const { records } = await invoke<{ records: CrmRecord[] }>('fxiaoke_query_records', { object, limit: 1 });
      return records[0]?._id ?? assert.fail('no record');
    };

    it('find seven tools, described and with a schema', () => {
      const tools = vscode.lm.tools.filter(({ name }) => name.startsWith('fxiaoke_'));
      assert.equal(tools.length, 7);
      for (const { description, inputSchema } of tools) assert.ok(description.length > 40 && inputSchema);
    });

    it('list objects, by a part of their name too', async () => {
      const all = await invoke<{ total: number }>('fxiaoke_list_objects', {});
      assert.ok(all.total > 200);
      const { objects } = await invoke<{ objects: { apiName: string }[] }>('fxiaoke_list_objects', {
        search: '联系人',
      });
      assert.ok(objects.some(({ apiName }) => apiName === 'ContactObj'));
    });

    it('describe the fields of an object', async () => {
      const { fields } = await invoke<{ fields: { apiName: string; options?: unknown[] }[] }>(
        'fxiaoke_describe_object',
        { object, search: 'account_level' },
      );
      assert.ok((fields.find(({ apiName }) => apiName === 'account_level')?.options ?? []).length > 1);
    });

    it('query records and get one', async () => {
      const filters = [{ field_name: 'account_level', operator: 'EQ', field_values: ['1'] }];
      const { records } = await invoke<{ records: CrmRecord[] }>('fxiaoke_query_records', {
        ...{ object, filters, limit: 5 },
        fields: ['name', 'account_level'],
      });
      assert.ok(records.length > 0 && records.every(record => record['account_level'] === '1'));
      const id = records[0]?._id;
      assert.equal((await invoke<CrmRecord>('fxiaoke_get_record', { object, id }))._id, id);
    });

    it('read why something failed, as a person would', async () => {
      const message = await refusal(invoke('fxiaoke_get_record', { object, id: '64f0c0ffee00000000000009' }));
      assert.match(message, /\d{5} .+traceId/s);
      const { meaning } = await invoke<{ meaning: string }>('fxiaoke_explain_error', { errorCode: 20016 });
      assert.match(meaning, /token/);
    });

    it('have a request checked without sending it', async () => {
      witness.forget();
      const request = `### Wrong\nPOST /cgi/crm/v2/data/delete\n\n{ "data": { "dataObjectApiName": "Nope", "idList": ["x"] } }\n`;
      const { problems, requests } = await invoke<{
        problems: { line: number; code: string }[];
        requests: { mayChangeData: boolean }[];
      }>('fxiaoke_validate_request', { request });
      assert.deepEqual(
        problems.map(({ line, code }) => `${line} ${code}`),
        ['4 objectUnknown'],
      );
      assert.deepEqual(requests, [{ path: '/cgi/crm/v2/data/delete', mayChangeData: true }]);
      assert.deepEqual(
        witness.calls.filter(({ path }) => path.includes('data/delete')),
        [],
      );
    });

    it('propose a write, which is opened for a person and not sent', async () => {
      const id = await someId();
      witness.forget();
      const proposal = await invoke<{ status: string; uri: string; request: string; check: { problems: unknown[] } }>(
        'fxiaoke_propose_write',
        { operation: 'update', object, ids: [id], data: { account_level: '2' }, reason: 'They order more.' },
      );
      assert.match(proposal.status, /nothing was sent/);
      assert.deepEqual(proposal.check.problems, []);
      const document = await until('the proposal', () =>
        vscode.window.visibleTextEditors.map(each => each.document).find(({ uri }) => uri.toString() === proposal.uri),
      );
      assert.equal(document.getText(), proposal.request);
      assert.match(document.getText(), /^# Reason: They order more\./);
      assert.deepEqual(
        witness.calls.filter(({ path }) => path.includes('update')),
        [],
      );
      await run('fxiaoke.request.send', { uri: proposal.uri, open: false });
      const record = await run<CrmRecord>('fxiaoke.record.get', { object, id, open: false });
      assert.equal(record['account_level'], '2');
    });

    it('read no secret, whatever holds it', async () => {
      await run('fxiaoke.record.create', { object, data: { name: `Code ${login.appSecret}` }, open: false });
      const input = { object, limit: 1, orders: [{ fieldName: '_id', isAsc: false }], fields: ['name'] };
      const answer = JSON.stringify(await invoke('fxiaoke_query_records', input));
      assert.match(answer, /Code /);
      assert.ok(!answer.includes(login.appSecret));
    });

    it('get no more than their budget of tokens', async () => {
      const tokenizationOptions = { tokenBudget: 300, countTokens: (text: string) => Promise.resolve(text.length / 3) };
      const budget = { input: { object, limit: 50 }, toolInvocationToken: undefined, tokenizationOptions };
      const { content } = await vscode.lm.invokeTool('fxiaoke_query_records', budget);
      const [part] = content;
      assert.ok(part instanceof vscode.LanguageModelTextPart);
      assert.ok(part.value.length <= 900 && part.value.includes('leftOut'), part.value);
    });

    it('have a request checked against the tenant that they name', async () => {
      const request = `POST /cgi/crm/v2/data/get\n\n{ "data": { "dataObjectApiName": "Nope", "objectDataId": "x" } }\n`;
      const input = { request, connection: 'Test' };
      const { problems } = await invoke<{ problems: { code: string }[] }>('fxiaoke_validate_request', input);
      assert.deepEqual(
        problems.map(({ code }) => code),
        ['objectUnknown'],
      );
      const unknown = invoke('fxiaoke_validate_request', { request, connection: 'Nobody' });
      assert.match(await refusal(unknown), /There is no connection.*Nobody/);
    });

    it('are told in a sentence that there is no connection', async () => {
      await removeConnections();
      assert.doesNotMatch(await refusal(invoke('fxiaoke_query_records', { object })), /refused|noConnection/);
      await connect({ ...login, url: witness.url });
    });

    it('may not propose for a read-only tenant, nor what is no plan', async () => {
      const id = await someId();
      const propose = (more: object) =>
        refusal(invoke('fxiaoke_propose_write', { operation: 'delete', object, ids: [id], ...more }));
      await connect({ ...login, url: witness.url }, { name: 'Closed', role: 'readOnly' });
      assert.match(await propose({ connection: 'Closed' }), /read-only/);
      assert.match(await propose({ connection: 'Test', object: 'Nope' }), /no object “Nope”/);
      assert.match(await propose({ connection: 'Test', ids: ['{{$secret x}}'] }), /no variables/);
      assert.deepEqual(vscode.window.visibleTextEditors, []);
      await run('fxiaoke.connection.select', { id: 'Test' });
    });
  });

  describe('that are language models, of a tenant that is not for development,', () => {
    let real: { id: string };
    const { window } = vscode as unknown as { window: Record<'showWarningMessage', unknown> };
    const { showWarningMessage } = window;
    const asked: string[] = [];
    before(async () => {
      real = await connect({ ...login, url: witness.url }, { name: 'Real', role: 'production' });
      window.showWarningMessage = (question: string) => {
        asked.push(question);
        return Promise.resolve(undefined);
      };
    });
    after(async () => {
      Object.assign(window, { showWarningMessage });
      await run('fxiaoke.connection.remove', { id: real.id });
      await run('fxiaoke.connection.select', { id: 'Test' });
    });

    it('read no record before the person agrees', async () => {
      const { connections } = await apiOfExtension();
      const connectionNamed = (named = 'Test') =>
        (connections.find(({ name }) => name === named) ?? assert.fail(named)) as Connection;
      const prepared = async (name: ToolName, input: object) => {
        const tool = languageModelTools({ connectionNamed } as ToolOptions)[name];
        const { token } = new vscode.CancellationTokenSource();
        return tool.prepareInvocation?.({ input: { ...input } }, token);
      };
      for (const name of toolNames) {
        const reads = name === 'fxiaoke_query_records' || name === 'fxiaoke_get_record';
        const invocation = await prepared(name, { object, connection: 'Real' });
        assert.equal(invocation?.confirmationMessages?.title.toString().includes('Real') ?? false, reads, name);
        assert.ok(invocation?.invocationMessage, name);
        assert.equal((await prepared(name, { object }))?.confirmationMessages, undefined, name);
      }
    });

    it('have a person asked who sends what they propose', async () => {
      const { content } = await vscode.lm.invokeTool('fxiaoke_propose_write', {
        input: { operation: 'invalidate', object, ids: ['a'], connection: 'Real' },
        toolInvocationToken: undefined,
      });
      const { uri } = JSON.parse((content[0] as vscode.LanguageModelTextPart).value) as { uri: string };
      witness.forget();
      await run('fxiaoke.request.send', { uri, open: false, byPerson: true }).catch(() => undefined);
      assert.deepEqual(asked, [`Invalidate 1 record of ${object} (Account) in Real (production)?`]);
      assert.deepEqual(witness.to('data/invalid'), []);
    });
  });

  describe('that are other extensions', () => {
    it('see the connections and no secret', async () => {
      const api = await apiOfExtension();
      assert.equal(api.version, 1);
      assert.deepEqual(Object.keys(api.activeConnection ?? {}), ['id', 'name', 'host', 'userId', 'role']);
      assert.equal(api.activeConnection?.name, 'Test');
      assert.ok(!JSON.stringify([api, api.connections]).includes(login.appSecret));
    });

    it('read objects, descriptions and records', async () => {
      const api = await apiOfExtension();
      const account = (await api.listObjects()).find(({ apiName }) => apiName === object);
      assert.deepEqual([account?.kind, account?.group], ['preset', 'Customers & leads']);
      assert.ok('fields' in (await api.describe(object)));
      const { records, total } = await api.queryRecords(object, { limit: 2 });
      assert.ok(records.length === 2 && total > 2);
      const id = String(records[0]?.['_id']);
      assert.equal((await api.getRecord(object, id, { connection: 'Test' }))['_id'], id);
      assert.match(await refusal(api.getRecord(object, 'nope')), /traceId/);
    });

    it('hear of changes', async () => {
      const api = await apiOfExtension();
      const heard: unknown[] = [];
      const subscription = vscode.Disposable.from(
        api.onDidChangeConnections(() => heard.push('connections')),
        api.onDidChangeRecords(({ operation }) => heard.push(operation)),
      );
      await run('fxiaoke.record.create', { object: 'WebImVisitorObj', data: { name: 'Heard' }, open: false });
      const body = '{"data":{"object_data":{"dataObjectApiName":"WebImVisitorObj","name":"Heard too"}}}';
      const { uri } = await openRequests(`POST /cgi/crm/v2/data/create\n\n${body}\n`);
      await run('fxiaoke.request.send', { uri, open: false });
      await run('fxiaoke.connection.select', { id: 'Test' });
      subscription.dispose();
      assert.deepEqual(heard, ['create', 'create', 'connections']);
    });
  });
});
