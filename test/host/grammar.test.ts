import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';

/** What the test uses of vscode-textmate and vscode-oniguruma, which the editor brings. */
interface Grammar {
  tokenizeLine(
    line: string,
    before: unknown,
  ): { tokens: { startIndex: number; endIndex: number; scopes: string[] }[]; ruleStack: unknown };
}
interface TextMate {
  Registry: new (options: object) => { loadGrammar(scope: string): Promise<Grammar | null> };
  readonly parseRawGrammar: (text: string, file: string) => object;
}
interface Oniguruma {
  readonly loadWASM: (data: Uint8Array) => Promise<void>;
  OnigScanner: new (patterns: string[]) => object;
  OnigString: new (text: string) => object;
}

const files: Readonly<Record<string, [extension: string, file: string]>> = {
  'source.fxhttp': ['crm-devkit.fxiaoke-crm', 'media/fxhttp.tmLanguage.json'],
  'source.json.comments': ['vscode.json', 'syntaxes/JSONC.tmLanguage.json'],
};

/** The grammar as the editor runs it. */
async function load(): Promise<Grammar> {
  const editor = createRequire(path.join(vscode.env.appRoot, 'package.json'));
  const { Registry, parseRawGrammar } = editor('vscode-textmate') as TextMate;
  const { loadWASM, OnigScanner, OnigString } = editor('vscode-oniguruma') as Oniguruma;
  await loadWASM(fs.readFileSync(path.join(path.dirname(editor.resolve('vscode-oniguruma')), 'onig.wasm')));
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns: string[]) => new OnigScanner(patterns),
      createOnigString: (text: string) => new OnigString(text),
    }),
    loadGrammar: (scope: string) => {
      const [extension, name] = files[scope] ?? [];
      if (extension === undefined || name === undefined) return Promise.resolve(null);
      const file = path.join(vscode.extensions.getExtension(extension)?.extensionPath ?? '', name);
      return Promise.resolve(parseRawGrammar(fs.readFileSync(file, 'utf8'), file));
    },
  });
  const grammar = await registry.loadGrammar('source.fxhttp');
  assert.ok(grammar);
  return grammar;
}

const text = `@id = {{region}}
# a comment
  ### Of customers
# @name top
POST /cgi/crm/v2/data/get?x={{id}} HTTP/1.1
x-extra: {{$uuid}}

{
  # by hand
  "data": { "id": "{{$secret key}}", "limit": {{size}}, "n": 1, }, // why
}

?? data.total >= {{least}}
### Next
< ./body.json
### Never closed
post /cgi/crm/v2/data/get

{ "data": {

?? errorCode == 0
### Behind it
POST /cgi/crm/v2/data/query

{}

> {%
  header: never;
%}
?? total > 1
>> answer.json
### Not closed either
< {%
### The last
POST /cgi/crm/v2/data/query`;

describe('the grammar of request files', () => {
  let lines: (readonly { text: string; scope: string }[])[];

  before(async () => {
    const grammar = await load();
    let state: unknown = null;
    lines = text.split('\n').map(line => {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
      state = ruleStack;
      return tokens.map(({ startIndex, endIndex, scopes }) => ({
        text: line.slice(startIndex, endIndex),
        scope: scopes.join(' '),
      }));
    });
  });

  const scopeOf = (line: number, piece: string) =>
    lines[line]?.find(token => token.text.trim() === piece)?.scope ?? lines[line]?.map(token => token.text).join('|');

  for (const [line, piece, scope] of [
    [0, '@id', /variable\.other\.definition/],
    [0, 'region', /variable\.other\.readwrite/],
    [1, '# a comment', /comment\.line/],
    [2, 'Of customers', /markup\.heading/],
    [3, '@name', /keyword\.other\.directive/],
    [3, 'top', /string\.unquoted/],
    [4, 'POST', /keyword\.control\.method/],
    [4, '/cgi/crm/v2/data/get?x=', /entity\.name\.function/],
    [4, 'id', /variable\.other\.readwrite/],
    [4, 'HTTP/1.1', /comment/],
    [5, 'x-extra', /property-name\.header/],
    [5, '$uuid', /support\.function\.builtin/],
    [8, '# by hand', /comment\.line/],
    [9, '$secret', /support\.function\.builtin/],
    [9, 'size', /variable\.other\.readwrite/],
    [9, '1', /constant\.numeric/],
    [9, 'why', /comment/],
    [12, 'data.total', /variable\.other\.path/],
    [12, 'least', /variable\.other\.readwrite/],
    [13, 'Next', /markup\.heading/],
    [14, './body.json', /string\.unquoted\.path/],
    [16, 'post', /keyword\.control\.method/],
    [20, 'errorCode', /variable\.other\.path/],
    [21, 'Behind it', /markup\.heading/],
    [22, 'POST', /keyword\.control\.method/],
    [27, 'header: never;', /comment\.block/],
    [29, 'total', /variable\.other\.path/],
    [30, '>> answer.json', /comment/],
    [33, 'The last', /markup\.heading/],
    [34, 'POST', /keyword\.control\.method/],
  ] as const) {
    it(`knows ${piece} in line ${line + 1}`, () => assert.match(scopeOf(line, piece) ?? '', scope));
  }

  it('takes nothing for a mistake', () => {
    assert.deepEqual(
      lines.flat().filter(({ scope }) => scope.includes('invalid')),
      [],
    );
  });
});
