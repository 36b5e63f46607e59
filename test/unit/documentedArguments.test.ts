import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';

const projectFolder = path.resolve(__dirname, '../../..');
const src = path.join(projectFolder, 'src');
const read = (file: string) => fs.readFileSync(file, 'utf8');

/** `| title | id | argument | result |` of the generated page, with the names that the argument has. */
const documented = [
  ...read(path.join(projectFolder, 'docs/commands.md')).matchAll(/^\|[^|]*\| `(fxiaoke\.[\w.]+)` \| ([^|]*)\|/gm),
].map(([, id, argument]) => ({
  id: id!,
  names: [...new Set([...argument!.matchAll(/\{([^}]*)\}/g)].flatMap(namesIn))],
}));

function namesIn([, list]: RegExpMatchArray): string[] {
  return list!
    .split(',')
    .map(name => name.trim().replace('?', ''))
    .filter(name => /^\w+$/.test(name));
}

const sources = fs
  .readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => path.join(src, name));

/** The file that handles a command, and what it imports from this project, and they. */
function handlerSource(id: string): string {
  const file = sources.find(each => !each.endsWith('commands.ts') && read(each).includes(`'${id}':`));
  assert.ok(file, `Nobody handles ${id}`);
  const direct = importsOf(file);
  return [...new Set([file, ...direct, ...direct.flatMap(importsOf)])].map(read).join('\n');
}

function importsOf(file: string): string[] {
  return [...read(file).matchAll(/from '(\.[^']+)'/g)]
    .map(([, name]) => path.resolve(path.dirname(file), `${name!}.ts`))
    .filter(each => fs.existsSync(each));
}

/** Read by `textIn(argument, 'name')` and its like, by `argument['name']` or by `{ name } = argument`. */
function isRead(name: string, source: string): boolean {
  const patterns = [
    `\\w+In\\([\\w.]+, '${name}'`,
    `argument\\['${name}'\\]`,
    `\\{[^{}]*\\b${name}\\b[^{}]*\\} = (invocation\\.)?argument\\b`,
    `keys = \\[[^\\]]*'${name}'`,
  ];
  return patterns.some(pattern => new RegExp(pattern).test(source));
}

describe('documented arguments', () => {
  it('are found on the page', () => assert.ok(documented.length > 50));

  for (const { id, names } of documented)
    if (names.length > 0)
      it(`of ${id} are those that its handler reads: ${names.join(', ')}`, () => {
        const source = handlerSource(id);
        // `object` is read for all of them by `objectIn`, which the composition root passes.
        for (const name of names.filter(each => each !== 'object'))
          assert.ok(isRead(name, source), `${name} is read nowhere`);
      });
});
