import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** Source files that refer to each other, by the path from the project's folder: `src/extension.ts`. */
export interface SourceProgram {
  readonly files: readonly ts.SourceFile[];
  readonly checker: ts.TypeChecker;
}

/** Something to put right, and where: `src/extension.ts:12`. */
export interface Finding {
  readonly at: string;
  readonly problem: string;
}

/** `sources` are texts by path. Packages and the standard library are left out: names are looked up, not types. */
export function sourceProgram(sources: ReadonlyMap<string, string>): SourceProgram {
  const files = new Map(
    [...sources].map(([name, text]) => [name, ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true)]),
  );
  const host: ts.CompilerHost = {
    getSourceFile: name => files.get(name),
    fileExists: name => files.has(name),
    readFile: name => sources.get(name),
    directoryExists: () => true,
    getDefaultLibFileName: () => 'lib.d.ts',
    getCurrentDirectory: () => '',
    getCanonicalFileName: name => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    writeFile: () => undefined,
  };
  const options = { noLib: true, types: [], module: ts.ModuleKind.Preserve, target: ts.ScriptTarget.ES2022 };
  const checker = ts.createProgram([...files.keys()], options, host).getTypeChecker();
  return { files: [...files.values()], checker };
}

/** Every TypeScript file below `folder`, which is given from the project's folder. */
export function readSources(projectFolder: string, folder: string): Map<string, string> {
  const below = fs.readdirSync(path.join(projectFolder, folder), { recursive: true, encoding: 'utf8' });
  return new Map(
    below
      .filter(name => name.endsWith('.ts'))
      .sort()
      .map(name => path.join(folder, name))
      .map(name => [name.split(path.sep).join('/'), fs.readFileSync(path.join(projectFolder, name), 'utf8')]),
  );
}

export function placeOf(node: ts.Node): string {
  const file = node.getSourceFile();
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

export function everyNode(root: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node) => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return nodes;
}
