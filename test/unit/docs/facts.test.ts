import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import manifest from '../../../package.json';

const projectFolder = path.resolve(__dirname, '../../../..');
const read = (file: string) => fs.readFileSync(path.join(projectFolder, file), 'utf8');
const filesBelow = (folder: string, extension: string) =>
  fs
    .readdirSync(path.join(projectFolder, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith(extension) && !name.includes('node_modules'))
    .map(name => `${folder}/${name.replaceAll(path.sep, '/')}`);

describe('docs/api-facts.md', () => {
  const sections = new Set([...read('docs/api-facts.md').matchAll(/^#{2,3} ([\d.]*\d)\.? /gm)].map(([, at]) => at));

  it('has every section that the source cites', () => {
    let found = 0;
    for (const file of ['src', 'test/contract'].flatMap(folder => filesBelow(folder, '.ts'))) {
      // A comment may break its line anywhere.
      const text = read(file).replaceAll(/\s*\n\s*(\/\/|\*) ?/g, ' ');
      for (const [cited, first, more = ''] of text.matchAll(
        /\bapi-facts\.md (\d+(?:\.\d+)?)((?: (?:and|to) [\d.]*\d)*)/g,
      )) {
        for (const section of [first!, ...more.split(/ (?:and|to) /).slice(1)])
          assert.ok(sections.has(section), `${file}: ${cited}`);
        found++;
      }
    }
    assert.ok(found > 50, String(found));
  });

  it('is what the source names, not a file that is not here', () => {
    for (const file of ['src', 'test/unit', 'test/contract', 'test/host', 'bench'].flatMap(folder =>
      filesBelow(folder, '.ts'),
    ))
      assert.doesNotMatch(read(file), /(?<!api-)\bfacts\.md|\bfacts \d|\bshared\/api\b/, file);
  });
});

describe('docs/architecture.md', () => {
  const text = read('docs/architecture.md');

  it('gives the reason for each runtime dependency of the manifest', () => {
    const [, table = ''] = text.split('## Runtime dependencies');
    const named = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name!);
    assert.deepEqual([...named].sort(), Object.keys(manifest.dependencies).sort());
    const imported = new Set(
      filesBelow('src', '.ts').flatMap(file =>
        [...read(file).matchAll(/^(?:import|export) .*from '([^.'][^']*)';$/gm)].map(([, name]) => name!),
      ),
    );
    const packages = [...imported].filter(name => name !== 'vscode' && !name.startsWith('node:'));
    assert.deepEqual(packages.sort(), [...named].sort());
  });

  it('names each folder of the source and of the tests', () => {
    const [, map = ''] = /```\n(src\/[^]*?)```/.exec(text) ?? [];
    for (const folder of ['src', 'test']) {
      const there = fs
        .readdirSync(path.join(projectFolder, folder), { withFileTypes: true })
        .filter(entry => entry.isDirectory())
        .map(({ name }) => name);
      for (const name of there) assert.match(map, new RegExp(`^  ${name}/ `, 'm'), `${folder}/${name}`);
    }
  });
});
