import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { localizedMessages, placeholders } from '../support/localizedMessages';
import { readSources, sourceProgram, type Finding } from '../support/sourceProgram';
import { unlocalizedWords } from '../support/unlocalizedWords';

type Strings = Record<string, string>;

const projectFolder = path.resolve(__dirname, '../../..');
const bundleFile = 'l10n/bundle.l10n.zh-cn.json';
const read = (file: string) => fs.readFileSync(path.join(projectFolder, file), 'utf8');
const readStrings = (file: string) => JSON.parse(read(file)) as Strings;

const source = sourceProgram(readSources(projectFolder, 'src'));
const { messages, findings } = localizedMessages(source);
const bundle = readStrings(bundleFile);
const manifest = { en: readStrings('package.nls.json'), zh: readStrings('package.nls.zh-cn.json') };

/** Fails with one line for each thing to put right. */
function nothing(what: string, lines: readonly string[]): void {
  if (lines.length > 0) assert.fail(`${what}:\n${lines.join('\n')}\n`);
}

const line = ({ at, problem }: Finding) => `${at}: ${problem}`;

/** English and Chinese side by side: `text` without what a translator's comment adds to the key. */
const pairs = [
  ...[...new Map(messages.map(({ key, message }) => [key, message]))].flatMap(([key, text]) =>
    bundle[key] === undefined ? [] : [{ file: bundleFile, key, text, chinese: bundle[key] }],
  ),
  ...Object.entries(manifest.en).flatMap(([key, text]) =>
    // Files of the walkthrough are named, not said.
    manifest.zh[key] === undefined || key.endsWith('.media')
      ? []
      : [{ file: 'package.nls.zh-cn.json', key, text, chinese: manifest.zh[key] }],
  ),
];
const pairsWhere = (wrong: (pair: (typeof pairs)[number]) => boolean) =>
  pairs.filter(wrong).map(({ file, key, chinese }) => `${file}: ${JSON.stringify(key)}: ${JSON.stringify(chinese)}`);

describe('strings of the source', () => {
  it('are plain strings given to vscode.l10n.t with a value for each placeholder', () => {
    nothing('Correct these calls', findings.map(line));
    assert.ok(messages.length > 0);
  });

  it('all have a Chinese entry', () => {
    const missing = messages.filter(({ key }) => bundle[key] === undefined);
    const lines = [...new Map(missing.map(({ key, at }) => [key, at]))].sort();
    nothing(
      `Add to ${bundleFile}`,
      lines.map(([key, at]) => `  ${JSON.stringify(key)}: "",   (${at})`),
    );
  });

  it('are all that the Chinese bundle has', () => {
    const used = new Set(messages.map(({ key }) => key));
    const unused = Object.keys(bundle).filter(key => !used.has(key));
    nothing(
      `Take out of ${bundleFile}`,
      unused.map(key => `  ${JSON.stringify(key)}`),
    );
  });

  it('stand in the Chinese bundle once each, sorted', () => {
    const sorted = Object.fromEntries(Object.entries(bundle).sort(([a], [b]) => (a < b ? -1 : 1)));
    assert.equal(read(bundleFile), `${JSON.stringify(sorted, null, 2)}\n`);
  });

  it('leave no words that a person reads without a translation', () => {
    nothing('Say these with vscode.l10n.t', unlocalizedWords(source).map(line));
  });
});

