import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';

const projectFolder = path.resolve(__dirname, '../../../..');
const read = (file: string) => fs.readFileSync(path.join(projectFolder, file), 'utf8');

/** Pages that say the same in both languages. The Chinese page of the sandbox is the user's part of the English one. */
const pairs: readonly [english: string, chinese: string][] = [
  ['README.md', 'README.zh-CN.md'],
  ...['request-files', 'commands', 'troubleshooting', 'security'].map((name): [string, string] => [
    `docs/${name}.md`,
    `docs/${name}.zh-CN.md`,
  ]),
  ...['sandbox', 'record', 'request', 'connect', 'safety'].map((name): [string, string] => [
    `media/walkthrough/${name}.md`,
    `media/walkthrough/${name}.zh-cn.md`,
  ]),
];
/** Code that is itself words. */
const translated = new Map([
  ['### 标题', '### Title'],
  ['# 注释', '# comment'],
  ['// 注释', '// comment'],
  ['# @confirm 真的吗？', '# @confirm Really?'],
  ['{{$prompt 问题}}', '{{$prompt Question}}'],
]);

const withoutBlocks = (text: string) => text.replaceAll(/^```[^]*?^```$/gm, '');
/** The text below each heading, by the level of the heading. */
const sections = (text: string) =>
  withoutBlocks(text)
    .split(/^(?=#+ )/m)
    .map(section => ({ level: /^#*/.exec(section)![0].length, text: section }));
const codes = (text: string) =>
  [...new Set([...text.matchAll(/`([^`]+)`/g)].map(([, code]) => translated.get(code!) ?? code!))].sort();
const rows = (text: string) => text.split('\n').filter(line => line.startsWith('|')).length;
const links = (text: string) => [...withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
const toEnglish = (target: string) => target.replace(/\.zh-CN(?=\.)/i, '');

describe('pages in two languages', () => {
  for (const [english, chinese] of pairs) {
    describe(chinese, () => {
      const [ours, theirs] = [sections(read(chinese)), sections(read(english))];

      it('has the sections of the English one, in its order', () => {
        assert.deepEqual(
          ours.map(({ level }) => level),
          theirs.map(({ level }) => level),
        );
      });

      it('has the same code in each', () => {
        ours.forEach(({ text }, at) => assert.deepEqual(codes(text), codes(theirs[at]!.text), text.split('\n')[0]));
      });

      it('has as many rows in each table', () => {
        ours.forEach(({ text }, at) => assert.equal(rows(text), rows(theirs[at]!.text), text.split('\n')[0]));
      });

      it('links to the same pages, in Chinese where there is one', () => {
        const inEnglish = links(read(english)).map(toEnglish);
        const inChinese = links(read(chinese));
        const isOther = (target: string) => target.startsWith('README');
        assert.deepEqual(
          inChinese.map(toEnglish).filter(each => !isOther(each)),
          inEnglish.filter(each => !isOther(each)),
        );
        for (const target of inChinese.filter(each => each.endsWith('.md') && !isOther(each))) {
          const better = path.join(path.dirname(chinese), target.replace(/(\.zh-CN)?\.md$/, '.zh-CN.md'));
          assert.ok(target.includes('.zh-CN.') || !fs.existsSync(path.join(projectFolder, better)), better);
        }
      });
    });
  }

  it('link to files that are there', () => {
    const pages = ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];
    const all = [...pages, ...fs.readdirSync(path.join(projectFolder, 'docs')).map(name => `docs/${name}`)];
    for (const page of all.filter(name => name.endsWith('.md')))
      for (const target of links(read(page)).filter(each => !/^(https?:|#)/.test(each))) {
        const file = path.join(projectFolder, path.dirname(page), target.replace(/#.*$/, ''));
        assert.ok(fs.existsSync(file), `${page}: ${target}`);
      }
  });

  it('start the sandbox the same way', () => {
    const usage = (file: string) => /^npm run sandbox -- [^`]*/m.exec(read(file))?.[0];
    assert.equal(usage('docs/sandbox.zh-CN.md'), usage('docs/sandbox.md'));
  });
});
