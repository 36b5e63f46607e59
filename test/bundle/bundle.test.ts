import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { readZip } from './zip';

const run = promisify(execFile);
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  devDependencies: Record<string, string>;
  contributes: { commands: { command: string }[] };
};

/** All that is packaged. A file that is not named here has no business on the machine of a user. */
const expectedFiles = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/LICENSE.txt',
  'extension/ThirdPartyNotices.txt',
  'extension/changelog.md',
  'extension/dist/answerFigures.js',
  'extension/dist/axios.js',
  'extension/dist/catalogue.js',
  'extension/dist/confirm.js',
  'extension/dist/connectionCommands.js',
  'extension/dist/errorCommands.js',
  'extension/dist/extension.js',
  'extension/dist/historyCall.js',
  'extension/dist/historyCommands.js',
  'extension/dist/historyNodes.js',
  'extension/dist/jsonc-parser.js',
  'extension/dist/languageModelTools.js',
  'extension/dist/loginInBrowser.js',
  'extension/dist/objectList.js',
  'extension/dist/recordServices.js',
  'extension/dist/requestServices.js',
  'extension/dist/sandbox.js',
  'extension/dist/shared.js',
  'extension/dist/treeContent.js',
  'extension/l10n/bundle.l10n.zh-cn.json',
  'extension/media/fxhttp-dark.svg',
  'extension/media/fxhttp-light.svg',
  'extension/media/fxhttp.language.json',
  'extension/media/fxhttp.snippets.json',
  'extension/media/fxhttp.tmLanguage.json',
  'extension/media/fxiaoke-env.schema.json',
  'extension/media/fxiaoke.svg',
  'extension/media/icon.png',
  'extension/media/walkthrough/connect.md',
  'extension/media/walkthrough/connect.zh-cn.md',
  'extension/media/walkthrough/record.md',
  'extension/media/walkthrough/record.zh-cn.md',
  'extension/media/walkthrough/request.md',
  'extension/media/walkthrough/request.zh-cn.md',
  'extension/media/walkthrough/safety.md',
  'extension/media/walkthrough/safety.zh-cn.md',
  'extension/media/walkthrough/sandbox.md',
  'extension/media/walkthrough/sandbox.zh-cn.md',
  'extension/package.json',
  'extension/package.nls.json',
  'extension/package.nls.zh-cn.json',
  'extension/readme.md',
];

interface Bundle {
  readonly file: string;
  /**
   * In bytes. More than this and something came along that should not have: what may come along is named below, so this
   * guards against weight within those.
   */
  readonly most: number;
  /** What of the source it may hold. */
  readonly source: RegExp;
  /** The packages that our own source imports; they bring theirs. */
  readonly packages: readonly string[];
}

const ofExtension =
  /^(unused:[\w-]+|editor:vscode)$|^src\/(?!sandbox\/)|^src\/sandbox\/(sandbox(Process|StartError)\.ts$|vscode\/)/;
/** Read at activation, and so as small as it can be. */
const extension: Bundle = { file: 'extension.js', most: 140 * 1024, source: ofExtension, packages: ['lossless-json'] };
/** Read with the first call. */
const axios: Bundle = { file: 'axios.js', most: 100 * 1024, source: ofExtension, packages: [] };
const sandbox: Bundle = {
  file: 'sandbox.js',
  most: 300 * 1024,
  source: /^src\/(sandbox|base)\//,
  packages: ['lossless-json'],
};
/** Read when what they do is first wanted. */
const parts = expectedFiles
  .flatMap(name => /^extension\/dist\/(.*\.js)$/.exec(name)?.[1] ?? [])
  .filter(file => ![extension, axios, sandbox].some(each => each.file === file))
  .map((file): Bundle => ({
    file,
    most: 190 * 1024,
    source: ofExtension,
    packages: ['jsonc-parser', 'lossless-json'],
  }));
const bundles = [extension, axios, sandbox, ...parts];

interface Metafile {
  readonly inputs: Record<string, { imports: { path: string; kind: string; external?: boolean }[] }>;
  readonly outputs: Record<string, { inputs: Record<string, unknown> }>;
}

/** What the build put into each bundle, and what the package holds. */
let files = new Map<string, Buffer>();
let meta: Metafile;
let folder: string;
let vsix: string;

const packageOf = (input: string) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1];
const inputsOf = ({ file }: Bundle) => Object.keys(meta.outputs[`dist/${file}`]?.inputs ?? {});
const textOf = ({ file }: Bundle) => files.get(`extension/dist/${file}`)?.toString('utf8') ?? '';

