import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import { mayChangeData } from '../../src/api/crmClient';
import { exampleOf } from '../../src/api/endpointExamples';
import { endpoints, type Endpoint, type WriteOperation } from '../../src/api/endpoints';
import { writeIn } from '../../src/api/writeIn';
import { printJson } from '../../src/base/json';
import type { CommandId } from '../../src/commands';
import {
  closeEditors,
  connect,
  openRequests,
  removeConnections,
  run,
  startSandbox,
  testExports,
  until,
} from './commands';
import { Witness } from './witness';

const object = 'WebImVisitorObj';

/** What a command needs to change something. */
interface Given {
  readonly id: string;
  readonly requests: vscode.Uri;
  readonly history: string;
}

/** How each command would change data of a tenant, called with all that it asks for; or that it never does. */
const commands: Record<CommandId, 'never' | ((given: Given) => object)> = {
  'fxiaoke.connection.add': 'never',
  'fxiaoke.connection.edit': 'never',
  'fxiaoke.connection.remove': 'never',
  'fxiaoke.connection.select': 'never',
  'fxiaoke.connection.test': 'never',
  'fxiaoke.connection.list': 'never',
  'fxiaoke.connection.copy': 'never',
  'fxiaoke.connection.moveUp': 'never',
  'fxiaoke.connection.moveDown': 'never',
  'fxiaoke.sandbox.start': 'never',
  'fxiaoke.sandbox.stop': 'never',
  'fxiaoke.object.list': 'never',
  'fxiaoke.object.describe': 'never',
  'fxiaoke.object.refresh': 'never',
  'fxiaoke.object.pin': 'never',
  'fxiaoke.object.unpin': 'never',
  'fxiaoke.object.copyApiName': 'never',
  'fxiaoke.object.filter': 'never',
  'fxiaoke.object.clearFilter': 'never',
  'fxiaoke.object.reveal': 'never',
  'fxiaoke.object.chooseColumns': 'never',
  'fxiaoke.field.copyApiName': 'never',
  'fxiaoke.filter.add': 'never',
  'fxiaoke.filter.edit': 'never',
  'fxiaoke.filter.remove': 'never',
  'fxiaoke.record.get': 'never',
  'fxiaoke.record.query': 'never',
  'fxiaoke.record.count': 'never',
  'fxiaoke.record.copyId': 'never',
  'fxiaoke.record.copyAsJson': 'never',
  'fxiaoke.record.exportJson': 'never',
  'fxiaoke.record.create': () => ({ object, data: { name: 'x' } }),
  // Its document is created by saving it, below.
  'fxiaoke.record.clone': 'never',
  'fxiaoke.record.showResponse': 'never',
  'fxiaoke.record.compare': 'never',
  'fxiaoke.record.compareWithLastRead': 'never',
  'fxiaoke.record.compareTenants': 'never',
  'fxiaoke.record.copyAsRequest': 'never',
  'fxiaoke.record.copyAsCurl': 'never',
  'fxiaoke.record.reveal': 'never',
  'fxiaoke.record.update': ({ id }) => ({ object, id, data: { name: 'x' } }),
  'fxiaoke.record.changeOwner': ({ id }) => ({ object, ids: [id], owner: '1001' }),
  'fxiaoke.record.invalidate': ({ id }) => ({ object, ids: [id] }),
  'fxiaoke.record.recover': ({ id }) => ({ object, ids: [id] }),
  'fxiaoke.record.delete': ({ id }) => ({ object, ids: [id] }),
  'fxiaoke.record.lock': ({ id }) => ({ object, ids: [id] }),
  'fxiaoke.record.unlock': ({ id }) => ({ object, ids: [id] }),
  'fxiaoke.request.new': 'never',
  'fxiaoke.request.send': ({ requests }) => ({ uri: requests, line: 0 }),
  'fxiaoke.request.sendIn': ({ requests }) => ({ uri: requests, line: 0, connection: 'Gated' }),
  'fxiaoke.request.sendAll': ({ requests }) => ({ uri: requests }),
  'fxiaoke.request.compareTenants': ({ requests }) => ({ uri: requests, line: 0, connections: ['Gated', 'Gated'] }),
  'fxiaoke.request.cancel': 'never',
  'fxiaoke.request.copyAsCurl': 'never',
  'fxiaoke.request.copyAs': 'never',
  'fxiaoke.request.pasteCurl': 'never',
  'fxiaoke.secret.set': 'never',
  'fxiaoke.secret.remove': 'never',
  'fxiaoke.response.compare': 'never',
  'fxiaoke.history.list': 'never',
  'fxiaoke.history.open': 'never',
  'fxiaoke.history.repeat': ({ history }) => ({ id: history }),
  'fxiaoke.history.copyAsRequest': 'never',
  'fxiaoke.history.copyTraceIds': 'never',
  'fxiaoke.history.save': 'never',
  'fxiaoke.history.clear': 'never',
  'fxiaoke.error.explain': 'never',
  'fxiaoke.log.show': 'never',
  'fxiaoke.internal.retry': 'never',
  'fxiaoke.internal.loadMore': 'never',
  'fxiaoke.internal.loadAll': 'never',
  'fxiaoke.internal.refreshRecord': 'never',
  'fxiaoke.internal.moveSecret': 'never',
  'fxiaoke.internal.copySelected': 'never',
  // They call the commands above: with what is selected in the tree, or what stands in a text.
  'fxiaoke.internal.removeSelected': 'never',
  'fxiaoke.internal.changeOwnerInstead': 'never',
};

