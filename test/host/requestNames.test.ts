import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { closeEditors, testExports } from './commands';

const text = `@size = 2

### Customers
# @name top
POST /cgi/crm/v2/data/query

{ "data": { "search_query_info": { "limit": {{size}}, "offset": {{ size }} } } }

### The first of {{top}}
POST /cgi/crm/v2/data/get

{ "data": { "objectDataId": "{{top.data.dataList[0]._id}}", "size": "size top {{size}}" } }

?? data.name == "{{top.data.dataList[0].name}}"
`;

describe('names and links of a request file', () => {
  let elsewhere = '';
  const root = () => vscode.workspace.workspaceFolders![0]!.uri.fsPath;

  before(async () => {
    elsewhere = fs.mkdtempSync(path.join(os.tmpdir(), 'fxiaoke-names-'));
    await testExports();
  });
  afterEach(closeEditors);
  after(() => fs.rmSync(elsewhere, { recursive: true, force: true }));

  const written = (folder: string, name: string, content: string) => {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
    return vscode.workspace.openTextDocument(path.join(folder, name));
  };

  describe('references', () => {
    const referencesOf = async (marked: string) => {
      const document = await written(elsewhere, 'names.fxhttp', text);
      const position = document.positionAt(text.indexOf(marked.replace('¦', '')) + marked.indexOf('¦'));
      const found = await vscode.commands.executeCommand<vscode.Location[]>(
        'vscode.executeReferenceProvider',
        document.uri,
        position,
      );
      return found.map(({ range }) => `${range.start.line} ${document.getText(range)}`);
    };

    it('of a variable are where it is set and where a template takes it, not where a text has its name', async () => {
      const expected = ['0 size', '6 size', '6 size', '11 size'];
      for (const marked of ['@si¦ze', '{{si¦ze}}', '{{ size¦ }}'])
        assert.deepEqual(await referencesOf(marked), expected);
    });

    it('of a named request are its directive and the paths into its response, assertions included', async () => {
      const expected = ['3 top', '11 top', '13 top'];
      for (const marked of ['@name to¦p', '{{to¦p.data.dataList[0]._id}}', '{{top.data.dataList[0].na¦me}}'])
        assert.deepEqual(await referencesOf(marked), expected);
    });

    it('of anything else there are none', async () => assert.deepEqual(await referencesOf('"si¦ze": "size top'), []));
  });

  describe('a body from a file', () => {
    const linksIn = async (document: vscode.TextDocument) => {
      const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
        'vscode.executeLinkProvider',
        document.uri,
        100,
      );
      return links.map(({ range, target }) => [document.getText(range), target?.fsPath]);
    };
    const request = (file: string) => `POST /cgi/crm/v2/data/query\n\n< ${file}\n`;

    it('is a link to the file beside, else to the one in the root, else to where it might be', async () => {
      const folder = path.join(root(), 'linked');
      fs.mkdirSync(folder);
      fs.writeFileSync(path.join(folder, 'both.json'), '{}');
      fs.writeFileSync(path.join(root(), 'both.json'), '{}');
      fs.writeFileSync(path.join(root(), 'root.json'), '{}');
      try {
        const files = ['./both.json', 'root.json', './none.json', path.join(root(), 'both.json')];
        const document = await written(folder, 'a.fxhttp', files.map(file => `###\n${request(file)}`).join('\n'));
        assert.deepEqual(await linksIn(document), [
          [files[0], path.join(folder, 'both.json')],
          [files[1], path.join(root(), 'root.json')],
          [files[2], path.join(folder, 'none.json')],
          [files[3], path.join(root(), 'both.json')],
        ]);
      } finally {
        for (const file of ['linked', 'both.json', 'root.json']) {
          fs.rmSync(path.join(root(), file), { recursive: true });
        }
      }
    });

    it('is no link where a variable names it, nor in a file that is not saved yet', async () => {
      assert.deepEqual(await linksIn(await written(elsewhere, 'links.fxhttp', request('./{{name}}.json'))), []);
      const untitled = await vscode.workspace.openTextDocument({
        language: 'fxiaoke-request',
        content: request('./body.json'),
      });
      assert.deepEqual(await linksIn(untitled), []);
    });
  });
});