before(async function () {
  this.timeout(180_000);
  folder = mkdtempSync(path.join(os.tmpdir(), 'fxiaoke-bundle-'));
  vsix = path.join(folder, 'package.vsix');
  await run(process.execPath, ['scripts/package.mjs', '--out', vsix]);
  meta = JSON.parse(readFileSync('dist/meta.json', 'utf8')) as Metafile;
  files = readZip(readFileSync(vsix));
});
after(() => rmSync(folder, { recursive: true, force: true }));

describe('dist', () => {
  // A bundler copies all that the editor exports, name by name: ninety times took 50 ms and 15 MB.
  it('takes the API of the editor once, as it is', () => {
    const takes = bundles.flatMap(bundle => textOf(bundle).match(/.require\("vscode"\)./g) ?? []);
    assert.deepEqual(takes, ['=require("vscode");']);
  });

  it('is less than 900 KB, which packed leaves the package room below its 700', () => {
    const bytes = bundles.reduce((sum, { file }) => sum + (files.get(`extension/dist/${file}`)?.length ?? 0), 0);
    assert.ok(bytes < 900 * 1024, `${bytes} bytes`);
  });
});

describe('the package', () => {
  it('is smaller than 700 KB', () => {
    const { size } = statSync(vsix);
    assert.ok(size > 100_000 && size < 700 * 1024, `${size} bytes`);
  });

  it('holds what it needs and nothing else', () => {
    assert.deepEqual([...files.keys()].sort(), [...expectedFiles].sort());
  });

  it('has every file that its manifest names', () => {
    const packaged = files.get('extension/package.json')?.toString('utf8') ?? '';
    const named = [...packaged.matchAll(/"\.?\/?((?:dist|media|l10n)\/[\w./-]+)"/g)].map(([, name]) => name ?? '');
    assert.ok(named.includes('dist/extension.js'));
    assert.deepEqual(
      named.filter(name => !files.has(`extension/${name}`)),
      [],
    );
  });

  it('shows pictures and links that work outside of the repository', () => {
    const readme = files.get('extension/readme.md')?.toString('utf8') ?? '';
    const targets = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target ?? '');
    assert.ok(targets.length > 3);
    assert.deepEqual(
      targets.filter(target => !target.startsWith('https://')),
      [],
    );
  });

  it('has every file that its manifest names in either language', () => {
    for (const strings of ['package.nls.json', 'package.nls.zh-cn.json']) {
      const text = files.get(`extension/${strings}`)?.toString('utf8') ?? '';
      const named = [...text.matchAll(/"(media\/[\w./-]+)"/g)].map(([, name]) => name ?? '');
      assert.equal(named.length, 5);
      assert.deepEqual(
        named.filter(name => !files.has(`extension/${name}`)),
        [],
      );
    }
  });

  it('has the licence of every package whose code it holds', () => {
    const notices = files.get('extension/ThirdPartyNotices.txt')?.toString('utf8') ?? '';
    const packages = new Set(bundles.flatMap(inputsOf).map(packageOf));
    for (const name of packages) {
      if (name === undefined) continue;
      const notice = notices.split(/^-{80}$/m).find(each => each.trim().startsWith(`${name} `)) ?? '';
      assert.match(notice, /^\s*\S+ \d\S* \(\S+\)\n\n[^]*Copyright[^]{200}/, name);
    }
  });

  it('runs nothing when it is installed', () => {
    assert.doesNotMatch(files.get('extension/package.json')?.toString('utf8') ?? '', /vscode:(prepublish|uninstall)/);
  });
});