const writing = Object.entries(commands).flatMap(([id, how]) =>
  typeof how === 'function' ? [{ id: id as CommandId, argument: how }] : [],
);
/** Calls that take a JSON body, which a request file can send. */
const sendable = (Object.values(endpoints) as readonly Endpoint[]).filter(
  ({ effect, method, content }) => effect === 'write' && method === 'POST' && content === 'json',
);
const writePaths = sendable.map(({ path }) => path);

/** What each operation is called in a question. */
const verbs: Record<WriteOperation, string> = {
  create: 'Create',
  update: 'Update',
  changeOwner: 'Change the owner of',
  invalidate: 'Invalidate',
  recover: 'Recover',
  delete: 'Delete',
  lock: 'Lock',
  unlock: 'Unlock',
  send: '',
};

describe('the gate', () => {
  let sandbox: ChildProcess;
  let witness: Witness;
  let connection: string;
  let given: Given;

  before(async () => {
    const { login, process } = await startSandbox();
    sandbox = process;
    await removeConnections();
    witness = await Witness.before(login.url);
    ({ id: connection } = await connect({ ...login, url: witness.url }, { name: 'Gated' }));
    const { id } = await run<{ id: string }>('fxiaoke.record.create', { object, data: { name: 'kept' }, open: false });
    const [entry] = await run<{ id: string }[]>('fxiaoke.history.list');
    const body = { data: { object_data: { _id: id, dataObjectApiName: object, name: 'x' } } };
    const { uri } = await openRequests(`POST /cgi/crm/v2/data/update\n\n${JSON.stringify(body)}\n`);
    given = { id, requests: uri, history: entry?.id ?? '' };
  });
  beforeEach(() => witness.forget());
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await closeEditors();
    await removeConnections();
    witness.stop();
    sandbox.kill();
  });

  const role = (name: string) => run('fxiaoke.connection.edit', { id: connection, role: name });
  const written = () => witness.calls.filter(({ path }) => mayChangeData(path)).map(({ path }) => path);
  const attempt = async (id: CommandId, argument: object) => {
    try {
      return JSON.stringify(await run(id, { ...argument, open: false }));
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  const edited = async (uri: vscode.Uri, text: (before: string) => string) => {
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const edit = new vscode.WorkspaceEdit();
    const all = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
    edit.replace(uri, all, text(document.getText()));
    assert.ok(await vscode.workspace.applyEdit(edit));
    return document;
  };

  it('lets all of them through in a development tenant, so that they are what they seem', async () => {
    for (const { id, argument } of writing.filter(each => !/delete|compareTenants|sendAll/.test(each.id))) {
      witness.forget();
      await attempt(id, argument(given));
      // A call that is not known to be one of a program is asked about, and no test can answer.
      if (!id.startsWith('fxiaoke.history')) assert.equal(written().length, 1, id);
      if (id === 'fxiaoke.record.invalidate') await attempt('fxiaoke.record.recover', { object, ids: [given.id] });
    }
  });

  describe('of a read-only tenant', () => {
    before(() => role('readOnly'));

    for (const { id, argument } of writing) {
      it(`lets ${id} send nothing`, async () => {
        const outcome = await attempt(id, argument(given));
        assert.match(outcome, /read-only|Nothing was sent/);
        assert.deepEqual(written(), []);
      });
    }

    it('lets no endpoint that changes data be called from a request file', async () => {
      assert.ok(writePaths.length > 20);
      for (const path of writePaths) {
        const { uri } = await openRequests(`POST ${path}\n\n{}\n`);
        assert.match(await attempt('fxiaoke.request.send', { uri }), /Gated is read-only/, path);
      }
      assert.deepEqual(written(), []);
    });

    it('lets no request be run as a test', async () => {
      const requestTests = await (await testExports()).requestTests();
      const suite = await until('the suite', () =>
        requestTests.suites.find(({ id }) => id === given.requests.toString()),
      );
      const run = new vscode.TestRunRequest([suite]);
      const outcomes = await requestTests.run(run, new vscode.CancellationTokenSource().token);
      assert.deepEqual([...outcomes.values()], ['errored']);
      assert.deepEqual(written(), []);
    });

    it('lets no document be saved, neither of a record nor of a new one', async () => {
      await role('development');
      const record = vscode.Uri.parse(`fxiaoke-record://${connection}/${object}/${given.id}.json`);
      const draft = vscode.Uri.parse(
        (await run<{ uri: string }>('fxiaoke.record.clone', { object, id: given.id })).uri,
        true,
      );
      const documents = [
        await edited(record, text => text.replace(/"name": "[^"]*"/, '"name": "typed"')),
        await edited(draft, text => text),
      ];
      await role('readOnly');
      for (const document of documents) {
        await document.save().then(undefined, () => false);
        assert.deepEqual(written(), []);
      }
      await until('the texts to be kept', () => documents[0]?.getText().includes('"typed"'));
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });
  });

  describe('of a production tenant', () => {
    before(() => role('production'));

    // A modal question cannot be answered in a test, and nothing goes on without an answer. Deleting asks to type.
    for (const { id, argument } of writing.filter(each => each.id !== 'fxiaoke.record.delete')) {
      it(`has ${id} wait for an answer`, async () => {
        await attempt(id, argument(given));
        assert.deepEqual(written(), []);
      });
    }

    describe('asks', () => {
      const { window } = vscode as unknown as { window: Record<'showWarningMessage' | 'showInputBox', unknown> };
      const { showWarningMessage, showInputBox } = window;
      const asked: { question: string; detail: string; typed: boolean }[] = [];
      before(() => {
        window.showWarningMessage = (question: string, { detail = '' }: vscode.MessageOptions) => {
          asked.push({ question, detail, typed: false });
          return Promise.resolve(undefined);
        };
        window.showInputBox = ({ title = '', prompt = '' }: vscode.InputBoxOptions) => {
          asked.push({ question: title, detail: prompt, typed: true });
          return Promise.resolve(undefined);
        };
      });
      beforeEach(() => asked.splice(0));
      after(() => Object.assign(window, { showWarningMessage, showInputBox }));
      const ask = async (path: string, body: string) => {
        asked.splice(0);
        const { uri } = await openRequests(`POST ${path}\n\n${body}\n`);
        await attempt('fxiaoke.request.send', { uri });
        const [question, ...more] = asked;
        assert.ok(question && more.length === 0, path);
        return question;
      };

      it('about each call that changes data by what it does, to which object and to how many records', async () => {
        for (const { id, path, nameEn, operation } of sendable) {
          const body = printJson(exampleOf(id).request ?? {});
          const { object: name, count } = writeIn(path, body);
          const { question, typed } = await ask(path, body);
          const verb = name === undefined ? nameEn : ((operation && verbs[operation]) ?? nameEn);
          assert.ok(question.startsWith(verb), `${id}: ${question}`);
          assert.match(question, /Gated \(production\)\?$/);
          if (name !== undefined) assert.ok(question.includes(name), `${id}: ${question}`);
          const records = count === 1 ? '1 record ' : `${count} records `;
          if (name !== undefined) assert.ok(question.includes(records), `${id}: ${question}`);
          assert.equal(typed, operation === 'delete', id);
        }
        assert.deepEqual(written(), []);
      });

      it('about a call that nobody knows by its path, object and number of records', async () => {
        const body = '{"data":{"dataObjectApiName":"AccountObj","idList":["a","b"]}}';
        // The object's name too, where the tenant has told it by then.
        assert.match(
          (await ask('/cgi/nobody/knows/this?x=1', body)).question,
          /^Send \/cgi\/nobody\/knows\/this, which may change data \(2 records of AccountObj( \(Account\))?\), to Gated \(production\)\?$/,
        );
        assert.equal(
          (await ask('/cgi/nobody/knows/this', '{}')).question,
          'Send /cgi/nobody/knows/this, which may change data, to Gated (production)?',
        );
      });

      it('about records by their names, and about fields', async () => {
        await attempt('fxiaoke.record.update', { object, id: given.id, data: { name: 'y', remark: 'z' } });
        const { name } = await run<{ name: string }>('fxiaoke.record.get', { object, id: given.id, open: false });
        await attempt('fxiaoke.record.invalidate', { object, ids: [given.id, 'a', 'b', 'c'] });
        await attempt('fxiaoke.record.changeOwner', { object, ids: ['a', 'b'], owner: '1001' });
        await attempt('fxiaoke.record.delete', { object, ids: [given.id] });
        assert.deepEqual(
          asked.map(({ detail }) => detail.split('\n').slice(0, 2)),
          [
            [`${name} (${given.id})`, 'Fields: name, remark'],
            [`${name}, a, b, …`, 'Invalidated records go to the recycle bin and can be recovered from there.'],
            ['a, b', 'New owner: 1001'],
            [`${name} (${given.id}) — Deleted records cannot be recovered. Type Gated to delete them.`],
          ],
        );
      });
    });
  });
});
