import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import {
  closeEditors,
  connect,
  openRequests,
  refusal,
  removeConnections,
  run,
  shown,
  startSandbox,
  until,
  type SandboxLogin,
} from './commands';

interface SendResult {
  errorCode: number;
  body: { data?: Record<string, unknown> };
  traceId: string;
  assertions: { text: string; passed: boolean }[];
}

const folder = () => vscode.workspace.workspaceFolders![0]!.uri;
const write = async (name: string, text: string) => {
  const uri = vscode.Uri.joinPath(folder(), name);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  return uri;
};

describe('sending requests', () => {
  let sandbox: ChildProcess;
  let login: SandboxLogin;
  let first: { id: string; name: string };

  before(async () => {
    const started = await startSandbox();
    sandbox = started.process;
    login = started.login;
    await removeConnections();
    await connect(login, { name: 'Second' });
    first = await connect(login, { name: 'First' });
  });
  afterEach(closeEditors);
  after(async () => {
    await removeConnections();
    sandbox.kill();
  });

  const open = openRequests;
  const query = (object: string, more = '') =>
    `POST /cgi/crm/v2/data/query\n\n{ "data": { "dataObjectApiName": "${object}", "search_query_info": { "limit": 2, "offset": 0, "filters": [] } } }\n${more}\n`;
  const create = (name: string) =>
    `POST /cgi/crm/v2/data/create\n\n{ "data": { "object_data": { "dataObjectApiName": "AccountObj", "name": "${name}", "owner": ["1000"] } } }\n`;
  const faults = async (method: 'GET' | 'POST', body?: object) => {
    const headers = { 'x-sandbox-secret': login.appSecret };
    const response = await fetch(`${login.url}/sandbox/admin/faults`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    return (await response.json()) as { faults: { fault: string; met: number }[] };
  };
  const untilMet = async (fault: string) => {
    const isMet = async () => (await faults('GET')).faults.some(each => each.fault.startsWith(fault) && each.met > 0);
    while (!(await isMet())) await new Promise(resolve => setTimeout(resolve, 20));
  };
  /** What became of sending; what the API would most likely refuse is a warning of the editor. */
  const findings = (uri: vscode.Uri) =>
    vscode.languages
      .getDiagnostics(uri)
      .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error)
      .map(({ range, message }) => `${range.start.line} ${message}`);

  describe('all of a file', () => {
    it('goes in order, with what earlier answers gave', async () => {
      const get = `POST /cgi/crm/v2/data/get\n\n{ "data": { "dataObjectApiName": "AccountObj", "objectDataId": "{{list.data.dataList[0]._id}}" } }`;
      const document = await open(`### a\n# @name list\n${query('AccountObj')}\n### b\n${get}\n\n?? data._id exists\n`);
      const results = await run<SendResult[]>('fxiaoke.request.sendAll', { uri: document.uri });
      assert.deepEqual(
        results.map(({ errorCode, assertions }) => [errorCode, assertions.map(({ passed }) => passed)]),
        [
          [0, []],
          [0, [true]],
        ],
      );
      await shown('fxiaoke-response', 'b.json');
    });

    it('stops at the first errorCode and at the first failed assertion', async () => {
      const good = query('AccountObj');
      for (const bad of [query('NoSuchObj'), query('AccountObj', '\n?? data.total < 0')]) {
        const document = await open(`### a\n${good}\n### b\n${bad}\n### c\n${good}`);
        const results = await run<SendResult[]>('fxiaoke.request.sendAll', { uri: document.uri, open: false });
        assert.equal(results.length, 2);
      }
    });

    it('is nothing where there is no request', async () => {
      const { uri } = await open('# only a comment\n');
      assert.match(await refusal(run('fxiaoke.request.sendAll', { uri, open: false })), /There is no request here/);
    });

    it('goes once, asked for twice', async () => {
      const { uri } = await open(`### a\n${query('AccountObj')}\n### b\n${query('ContactObj')}`);
      const byPerson = { uri, open: false, byPerson: true };
      const results = await Promise.all(
        [1, 2].map(() => run<SendResult[] | undefined>('fxiaoke.request.sendAll', byPerson)),
      );
      assert.deepEqual(
        results.map(each => each?.length),
        [2, undefined],
      );
    });

    it('stops at what cannot be sent, and says where', async () => {
      const document = await open(`### a\n${query('AccountObj')}\n### b\n${query('{{nobody}}')}`);
      const message = await refusal(run('fxiaoke.request.sendAll', { uri: document.uri, open: false }));
      assert.match(message, /Line 10.*nobody/);
    });
  });

  it('marks a failed assertion on its line until the request is edited', async () => {
    const text = `### a\n${query('AccountObj', '\n?? errorCode == 0\n?? data.total < 0')}\n### b\n${query('NoSuchObj')}`;
    const document = await open(text);
    await vscode.window.showTextDocument(document);
    await run('fxiaoke.request.send', { uri: document.uri, line: 1, open: false });
    await run('fxiaoke.request.send', { uri: document.uri, line: 8, open: false });
    const before = findings(document.uri);
    assert.match(before.join('\n'), /^6 data\.total < 0 failed: it is \d+\n9 /);
    // What stands below an edit moves with its text; what is edited is no longer what was answered.
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(1, 0), '# a comment\n');
    await vscode.workspace.applyEdit(edit);
    const after = await until('one finding', () => {
      const list = findings(document.uri);
      return list.length === 1 && list;
    });
    assert.match(after[0]!, /^10 /);
  });

  describe('edited while they are under way', () => {
    /** Sends the second request of a text, and edits the text before the answer is there. */
    const sentMeanwhile = async (edit: (edit: vscode.WorkspaceEdit, uri: vscode.Uri) => void) => {
      const document = await open(`### a\n${query('AccountObj')}\n### b\n${query('NoSuchObj', '\n?? data.total < 0')}`);
      await vscode.window.showTextDocument(document);
      const fault = '/cgi/crm/v2/data/query:delay=1500@1';
      await faults('POST', { fault });
      const sending = run<SendResult>('fxiaoke.request.send', { uri: document.uri, line: 6, open: false });
      await untilMet('/cgi/crm/v2/data/query:delay');
      const edits = new vscode.WorkspaceEdit();
      edit(edits, document.uri);
      await vscode.workspace.applyEdit(edits);
      await sending;
      return findings(document.uri);
    };

    it('are marked where they stand by then', async () => {
      const marks = await sentMeanwhile((edit, uri) => edit.insert(uri, new vscode.Position(0, 0), '# one\n# two\n'));
      assert.match(marks.join('\n'), /^9 [^\n]*\n13 data\.total < 0 failed/);
    });

    it('and not at all where they are no longer what was answered', async () =>
      assert.deepEqual(
        await sentMeanwhile((edit, uri) => edit.insert(uri, new vscode.Position(7, 0), '# another\n')),
        [],
      ));
  });

  describe('by a lens', () => {
    const sendLens = async (document: vscode.TextDocument) => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        20,
      );
      const command = lenses.find(({ command: each }) => each?.title.endsWith('Send'))?.command;
      assert.ok(command);
      const argument: unknown = command.arguments?.[0];
      return () =>
        vscode.commands.executeCommand<SendResult | undefined>(command.command, {
          ...(argument as object),
          open: false,
        });
    };
    const insert = async (document: vscode.TextDocument, line: number, text: string) => {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(line, 0), text);
      await vscode.workspace.applyEdit(edit);
    };
    const titles = async () => (await run<{ title: string }[]>('fxiaoke.history.list')).map(({ title }) => title);

    it('send the request that they were shown for, or none', async () => {
      const document = await open(`### a\n${query('AccountObj')}`);
      const send = await sendLens(document);
      await run('fxiaoke.history.clear', {});
      await insert(document, 0, `### another\n${query('ContactObj')}\n`);
      await send();
      assert.deepEqual(await titles(), ['a']);
      // Edited, and sent before the lens has followed.
      await insert(document, 7, '# edited\n');
      await send();
      assert.deepEqual(await titles(), ['a', 'a']);
      const call = async (path: string) => {
        const other = new vscode.WorkspaceEdit();
        other.replace(document.uri, document.lineAt(8).range, `POST ${path}`);
        await vscode.workspace.applyEdit(other);
        await send();
      };
      await call('/cgi/crm/v2/data/delete');
      assert.deepEqual(await titles(), ['a', 'a']);
      // What only reads is no harm, as after a quick fix of its path.
      await call('/cgi/crm/custom/v2/data/findSimple');
      assert.deepEqual(await titles(), ['a', 'a', 'a']);
    });

    it('send once, clicked twice', async () => {
      const document = await open(`### a\n${query('AccountObj')}`);
      const send = await sendLens(document);
      await run('fxiaoke.history.clear', {});
      const results = await Promise.all([send(), send()]);
      assert.deepEqual(await titles(), ['a']);
      assert.deepEqual(
        results.map(result => result?.errorCode),
        [0, undefined],
      );
      await send();
      assert.equal((await titles()).length, 2);
    });
  });

  it('marks nothing twice that is marked while it is typed', async () => {
    const document = await open(query('{{nobody}}'));
    await refusal(run('fxiaoke.request.send', { uri: document.uri, open: false }));
    await until('the mark', () => findings(document.uri).length > 0);
    assert.equal(findings(document.uri).length, 1);
    const unreadable = await open('POST /cgi/crm/v2/data/query\n\n< ./nothing.json\n');
    await refusal(run('fxiaoke.request.send', { uri: unreadable.uri, open: false }));
    assert.match(findings(unreadable.uri).join(), /^2 .*nothing\.json/);
  });

  it('goes to the tenant that the caller names', async () => {
    const document = await open(query('AccountObj'));
    await run('fxiaoke.request.sendIn', { uri: document.uri, connection: 'Second', open: false });
    const [entry] = await run<{ connection: { name: string } }[]>('fxiaoke.history.list');
    assert.equal(entry?.connection.name, 'Second');
  });

  describe('to two tenants', () => {
    it('opens both answers as a diff', async () => {
      const document = await open(`### list\n${query('AccountObj')}`);
      const argument = { uri: document.uri, connections: ['First', 'Second'] };
      const results = await run<SendResult[]>('fxiaoke.request.compareTenants', argument);
      assert.deepEqual(
        results.map(({ errorCode }) => errorCode),
        [0, 0],
      );
      const tab = await until('a diff', () => {
        const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
        return input instanceof vscode.TabInputTextDiff && input;
      });
      assert.match(tab.original.path + tab.modified.path, /list\.json.*list\.json/);
    });

    it('begins with the one that a variable or the environment names, and offers the others', async () => {
      await write('fxiaoke.env.json', '{ "$shared": { "tenant": "Second" } }');
      const { window } = vscode as unknown as { window: { showQuickPick: unknown } };
      const { showQuickPick } = window;
      const offered: string[] = [];
      window.showQuickPick = async (list: Promise<{ label: string }[]>, { title }: { title: string }) => {
        const choices = await list;
        offered.push([title, ...choices.map(({ label }) => label)].join(' | '));
        return choices[0];
      };
      process.env['FXIAOKE_TEST_TENANT'] = 'Second';
      try {
        for (const directive of ['{{tenant}}', '{{$env FXIAOKE_TEST_TENANT}}']) {
          const { uri } = await open(`### list\n# @connection ${directive}\n${query('AccountObj')}`);
          const byPerson = { uri, line: 2, open: false, byPerson: true };
          await run('fxiaoke.request.compareTenants', byPerson);
          await run('fxiaoke.request.sendIn', byPerson);
        }
        assert.deepEqual(offered, [
          ...Array.from({ length: 2 }, () => [
            'Compare list in Second with… | First',
            'Send list in… | Second | First',
          ]).flat(),
        ]);
        const sent = await run<{ connection: { name: string } }[]>('fxiaoke.history.list');
        assert.deepEqual(
          sent.slice(0, 3).map(({ connection }) => connection.name),
          ['Second', 'First', 'Second'],
        );
      } finally {
        Object.assign(window, { showQuickPick });
        delete process.env['FXIAOKE_TEST_TENANT'];
        await write('fxiaoke.env.json', '{}');
      }
    });

    it('refuses what may change data, and sends nothing', async () => {
      const document = await open(create('Never there'));
      const argument = { uri: document.uri, connections: ['First', 'Second'] };
      assert.match(await refusal(run('fxiaoke.request.compareTenants', argument)), /Only requests that read/);
    });
  });

  it('takes no answer of one tenant for a request to another', async () => {
    const get = `POST /cgi/crm/v2/data/get\n\n{ "data": { "dataObjectApiName": "AccountObj", "objectDataId": "{{top.data.dataList[0]._id}}" } }\n`;
    const document = await open(`### top\n# @name top\n${query('AccountObj')}\n### get\n# @name get\n${get}`);
    const send = (name: string, connection?: string) =>
      run<SendResult>('fxiaoke.request.send', {
        uri: document.uri,
        name,
        open: false,
        ...(connection && { connection }),
      });
    await send('top', 'Second');
    assert.match(await refusal(send('get')), /response to top is from Second/);
    assert.equal((await send('get', 'Second')).errorCode, 0);
    // Both are remembered: comparing puts none in the place of the other.
    const connections = ['First', 'Second'];
    await run('fxiaoke.request.compareTenants', { uri: document.uri, name: 'top', connections, open: false });
    assert.equal((await send('get')).errorCode, 0);
    const own = new vscode.WorkspaceEdit();
    own.insert(document.uri, new vscode.Position(1, 0), '# @connection Second\n');
    await vscode.workspace.applyEdit(own);
    assert.equal((await send('get')).errorCode, 0);
  });

  describe('what only the person knows', () => {
    const { window } = vscode as unknown as { window: { showInputBox: unknown } };
    const { showInputBox } = window;
    const asked: string[] = [];
    let answers: Record<string, string> = {};
    beforeEach(() => {
      asked.length = 0;
      window.showInputBox = ({ prompt }: vscode.InputBoxOptions) => {
        asked.push(prompt ?? '');
        return Promise.resolve(answers[prompt ?? '']);
      };
    });
    afterEach(() => Object.assign(window, { showInputBox }));
    const text = `### ask\n${query('{{$prompt Which object?}}', '\n?? data.total > {{$prompt How many?}}')}`;

    it('is asked before it is sent, and stands in the request', async () => {
      answers = { 'Which object?': 'AccountObj', 'How many?': '1' };
      const { uri } = await open(text);
      const { errorCode, assertions } = await run<SendResult>('fxiaoke.request.send', { uri, open: false });
      assert.deepEqual([errorCode, assertions.map(({ passed }) => passed)], [0, [true]]);
      assert.deepEqual(asked, ['Which object?', 'How many?']);
    });

    it('keeps it from being sent where it is not told, and marks nothing', async () => {
      answers = { 'Which object?': 'AccountObj' };
      await run('fxiaoke.history.clear', {});
      const { uri } = await open(text);
      const message = await refusal(run('fxiaoke.request.send', { uri, open: false }));
      assert.match(message, /^Cancelled/);
      assert.deepEqual([await run('fxiaoke.history.list'), findings(uri)], [[], []]);
    });

    it('must fit where it stands', async () => {
      answers = { 'Which object?': 'AccountObj', 'How many?': 'a lot' };
      const { uri } = await open(text);
      assert.match(await refusal(run('fxiaoke.request.send', { uri, open: false })), /Line 6.*How many\? is not JSON/);
    });

    it('is not asked for the tenant where another is chosen', async () => {
      const { uri } = await open(`# @connection {{$prompt Which tenant?}}\n### list\n${query('AccountObj')}`);
      const argument = { uri, connections: ['First', 'Second'], open: false };
      await run('fxiaoke.request.compareTenants', argument);
      await run('fxiaoke.request.sendIn', { uri, connection: 'Second', open: false });
      assert.deepEqual(asked, []);
    });
  });

  describe('cancelled', () => {
    /** Cancels once the sandbox has the call, which it never answers; gives what the caller is told. */
    const cancelled = async (path: string, text: string) => {
      const fault = `${path}:timeout@1`;
      await faults('POST', { fault });
      const document = await open(text);
      const sending = refusal(run('fxiaoke.request.send', { uri: document.uri, open: false }));
      await untilMet(`${path}:timeout`);
      await run('fxiaoke.request.cancel');
      return sending;
    };

    it('says of a read that nothing else was sent', async () =>
      assert.match(await cancelled('/cgi/crm/v2/data/query', query('AccountObj')), /^Cancelled/));

    it('says of a write under way that its outcome is not known', async () =>
      assert.match(
        await cancelled('/cgi/crm/v2/data/create', create('Perhaps')),
        /not known.*thirdTraceId [0-9a-f-]{36}/,
      ));
  });

  describe('environments', () => {
    it('are those of the connection, the file beside going before the one in the root', async () => {
      await write('fxiaoke.env.json', '{ "First": { "object": "ContactObj", "n": 1 }, "$shared": { "n": 2 } }');
      await write(
        'sub/fxiaoke.env.json',
        '{ "Second": { "object": "NoSuchObj" }, "First": { "object": "AccountObj" } }',
      );
      const text = `### a\n${query('{{object}}').replace('"limit": 2', '"limit": {{n}}')}`;
      const uri = await write('sub/a.fxhttp', text);
      const document = await vscode.workspace.openTextDocument(uri);
      const definitionOf = async (name: string) => {
        const [place] = await vscode.commands.executeCommand<vscode.Location[]>(
          'vscode.executeDefinitionProvider',
          uri,
          document.positionAt(text.indexOf(`{{${name}}}`) + 3),
        );
        const file = place && (await vscode.workspace.openTextDocument(place.uri));
        return file && `${vscode.workspace.asRelativePath(file.uri)} ${file.offsetAt(place.range.start)}`;
      };
      assert.equal(await definitionOf('object'), 'sub/fxiaoke.env.json 51');
      assert.equal(await definitionOf('n'), 'fxiaoke.env.json 38');
      const objectOf = ({ body }: SendResult) =>
        (body.data?.['dataList'] as { object_describe_api_name: string }[]).map(each => each.object_describe_api_name);
      const send = (argument: object) => run<SendResult>('fxiaoke.request.send', { uri, open: false, ...argument });
      assert.deepEqual(objectOf(await send({})), ['AccountObj']);
      const second = await send({ connection: 'Second' });
      assert.notEqual(second.errorCode, 0);
      const inRoot = await write('a.fxhttp', text);
      assert.deepEqual(objectOf(await send({ uri: inRoot })), ['ContactObj']);
      assert.match(await refusal(send({ uri: inRoot, connection: 'Second' })), /object/);
    });

    it('that cannot be read are named', async () => {
      await write('bad/fxiaoke.env.json', '{ "First": 1 }');
      const uri = await write('bad/a.fxhttp', query('AccountObj'));
      const message = await refusal(run('fxiaoke.request.send', { uri, open: false }));
      assert.match(message, /Nothing was sent\. bad\/fxiaoke\.env\.json: “First”/);
    });
  });

  describe('secrets', () => {
    it('are sent, and shown nowhere', async () => {
      await run('fxiaoke.secret.set', { name: 'phrase', value: 'open sesame "1"' });
      const document = await open(`### with a secret\n${query('No{{$secret phrase}}Obj')}\n?? data == "x"\n`);
      const { body, errorCode } = await run<SendResult>('fxiaoke.request.send', { uri: document.uri });
      assert.notEqual(errorCode, 0);
      // The sandbox says which object it does not know.
      assert.match(JSON.stringify(body), /sesame/);
      const answer = await shown('fxiaoke-response', 'with a secret.json');
      const seen = [
        answer.getText(),
        ...findings(document.uri),
        JSON.stringify(await run('fxiaoke.history.list')),
      ].join('\n');
      assert.match(seen, /\{\{\$secret phrase\}\}/);
      assert.doesNotMatch(seen, /sesame/);
      await run('fxiaoke.secret.remove', { name: 'phrase' });
    });

    it('that are too short to be masked are refused', async () =>
      assert.match(await refusal(run('fxiaoke.secret.set', { name: 'x', value: 'short' })), /8 characters/));
  });

  it('keeps the focus, and shows code, time and trace id above the answer', async () => {
    const document = await open(`### the list\n${query('AccountObj')}`);
    await vscode.window.showTextDocument(document);
    const { traceId } = await run<SendResult>('fxiaoke.request.send', { uri: document.uri });
    const answer = await shown('fxiaoke-response', 'the list.json');
    assert.equal(vscode.window.activeTextEditor?.document, document);
    assert.doesNotThrow(() => JSON.parse(answer.getText()));
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      answer.uri,
      10,
    );
    const titles = lenses.map(({ command }) => command?.title ?? '').join('\n');
    assert.match(titles, /\b0 · \d+ ms · .*First/);
    assert.ok(titles.includes(traceId));
  });

  describe('again', () => {
    const setting = (key: string, value: unknown) =>
      vscode.workspace.getConfiguration().update(key, value, vscode.ConfigurationTarget.Global);
    const responses = () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .filter(({ input }) => input instanceof vscode.TabInputText && input.uri.scheme === 'fxiaoke-response');
    const send = async ({ uri }: vscode.TextDocument) =>
      (await run<SendResult>('fxiaoke.request.send', { uri })).traceId;
    const twice = async () => {
      const document = await open(`### the list\n${query('AccountObj')}`);
      await vscode.window.showTextDocument(document);
      const older = await send(document);
      const answer = await shown('fxiaoke-response', 'the list.json');
      return { document, answer, older, newer: await send(document) };
    };

    it('shows the response in the same tab, with its own figures above', async () => {
      const { document, answer, older, newer } = await twice();
      assert.ok(answer.getText().includes(newer));
      assert.ok(!answer.getText().includes(older));
      assert.equal(responses().length, 1);
      assert.equal(vscode.window.activeTextEditor?.document, document);
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        answer.uri,
        10,
      );
      assert.ok(lenses.some(({ command }) => command?.title.includes(newer)));
    });

    it('leaves the one before in the history, to be opened and compared', async () => {
      const { older, newer } = await twice();
      const [second, first] = await run<{ id: string }[]>('fxiaoke.history.list');
      const { uri } = await run<{ uri: string }>('fxiaoke.history.open', { id: first!.id });
      const opened = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
      assert.ok(opened.getText().includes(older));
      await run('fxiaoke.response.compare', { ids: [first!.id, second!.id] });
      const texts = await until('both sides', () => {
        const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
        return input instanceof vscode.TabInputTextDiff && [input.original, input.modified];
      });
      const [left, right] = await Promise.all(texts.map(each => vscode.workspace.openTextDocument(each)));
      assert.ok(left!.getText().includes(older));
      assert.ok(right!.getText().includes(newer));
    });

    it('shows each in a tab of its own where that is set', async () => {
      await setting('fxiaoke.response.reuseTab', false);
      try {
        const { document, answer, older } = await twice();
        await until('two tabs', () => responses().length === 2 && responses().every(({ isPreview }) => !isPreview));
        assert.ok(answer.getText().includes(older));
        assert.equal(vscode.window.activeTextEditor?.document, document);
        assert.equal(new Set(responses().map(({ group }) => group.viewColumn)).size, 1);
      } finally {
        await setting('fxiaoke.response.reuseTab', undefined);
      }
    });

    it('shows it in the same tab where the editor has no preview tabs', async () => {
      await setting('workbench.editor.enablePreview', false);
      try {
        const { document, answer, newer } = await twice();
        assert.ok(answer.getText().includes(newer));
        assert.equal(responses().length, 1);
        // Another request, whose tab has another title.
        const other = await open(`### another list\n${query('ContactObj')}`);
        await run('fxiaoke.request.send', { uri: other.uri });
        await until(
          'one tab',
          () =>
            responses()
              .map(({ label }) => label)
              .join() === 'another list.json',
        );
        assert.equal(vscode.window.activeTextEditor?.document, document);
        // One that is pinned stays.
        await vscode.window.showTextDocument(
          await shown('fxiaoke-response', 'another list.json'),
          vscode.ViewColumn.Two,
        );
        await vscode.commands.executeCommand('workbench.action.pinEditor');
        await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
        await send(document);
        await until('two tabs', () => responses().length === 2);
      } finally {
        await vscode.window.tabGroups.close(responses());
        await setting('workbench.editor.enablePreview', undefined);
      }
    });

    it('leaves the file the editor that commands are about, whatever is shown where', async () => {
      const document = await open(`### a\n${query('AccountObj')}\n### b\n${query('ContactObj')}`);
      for (const column of [vscode.ViewColumn.One, vscode.ViewColumn.Three]) {
        await vscode.window.showTextDocument(document, column);
        for (const line of [1, 6]) {
          await run('fxiaoke.request.send', { uri: document.uri, line });
          await shown('fxiaoke-response', line === 1 ? 'a.json' : 'b.json');
          await until('the file in the active group', () => {
            const { activeTab, viewColumn } = vscode.window.tabGroups.activeTabGroup;
            const isFile =
              activeTab?.input instanceof vscode.TabInputText && activeTab.input.uri.path === document.uri.path;
            return isFile && viewColumn === column;
          });
        }
      }
    });

    it('leaves a tab alone that is kept open', async () => {
      const { document, answer, newer } = await twice();
      await vscode.window.showTextDocument(answer, { preview: false, viewColumn: vscode.ViewColumn.Beside });
      await until('a tab that is kept', () => responses().every(({ isPreview }) => !isPreview));
      await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
      await send(document);
      assert.equal(responses().length, 2);
      assert.ok(answer.getText().includes(newer));
    });
  });

  it('keeps the answers in the history, under the tenant’s name', async () => {
    assert.equal(first.name, 'First');
    await run('fxiaoke.history.clear', {});
    const document = await open(`### the list\n${query('AccountObj')}`);
    await run('fxiaoke.request.send', { uri: document.uri, open: false });
    const list = await run<{ title: string; connection: { name: string } }[]>('fxiaoke.history.list');
    assert.deepEqual(
      list.map(({ title, connection }) => [title, connection.name]),
      [['the list', 'First']],
    );
  });

  it('calls a request that has no name in the history by what it does', async () => {
    await run('fxiaoke.history.clear', {});
    const document = await open(query('AccountObj'));
    await run('fxiaoke.request.send', { uri: document.uri, open: false });
    const list = await run<{ title: string }[]>('fxiaoke.history.list');
    assert.deepEqual(
      list.map(({ title }) => title),
      ['Query records AccountObj'],
    );
  });
});