for (const bundle of bundles) {
  describe(`dist/${bundle.file}`, () => {
    it(`is smaller than ${bundle.most / 1024} KB`, () => {
      const { length } = textOf(bundle);
      assert.ok(length > 500 && length < bundle.most, `${length} bytes`);
    });

    it('holds only the source that belongs into it', () => {
      const own = inputsOf(bundle).filter(input => packageOf(input) === undefined);
      assert.ok(inputsOf(bundle).length > 0);
      assert.deepEqual(
        own.filter(input => !bundle.source.test(input)),
        [],
      );
    });

    it(`imports of packages only: ${bundle.packages.join(', ') || 'none'}`, () => {
      const own = inputsOf(bundle).filter(input => packageOf(input) === undefined);
      const imported = own
        .flatMap(input => meta.inputs[input]?.imports ?? [])
        .filter(({ kind, external }) => !external && kind !== 'dynamic-import');
      const packages = new Set(imported.map(each => packageOf(each.path)).filter(name => name !== undefined));
      assert.deepEqual(
        [...packages].filter(name => !bundle.packages.includes(name)),
        [],
      );
    });

    it('holds no tests and nothing that only builds or tests the project', () => {
      const unwanted = inputsOf(bundle).filter(
        input => /^test\/|\.test\./.test(input) || (packageOf(input) ?? '') in manifest.devDependencies,
      );
      assert.deepEqual(unwanted, []);
    });

    it('tells nothing of the machine that built it', () => {
      const text = textOf(bundle);
      for (const place of [process.cwd(), os.homedir(), os.tmpdir(), os.hostname()]) {
        if (place.length > 5) assert.equal(text.includes(place), false, place);
      }
      assert.doesNotMatch(text, /["'`](?:\/(?:home|Users|root|work|tmp)\/|[A-Z]:\\\\)/);
    });

    it('has no source map', () => {
      assert.doesNotMatch(textOf(bundle), /sourceMappingURL|sourcesContent/);
    });
  });
}

interface Notes {
  readonly modules: string[];
  readonly touched: string[];
  readonly shown: string[];
  readonly commands: string[];
  readonly synced: string[];
  readonly error?: string;
}

/** A person who comes for the first time, and one who worked with two tenants before. */
const connection = { name: 'Acme', host: 'open.fxiaoke.com', appId: 'FSAID_1', userId: '1000', role: 'production' };
const starts = {
  'a first start': {},
  'a start with connections': {
    connections: [
      { ...connection, id: 'c1', ea: '12345' },
      { ...connection, id: 'sandbox', ea: 'sandbox', sandbox: true },
    ],
    activeConnection: 'sandbox',
  },
};

for (const [start, state] of Object.entries(starts)) {
  describe(`activation of what ships, ${start}`, () => {
    let notes: Notes;
    before(async () => {
      const file = path.join(folder, 'extension.js');
      writeFileSync(file, textOf(extension));
      const args = ['test/bundle/activate.cjs', file, JSON.stringify(state)];
      const { stdout } = await run(process.execPath, args, { timeout: 15_000 });
      notes = JSON.parse(stdout) as Notes;
    });

    it('succeeds and ends, with nothing left running', () => {
      assert.equal(notes.error, undefined);
    });

    it('registers every command of the manifest', () => {
      const commands = manifest.contributes.commands.map(({ command }) => command);
      assert.deepEqual([...notes.commands].sort(), commands.sort());
    });

    it('lets Settings Sync take connections, pins, fields and filters along, and no secret', () => {
      assert.deepEqual([...notes.synced].sort(), ['columns', 'connections', 'pinnedObjects', 'recordFilters']);
    });

    it('opens no connection, reads no file and starts no process', () => {
      assert.deepEqual(notes.touched, []);
    });

    it('reads none of the parts', () => {
      assert.deepEqual(
        notes.modules.filter(name => name.startsWith('./')),
        [],
      );
    });

    it('asks, shows and keeps nothing, and leaves the secrets alone', () => {
      assert.deepEqual(notes.shown, []);
    });

    it('does not load axios, nor what axios is made of', () => {
      // It loads them, so that looking for them means something.
      for (const name of ['http', 'zlib']) assert.match(textOf(axios), new RegExp(`require\\("${name}"\\)`));
      const ofAxios = new Set(['http', 'https', 'http2', 'zlib', 'tls', 'net']);
      assert.deepEqual(
        notes.modules.filter(name => ofAxios.has(name)),
        [],
      );
    });

    it('never loads HTTP/2, which axios could', () => {
      assert.doesNotMatch(textOf(axios), /require\("http2"\)/);
    });
  });
}

/** What a person does first, and the files that are read for it. */
const wanted: Record<string, readonly string[]> = {
  tree: ['./treeContent.js', './catalogue.js', './objectList.js'],
  request: ['./requestServices.js', './catalogue.js', './historyCall.js', './historyCommands.js', './jsonc-parser.js'],
  record: ['./recordServices.js', './catalogue.js', './jsonc-parser.js'],
  end: [],
};

describe('of what ships, a window', () => {
  for (const [step, needed] of Object.entries(wanted)) {
    it(`that begins with a ${step} reads what that needs and no more, and keeps nothing`, async () => {
      const home = mkdtempSync(path.join(folder, 'dist-'));
      for (const bundle of bundles) writeFileSync(path.join(home, bundle.file), textOf(bundle));
      const args = ['test/bundle/activate.cjs', path.join(home, 'extension.js'), '{}', step];
      const { stdout } = await run(process.execPath, args, { timeout: 15_000 });
      const { modules, shown, error } = JSON.parse(stdout) as Notes;
      assert.equal(error, undefined);
      assert.deepEqual(shown, []);
      const read = new Set(modules.filter(name => name.startsWith('./')));
      for (const each of ['./extension.js', './shared.js']) read.delete(each);
      assert.deepEqual([...read].sort(), [...needed].sort());
    });
  }
});