describe('strings of the manifest', () => {
  const used = [...read('package.json').matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key!).sort();

  for (const [language, strings] of Object.entries(manifest)) {
    it(`are all there in ${language}, and none more`, () => {
      const keys = Object.keys(strings);
      nothing(
        'Missing',
        used.filter(key => !keys.includes(key)),
      );
      nothing(
        'Unused',
        keys.filter(key => !used.includes(key)),
      );
    });
  }

  it('link to the same commands and show the same code in both languages', () => {
    const marks = (text: string) => [...text.matchAll(/\]\([^)]*\)|`[^`]*`/g)].map(([mark]) => mark);
    nothing(
      'Differ',
      pairsWhere(({ text, chinese }) => marks(text).join() !== marks(chinese).join()),
    );
  });
});

describe('English strings', () => {
  const says = (what: string, unwanted: RegExp, ...except: readonly string[]) =>
    it(what, () => {
      nothing(
        'Say it another way',
        pairsWhere(({ text }) => unwanted.test(text) && !except.includes(text)),
      );
    });
  says('call what comes back a response', /\banswer/i, '“{0}” was not answered.');
  // The lens is as the contract has it.
  says('end in … without a space', / …/, 'Send in …');
  says('write ID', /(?<![/{])\b(ids?|Ids?)\b(?! is missing)/);
});

describe('Chinese strings', () => {
  it('have the placeholders of the English ones', () => {
    nothing(
      'Placeholders differ',
      pairsWhere(({ text, chinese }) => placeholders(text).join() !== placeholders(chinese).join()),
    );
  });

  it('are Chinese', () => {
    const words = (text: string) => /\p{L}/u.test(text.replaceAll(/\{\w+\}/g, ''));
    nothing(
      'Not translated',
      pairsWhere(({ text, chinese }) => chinese === '' || (words(text) && !/\p{Script=Han}/u.test(chinese))),
    );
  });

  it('have full-width punctuation beside Chinese words', () => {
    const halfWidth = /\p{Script=Han}[}”]?[,;:?!()]|[,;:?!(][“{]?\p{Script=Han}|\p{Script=Han}\.|\.\.\./u;
    nothing(
      'Half-width punctuation',
      pairsWhere(({ chinese }) => halfWidth.test(chinese.replaceAll(/\]\([^)]*\)/g, ']'))),
    );
  });

  it('end as the English ones do', () => {
    const end = (text: string) => /[.?:…]$/u.exec(text.replaceAll('。', '.').replaceAll('？', '?'))?.[0];
    nothing(
      'Ends differ',
      pairsWhere(({ text, chinese }) => end(text) !== end(chinese)),
    );
  });

  /** The terms that the CRM and this extension use, whatever a dictionary says. */
  const glossary: readonly [english: RegExp, chinese: RegExp][] = [
    [/\btenants?\b/i, /企业/],
    [/(?<!@)\bconnections?\b(?! to\b)/i, /连接/],
    [/\bemployees?\b/i, /人员/],
    [/\bAPI name\b/i, /API 名称/],
    [/\bobjects?\b(?! of fields)/i, /对象/],
    [/\brecords?\b/i, /数据/],
    [/\bfields?\b/i, /字段/],
    [/\binvalidat/i, /作废/],
    [/\brecover/i, /恢复/],
    [/\bdelet/i, /删除/],
    [/\brecycle bin\b/i, /回收站/],
    [/\bowners?\b/i, /负责人/],
    [/\bchang\w* (the )?owner\b/i, /更换.*负责人/],
    [/\bunlock/i, /解锁/],
    [/\block(?!al)/i, /锁定/],
    [/\brequest file\b/i, /请求文件/],
    [/\brequests?\b/i, /请求/],
    [/\bhistory\b/i, /历史/],
    [/\bsandbox\b/i, /本地沙箱/],
    [/\bproduction\b(?! or\b)/i, /生产环境/],
    [/\bread-only\b/i, /只读/],
    [/\bcall quota\b/i, /调用配额/],
  ];
  const unwanted: readonly [word: RegExp, instead: string][] = [
    [/比较(?!大小)/, '对比'],
    [/操作符/, '运算符'],
    [/客户端凭证/, '客户端模式'],
    [/(?<!corpAccess)token/i, '令牌'],
    [/员工/, '人员'],
    [/点击/, '单击'],
    [/角色/, '用途'],
    [/(?:必须是|一个|非空|写成)文本/, '字符串'],
  ];
  for (const [word, instead] of unwanted) {
    it(`say ${instead} rather than ${word.source}`, () => {
      nothing(
        'Another word is used',
        pairsWhere(({ chinese: value }) => word.test(value)),
      );
    });
  }

  for (const [english, chinese] of glossary) {
    it(`say ${chinese.source} for ${english.source}`, () => {
      nothing(
        'Another word is used',
        pairsWhere(({ text, chinese: value }) => english.test(text) && !chinese.test(value)),
      );
    });
  }
});

describe('the search for strings', () => {
  const parse = (text: string) => sourceProgram(new Map([['src/a/vscode/a.ts', text]]));

  const finds = (name: string, text: string, keys: readonly string[], problems: readonly RegExp[] = []) => {
    it(name, () => {
      const result = localizedMessages(parse(text));
      assert.deepEqual(
        result.messages.map(({ key }) => key),
        keys,
      );
      assert.equal(result.findings.length, problems.length, result.findings.map(line).join('\n'));
      problems.forEach((problem, index) => assert.match(result.findings[index]!.problem, problem));
    });
  };
  finds('takes a message', "vscode.l10n.t('a {0} {1}', x, 'y');", ['a {0} {1}']);
  finds('takes named values', "vscode.l10n.t('a {b} {c}', { b, c: 1 });", ['a {b} {c}']);
  finds('adds a comment to the key', "vscode.l10n.t({ message: 'a {0}', args: [1], comment: ['b', 'c'] });", [
    'a {0}/bc',
  ]);
  finds('refuses a concatenation', "vscode.l10n.t('a' + 'b');", [], [/something else than one plain string/]);
  finds('refuses a template', 'vscode.l10n.t(`a ${b}`);', [], [/something else than one plain string/]);
  finds('refuses a constant', "const m = 'a'; vscode.l10n.t(m);", [], [/something else than one plain string/]);
  finds('refuses another name for t', 'const t = vscode.l10n.t;', [], [/not called as/]);
  finds('refuses a destructured t', 'const { t } = vscode.l10n;', [], [/not called as/]);
  finds('refuses an imported l10n', "import { l10n } from 'vscode';", [], [/not called as/]);
  finds('refuses another name for vscode', "import * as v from 'vscode'; v.l10n.t('a');", [], [/not called as/]);
  finds('refuses an indexed l10n', "vscode['l10n'].t('a');", [], [/not called as/]);
  finds('misses a value', "vscode.l10n.t('a {0} {1}', x);", ['a {0} {1}'], [/no value for \{1\}/]);
  finds('misses a place', "vscode.l10n.t('a', x);", ['a'], [/no place for the value \{0\}/]);
  finds('refuses values it cannot count', "vscode.l10n.t('a {0}', ...x);", ['a {0}'], [/cannot be told/]);

  const flags = (text: string, ...words: readonly string[]) => {
    it(`${words.length > 0 ? 'flags' : 'passes'} ${text}`, () => {
      const problems = unlocalizedWords(parse(text)).map(({ problem }) => problem);
      assert.deepEqual(
        problems,
        words.map(word => `“${word}” is not localized`),
      );
    });
  };
  flags("vscode.window.showErrorMessage('Failed');", 'Failed');
  flags("vscode.window.showWarningMessage(vscode.l10n.t('Go on?'), { modal: true }, 'Yes');", 'Yes');
  flags(
    "const question = 'Sure?'; vscode.window.showWarningMessage(question, { detail: 'All of it' });",
    ...['Sure?', 'All of it'],
  );
  flags("vscode.window.setStatusBarMessage(`$(${ok ? 'check' : 'warning'}) Saved ${n}`, 1);", ') Saved');
  flags('vscode.window.setStatusBarMessage(`$(check) ${n} ms`, 1);');
  flags("new vscode.TreeItem(empty ? 'Nothing' : name);", 'Nothing');
  flags("item.tooltip = ['Locked', name].join(' · ');", 'Locked');
  flags("item.description = kind === 'custom' ? name : id;");
  flags("function why() { if (x) return 'Because'; return ''; }\nthrow new UserError(why());", 'Because');
  flags("vscode.window.showInputBox({ prompt: 'Name', placeHolder: 'FSAID_…', title });", 'Name');
  flags("const title = 'Add'; vscode.window.withProgress({ location, title }, work);", 'Add');
  flags("new vscode.MarkdownString('[$(link)](command:fxiaoke.log.show) `owner`');");

  it('follows a value into another file', () => {
    const sources = {
      'src/a/vscode/a.ts': "import { why } from '../why';\nitem.tooltip = why();",
      'src/a/why.ts': "const reason = 'Because';\nexport const why = () => reason;",
    };
    assert.deepEqual(unlocalizedWords(sourceProgram(new Map(Object.entries(sources)))), [
      { at: 'src/a/why.ts:1', problem: '“Because” is not localized' },
    ]);
  });
});
