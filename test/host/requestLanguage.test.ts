import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import {
  closeEditors,
  connect,
  removeConnections,
  run,
  startSandbox,
  testExports,
  until,
  type SandboxLogin,
} from './commands';

describe('request files in the editor', () => {
  let sandbox: ChildProcess;
  let login: SandboxLogin;
  let folder = '';
  let count = 0;

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fxiaoke-requests-'));
    const started = await startSandbox();
    sandbox = started.process;
    login = started.login;
    await removeConnections();
    await connect(started.login);
  });
  afterEach(closeEditors);
  after(async () => {
    await removeConnections();
    sandbox.kill();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  /** Opens a text whose cursor stands at `¦`. */
  async function open(marked: string) {
    const offset = marked.indexOf('¦');
    const content = marked.replace('¦', '');
    const file = path.join(folder, `${String(++count)}.fxhttp`);
    fs.writeFileSync(file, content);
    const document = await vscode.workspace.openTextDocument(file);
    return { document, position: document.positionAt(Math.max(0, offset)) };
  }

  async function completions(marked: string): Promise<vscode.CompletionItem[]> {
    const { document, position } = await open(marked);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      position,
    );
    return list.items;
  }

  const hover = async (marked: string) => {
    const { document, position } = await open(marked);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    const texts = hovers.flatMap(({ contents }) => contents.map(content => (content as vscode.MarkdownString).value));
    return texts.join().replaceAll('&nbsp;', ' ');
  };

  const labelOf = ({ label }: vscode.CompletionItem) => (typeof label === 'string' ? label : label.label);
  const query = (info: string, object = 'AccountObj') =>
    `### all\n# @name top\nPOST /cgi/crm/v2/data/query\n\n{ "data": { "dataObjectApiName": "${object}", "search_query_info": { ${info} } } }\n`;
  const diagnostics = (document: vscode.TextDocument, count: number) =>
    until(`${count} diagnostics`, () => {
      const list = vscode.languages.getDiagnostics(document.uri);
      return list.length === count && list;
    });

  it('offer the tenant’s objects, fields, operators and options', async () => {
    const objects = await completions(query('"limit": 1', '¦'));
    const custom = objects.find(item => labelOf(item).endsWith('__c'));
    assert.ok(custom && objects.some(item => labelOf(item) === 'AccountObj'));
    const fields = await completions(query('"filters": [{ "field_name": "¦" }]'));
    assert.ok(fields.some(item => labelOf(item) === 'account_level'));
    const operators = await completions(query('"filters": [{ "field_name": "owner", "operator": "¦" }]'));
    assert.ok(operators.some(item => labelOf(item) === 'HASANYOF') && !operators.some(item => labelOf(item) === 'GT'));
    const options = await completions(
      query('"filters": [{ "field_name": "account_level", "operator": "EQ", "field_values": ["¦"] }]'),
    );
    assert.ok(options.length > 0);
    // The quotes around the cursor are part of what is replaced, however the editor inserts.
    for (const { range } of options) assert.ok(range instanceof vscode.Range && !range.isEmpty);
    const types = await completions(
      'POST /cgi/crm/v2/data/create\n\n{ "data": { "object_data": { "dataObjectApiName": "AccountObj", "record_type": "¦" } } }',
    );
    const usual = types.find(item => labelOf(item) === 'default__c');
    assert.ok(usual && typeof usual.label !== 'string' && usual.label.description, types.map(labelOf).join());
  });

  it('offer those of the tenant that the environment names', async () => {
    fs.writeFileSync(path.join(folder, 'fxiaoke.env.json'), '{ "$shared": { "tenant": "Test" } }');
    const text = query('"limit": 1', '¦').replace('POST', '# @connection {{tenant}}\nPOST');
    assert.ok((await completions(text)).some(item => labelOf(item) === 'AccountObj'));
    assert.match(await hover(text.replace('"¦"', '"Acc¦ountObj"')), /客户/);
    fs.rmSync(path.join(folder, 'fxiaoke.env.json'));
  });

  it('offer what fits a text that was edited while the tenant was asked', async () => {
    const faults = (body?: object) =>
      fetch(`${login.url}/sandbox/admin/faults`, {
        method: body ? 'POST' : 'GET',
        headers: { 'x-sandbox-secret': login.appSecret },
        ...(body && { body: JSON.stringify(body) }),
      }).then(response => response.json() as Promise<{ faults: { fault: string; met: number }[] }>);
    const offered = async (object: string, at: (cursor: vscode.Position) => vscode.Position, text: string) => {
      await faults({ fault: '/cgi/crm/v2/object/describe:delay=1500@1' });
      const { document, position } = await open(query('"fieldProjection": ["¦"]', object));
      const asked = vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        position,
      );
      const isMet = async () => (await faults()).faults.some(({ fault, met }) => fault.includes('delay') && met > 0);
      while (!(await isMet())) await new Promise(resolve => setTimeout(resolve, 20));
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, at(position), text);
      await vscode.workspace.applyEdit(edit);
      return {
        items: (await asked).items,
        quotes: new vscode.Range(position.translate(0, -1), position.translate(0, 1)),
      };
    };
    // Somebody types on: the editor holds the places of then against the text of now.
    const typedOn = await offered('PartnerObj', cursor => cursor, 'na');
    const name = typedOn.items.find(item => labelOf(item) === 'name');
    assert.ok(name?.range instanceof vscode.Range && name.range.isEqual(typedOn.quotes));
    await fetch(`${login.url}/sandbox/admin/faults`, {
      method: 'DELETE',
      headers: { 'x-sandbox-secret': login.appSecret },
    });
    const above = await offered('OpportunityObj', () => new vscode.Position(0, 0), '# above\n');
    assert.deepEqual(above.items.map(labelOf), []);
  });

  it('offer the ids of records that were read, and name them', async () => {
    const { records } = await run<{ records: { _id: string; name: string }[] }>('fxiaoke.record.query', {
      object: 'AccountObj',
      limit: 3,
      open: false,
    });
    const [record] = records;
    assert.ok(record);
    const get = (id: string) =>
      `POST /cgi/crm/v2/data/get\n\n{ "data": { "dataObjectApiName": "AccountObj", "objectDataId": "${id}" } }\n`;
    const offered = (await completions(get('¦'))).map(item => [
      labelOf(item),
      typeof item.label === 'string' ? '' : item.label.description,
    ]);
    for (const { _id, name } of records)
      assert.ok(
        offered.some(([id, label]) => id === _id && label === name),
        name,
      );
    assert.ok((await hover(get(`¦${record._id}`))).includes(record.name));
  });

  it('say what the API would refuse, and put it right', async () => {
    const { document } = await open(query('"limit": 500, "offset": 0'));
    const [diagnostic] = await diagnostics(document, 1);
    assert.equal(diagnostic?.severity, vscode.DiagnosticSeverity.Warning);
    assert.match(diagnostic.message, /at most 100/);
    const [action] = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      diagnostic.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    assert.ok(action?.edit);
    await vscode.workspace.applyEdit(action.edit);
    assert.match(document.getText(), /"limit": 100/);
    await diagnostics(document, 0);
  });

  it('check fields once the tenant has told of them', async () => {
    const text = query('"filters": [{ "field_name": "no_such_field", "operator": "EQ", "field_values": ["1"] }]');
    await completions(query('"filters": [{ "field_name": "¦" }]'));
    const { document } = await open(text);
    const [diagnostic] = await diagnostics(document, 1);
    assert.match(diagnostic?.message ?? '', /AccountObj has no field no_such_field/);
  });

  it('say what an endpoint and a field are', async () => {
    assert.match(await hover(query('').replace('v2/data', 'v2/da¦ta')), /Query records/);
    await completions(query('"filters": [{ "field_name": "¦" }]'));
    assert.match(await hover(query('"fieldProjection": ["account¦_level"]')), /select\\?_one/);
  });

  it('say what a variable holds now, and never a secret', async () => {
    const token = `T0ken-${String(Date.now())}`;
    await run('fxiaoke.secret.set', { name: 'door', value: token });
    const environment = { Test: { region: '上海', api_token: 'not-for-eyes', like: `it is ${token}` } };
    fs.writeFileSync(path.join(folder, 'fxiaoke.env.json'), JSON.stringify(environment));
    const about = (template: string) =>
      hover(`@x = {{region}} {{$secret door}}\nPOST /cgi/crm/v2/object/list\n\n{ "a": "{{¦${template}}}" }`);
    assert.match(await about('x'), /上海 \{\{\$secret door\}\}/);
    assert.match(await about('api_token'), /redacted/);
    assert.match(await about('nobody'), /nobody is not known/);
    // Once a secret was used, its value is known as one wherever it stands.
    const uses = await open('### a\nPOST /cgi/crm/v2/data/get\n\n{ "data": "{{$secret door}}" }');
    await run('fxiaoke.request.send', { uri: uses.document.uri, open: false });
    const shown = [];
    for (const each of ['x', 'api_token', 'like', '$secret door']) shown.push(await about(each));
    assert.doesNotMatch(shown.join(), new RegExp(`not-for-eyes|${token}`));
    assert.match(shown.join(), /secret door/);
    fs.rmSync(path.join(folder, 'fxiaoke.env.json'));
    await run('fxiaoke.secret.remove', { name: 'door' });
  });

  it('have an outline, folds, names that can be followed and renamed', async () => {
    const { document, position } = await open(`@size = 5\n${query('"limit": {{si¦ze}}')}`);
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['size', 'all'],
    );
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    assert.ok(folds.some(({ start }) => start === 1));
    const spread = await open(query('\n"limit": 5\n'));
    const inBody = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      spread.document.uri,
    );
    assert.ok(inBody.some(({ start, end }) => start === 4 && end === 5));
    const [definition] = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      position,
    );
    assert.equal(definition?.range.start.line, 0);
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      position,
      'count',
    );
    await vscode.workspace.applyEdit(edit);
    assert.match(document.getText(), /@count = 5[^]*\{\{count\}\}/);
  });

  it('mark variables that have no value now, until they have one', async () => {
    const list = (more: string) => `### list\n# @name list\nPOST /cgi/crm/v2/object/list\n\n{ ${more} }\n`;
    const { document } = await open(
      `${list('')}\n${list('"a": "{{who}}", "b": "{{list.traceId}}"').replace('# @name list\n', '')}`,
    );
    const marked = () => vscode.languages.getDiagnostics(document.uri).map(({ code, severity }) => [code, severity]);
    const { Error, Information } = vscode.DiagnosticSeverity;
    await until('both marks', () => marked().length === 2);
    assert.deepEqual(marked(), [
      ['variableUnknown', Error],
      ['responseMissing', Information],
    ]);
    await run('fxiaoke.request.send', { uri: document.uri, name: 'list', open: false });
    await until('an answer to take it from', () => marked().length === 1);
    const typed = new vscode.WorkspaceEdit();
    typed.insert(document.uri, new vscode.Position(0, 0), '@who = me\n');
    await vscode.workspace.applyEdit(typed);
    await until('a value for each', () => marked().length === 0);
  });

  it('follow an environment that changes elsewhere', async () => {
    const watched = path.join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, 'watched');
    fs.mkdirSync(watched);
    const [file, environment] = [path.join(watched, 'a.fxhttp'), path.join(watched, 'fxiaoke.env.json')];
    fs.writeFileSync(file, 'POST /cgi/crm/v2/object/list\n\n{ "a": "{{where}}" }\n');
    try {
      const { uri } = await vscode.workspace.openTextDocument(file);
      const codes = () => vscode.languages.getDiagnostics(uri).map(({ code }) => code);
      await until('the mark', () => codes().includes('variableUnknown'));
      fs.writeFileSync(environment, '{ "$shared": { "where": "here" } }');
      await until('a value', () => codes().length === 0);
      fs.rmSync(environment);
      await until('the mark once more', () => codes().includes('variableUnknown'));
    } finally {
      fs.rmSync(watched, { recursive: true });
    }
  });

  it('offer the connections in an environment file', async () => {
    const file = path.join(folder, 'fxiaoke.env.json');
    fs.writeFileSync(file, '{ "" }');
    const document = await vscode.workspace.openTextDocument(file);
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      new vscode.Position(0, 3),
    );
    assert.ok(
      items.some(item => labelOf(item) === 'Test'),
      items.map(labelOf).join(),
    );
    fs.rmSync(file);
  });

  it('warn of secrets on disk, and move them to the secret storage', async () => {
    const secret = `T0ken-${String(Date.now())}`;
    const { document } = await open(`@id = 1\nPOST /cgi/crm/v2/object/list\n\n{ "a": 1 }\n`);
    const warnings = () => vscode.languages.getDiagnostics(document.uri).filter(({ code }) => code === 'secretInFile');
    const typed = new vscode.WorkspaceEdit();
    typed.insert(document.uri, new vscode.Position(0, 0), `@access_token = ${secret}\n# once more: ${secret}\n`);
    typed.insert(document.uri, new vscode.Position(3, 1), ` "accessToken": "${secret}",`);
    await vscode.workspace.applyEdit(typed);
    await document.save();
    const found = await until('the warnings', () => warnings().length === 2 && warnings());
    assert.deepEqual(
      found.map(({ range }) => document.getText(range)),
      [secret, secret],
    );
    assert.ok(found.every(({ message }) => !message.includes(secret)));
    const [action] = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      found[0]?.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    assert.equal(action?.title, 'Move to the secret storage');
    const argument = action.command?.arguments?.[0] as unknown;
    await vscode.commands.executeCommand(action.command?.command ?? '', argument);
    const { secrets } = await testExports();
    assert.equal(await secrets.get('secret.access_token'), secret);
    // What is known as a secret by now is one wherever it stands.
    assert.match(
      document.getText(),
      /@access_token = (\{\{\$secret access_token\}\})\n# once more: \1\n[^]*"accessToken": "\1"/,
    );
    await until('the end of the warnings', () => warnings().length === 0);
    assert.ok(!fs.readFileSync(document.uri.fsPath, 'utf8').includes(secret));
    await run('fxiaoke.secret.remove', { name: 'access_token' });
  });

  it('colour what the tenant has, and what nobody knows', async () => {
    const text = query('"filters": [{ "field_name": "¦" }], "fieldProjection": ["account_level", "nme", "{{no}}"]');
    await completions(text);
    const { document } = await open(text);
    const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens>(
      'vscode.provideDocumentRangeSemanticTokens',
      document.uri,
      new vscode.Range(0, 0, document.lineCount, 0),
    );
    const legend = await vscode.commands.executeCommand<vscode.SemanticTokensLegend>(
      'vscode.provideDocumentRangeSemanticTokensLegend',
      document.uri,
      new vscode.Range(0, 0, document.lineCount, 0),
    );
    const found: string[] = [];
    let [line, character] = [0, 0];
    for (let at = 0; at < tokens.data.length; at += 5) {
      const [lines = 0, characters = 0, length = 0, type = 0, modifiers = 0] = tokens.data.slice(at, at + 5);
      [line, character] = [line + lines, lines > 0 ? characters : character + characters];
      const word = document.getText(new vscode.Range(line, character, line, character + length));
      found.push(`${legend.tokenTypes[type] ?? ''} ${word}${modifiers > 0 ? '?' : ''}`);
    }
    assert.deepEqual(found, ['class AccountObj', 'property account_level', 'property nme?', 'variable no?']);
  });

  it('are laid out', async () => {
    const { document } = await open('POST /cgi/crm/v2/object/list\n\n{"a":{{x}},}');
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
      'vscode.executeFormatDocumentProvider',
      document.uri,
      { tabSize: 2, insertSpaces: true },
    );
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, edits);
    await vscode.workspace.applyEdit(edit);
    assert.match(document.getText(), /\{\n {2}"a": \{\{x\}\},\n\}/);
  });
});
