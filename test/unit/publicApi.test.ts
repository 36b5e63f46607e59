import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const projectFolder = path.resolve(__dirname, '../../..');
const read = (file: string) => fs.readFileSync(path.join(projectFolder, file), 'utf8');

/** The types of the language, Node and the editor, which take long to read. */
const library = new Map<string, ts.SourceFile>();

/** What the compiler says of a text in the project's folder, where `./fxiaokeApi` is the copied file of types. */
function problemsIn(text: string): string[] {
  const example = path.join(projectFolder, 'example.ts');
  const texts = new Map([
    [example, `import * as vscode from 'vscode';\n${text}\nexport {};\n`],
    [path.join(projectFolder, 'fxiaokeApi.ts'), read('src/publicApi.ts')],
  ]);
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Preserve,
  };
  const host = ts.createCompilerHost(options);
  const onDisk = { ...host };
  const given = (name: string) => texts.get(path.normalize(name));
  Object.assign(host, {
    fileExists: (name: string) => given(name) !== undefined || onDisk.fileExists(name),
    readFile: (name: string) => given(name) ?? onDisk.readFile(name),
    getSourceFile: (name: string, language: ts.ScriptTarget) => {
      const text = given(name);
      if (text !== undefined) return ts.createSourceFile(name, text, language);
      const file = library.get(name) ?? onDisk.getSourceFile(name, language);
      if (file) library.set(name, file);
      return file;
    },
    getCurrentDirectory: () => projectFolder,
  });
  const program = ts.createProgram([example], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('publicApi', function () {
  // The compiler reads the types of the editor.
  this.timeout(60_000);

  it('is used in docs/api.md as it is', () => {
    const examples = [...read('docs/api.md').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text = '']) => text);
    assert.equal(examples.length, 2);
    for (const text of examples) assert.deepEqual(problemsIn(text), [], text);
  });

  it('is used at the head of its file as it is', () => {
    const lines = read('src/publicApi.ts')
      .split('\n')
      .filter(line => line.startsWith(' *     '));
    assert.ok(lines.length > 2);
    const text = lines.map(line => line.slice(7)).join('\n');
    assert.deepEqual(problemsIn(`import type { FxiaokeApi } from './fxiaokeApi';\n${text}`), [], text);
  });

  it('is told of where it is used wrongly', () => {
    const wrong = `import type { FxiaokeApi } from './fxiaokeApi';\ndeclare const api: FxiaokeApi;\napi.nope();`;
    assert.match(problemsIn(wrong).join(), /nope/);
  });
});
