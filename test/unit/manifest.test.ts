import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import manifest from '../../package.json';
import { commandIds, recordCommandIds } from '../../src/commands';
import catalogue from '../../src/objects/catalogue.json';
import { recordScheme } from '../../src/records/recordRef';
import { responseScheme } from '../../src/responses/responseUri';

const projectFolder = path.resolve(__dirname, '../../..');
const { contributes } = manifest;
const contributed = contributes.commands.map(({ command }) => command);

/** The contract's commands: names that users' key bindings, tasks and other extensions rely on. */
const contract = {
  connection: ['add', 'edit', 'remove', 'select', 'test', 'list'],
  sandbox: ['start', 'stop'],
  object: ['list', 'describe', 'refresh', 'pin', 'unpin', 'copyApiName'],
  record: [
    ...['get', 'query', 'create', 'update', 'changeOwner'],
    ...['invalidate', 'recover', 'delete', 'lock', 'unlock'],
  ],
  request: ['new', 'send', 'sendAll', 'cancel', 'copyAsCurl', 'pasteCurl'],
  response: ['compare'],
  error: ['explain'],
  log: ['show'],
};
/** Ours, by the same pattern. */
const more = {
  request: ['sendIn', 'compareTenants', 'copyAs'],
  secret: ['set', 'remove'],
  connection: ['copy', 'moveUp', 'moveDown'],
  object: ['filter', 'clearFilter', 'reveal', 'chooseColumns'],
  field: ['copyApiName'],
  filter: ['add', 'edit', 'remove'],
  record: [
    ...['clone', 'count', 'copyId', 'copyAsJson', 'exportJson', 'showResponse', 'compare', 'compareWithLastRead'],
    ...['compareTenants', 'copyAsRequest', 'copyAsCurl', 'reveal'],
  ],
  history: ['list', 'open', 'repeat', 'copyAsRequest', 'copyTraceIds', 'save', 'clear'],
};
const knownIds = [contract, more]
  .flatMap(Object.entries<string[]>)
  .flatMap(([concept, verbs]) => verbs.map(verb => `fxiaoke.${concept}.${verb}`));

/** The contract's settings and their defaults. */
const settings: Record<string, unknown> = {
  'fxiaoke.confirmWrites': 'destructive',
  'fxiaoke.openResponses': 'always',
  'fxiaoke.pageSize': 50,
  'fxiaoke.request.timeoutSeconds': 30,
  // Ours: for tenants that have bought more.
  'fxiaoke.request.callsPer20Seconds': 100,
  'fxiaoke.record.showCompanions': false,
  'fxiaoke.objects.language': 'auto',
  'fxiaoke.history.size': 100,
  // Ours.
  'fxiaoke.history.keepResponses': true,
  'fxiaoke.response.reuseTab': true,
};

/** The source files by their path in `src`. */
const sources = new Map(
  fs
    .readdirSync(path.join(projectFolder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => [name.replaceAll(path.sep, '/'), fs.readFileSync(path.join(projectFolder, 'src', name), 'utf8')]),
);

const sorted = (texts: Iterable<string>) => [...texts].sort();
const filesThatMatch = (pattern: RegExp) =>
  sorted([...sources].filter(([, text]) => pattern.test(text)).map(([name]) => name));

describe('manifest', () => {
  it('is who the contract says', () => {
    assert.equal(`${manifest.publisher}.${manifest.name}`, 'crm-devkit.fxiaoke-crm');
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }) => id),
      ['fxiaoke'],
    );
    assert.deepEqual(Object.keys(contributes.views), ['fxiaoke']);
    for (const { id } of contributes.views.fxiaoke)
      assert.ok(['fxiaoke.connections', 'fxiaoke.objects', 'fxiaoke.history'].includes(id), id);
    assert.deepEqual([recordScheme, responseScheme], ['fxiaoke-record', 'fxiaoke-response']);
    const [language] = contributes.languages;
    assert.deepEqual([language?.id, language?.extensions], ['fxiaoke-request', ['.fxhttp']]);
  });

  it('asks for the oldest editor whose types the source is checked against', () => {
    assert.equal(manifest.engines.vscode, '^1.100.0');
    assert.equal(`^${manifest.devDependencies['@types/vscode']}`, manifest.engines.vscode);
  });

  it('is activated by nothing but what a person does', () => {
    for (const event of manifest.activationEvents) assert.match(event, /^on(FileSystem|Language|View|Command):/);
  });

  describe('commands', () => {
    it('are those of the source, both ways', () => assert.deepEqual(sorted(contributed), sorted(commandIds)));

    it('are there once each, with a title and a category', () => {
      assert.equal(new Set(commandIds).size, commandIds.length);
      assert.equal(new Set(contributed).size, contributed.length);
      for (const { command, title, category } of contributes.commands) {
        assert.equal(title, `%${command.replace('fxiaoke.', 'command.')}%`);
        assert.equal(category, '%category%');
      }
    });

    it('are spelled as in the contract, or internal', () => {
      for (const id of commandIds)
        assert.ok(knownIds.includes(id) || id.startsWith('fxiaoke.internal.'), `${id} is not in the contract`);
    });

    // The editor makes one for each view.
    const known = [...contributed, ...contributes.views.fxiaoke.map(({ id }) => `${id}.focus`)];

    it('exist where menus, keys and welcome texts name them', () => {
      const inMenus = Object.values(contributes.menus).flatMap(items => items.map(({ command }) => command));
      const inKeys = contributes.keybindings.map(({ command }) => command);
      const strings = ['package.nls.json', 'package.nls.zh-cn.json'].map(file =>
        fs.readFileSync(path.join(projectFolder, file), 'utf8'),
      );
      const inLinks = strings.flatMap(text => [...text.matchAll(/\(command:([\w.]+)/g)].map(([, id]) => id!));
      assert.ok(inLinks.length > 0);
      for (const id of [...inMenus, ...inKeys, ...inLinks].filter(each => each.startsWith('fxiaoke.')))
        assert.ok(known.includes(id), id);
    });

    it('exist where the source names them', () => {
      const named = /(?:executeCommand\(\s*['"`]|\bcommand: ?['"`]?)(fxiaoke\.[\w.]+)/g;
      for (const [file, text] of sources)
        for (const [, id] of text.matchAll(named)) assert.ok(known.includes(id!), `${file}: ${id!}`);
    });

    it('that need nodes of the tree are not in the palette', () => {
      const hidden = contributes.menus.commandPalette
        .filter(({ when }) => when === 'false')
        .map(({ command }) => command);
      for (const id of commandIds.filter(each => each.startsWith('fxiaoke.internal.')))
        assert.ok(hidden.includes(id), id);
    });
  });

  it('names views that exist in its conditions', () => {
    const views: string[] = contributes.views.fxiaoke.map(({ id }) => id);
    const conditions = Object.values(contributes.menus).flatMap(items => items.map(({ when }) => when));
    for (const condition of conditions)
      for (const [, view] of condition.matchAll(/\bview == ([\w.]+)/g)) assert.ok(views.includes(view!), condition);
    for (const { view } of contributes.viewsWelcome) assert.ok(views.includes(view), view);
  });

  it('offers to delete records in force of just the objects that allow it', () => {
    const deletable = catalogue.filter(entry => 'deleteDirectly' in entry).map(({ apiName }) => apiName);
    const titles = [...contributes.menus['editor/title'], ...contributes.menus['editor/context']];
    const named = titles.flatMap(({ command, when }) =>
      command === 'fxiaoke.record.delete'
        ? [...when.matchAll(/resourcePath =~ \/\^\\\/(\w+)/g)].map(([, name]) => name)
        : [],
    );
    assert.deepEqual([...new Set(named)], deletable);
  });

  it('names files that exist', () => {
    const named = JSON.stringify(contributes).match(/(?<=")(?:\.\/)?media\/[^"]+(?=")/g) ?? [];
    assert.ok(named.length > 0);
    for (const file of named) assert.ok(fs.existsSync(path.join(projectFolder, file)), file);
  });

  describe('settings', () => {
    interface Property {
      default: unknown;
      order: number;
      scope?: string;
      enum?: unknown[];
      minimum?: number;
      maximum?: number;
    }
    const groups = contributes.configuration.map(group => ({
      ...group,
      properties: Object.entries<Property>(group.properties),
    }));
    const properties: Record<string, Property> = Object.fromEntries(groups.flatMap(group => group.properties));
    const accessorFile = sources.get('base/vscode/settings.ts')!;

    it('stand in groups with titles, each in its order', () => {
      const upwards = (items: readonly { order: number }[]) =>
        assert.deepEqual(
          items.map(({ order }) => order),
          items.map((_, at) => at + 1),
        );
      upwards(groups);
      for (const group of groups) upwards(group.properties.map(([, property]) => property));
      assert.equal(groups.flatMap(group => group.properties).length, Object.keys(properties).length);
      for (const { id, title } of groups) assert.equal(title, `%setting.group.${id}%`);
    });

    it('that a folder of others must not set are the person’s own, or not taken where it is not trusted', () => {
      const own = Object.entries(properties).filter(([, { scope }]) => scope === 'application');
      assert.deepEqual(sorted(own.map(([key]) => key)), [
        'fxiaoke.confirmWrites',
        'fxiaoke.history.keepResponses',
        'fxiaoke.request.callsPer20Seconds',
      ]);
      const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
      assert.deepEqual(restrictedConfigurations, ['fxiaoke.request.timeoutSeconds']);
    });

    it('that are numbers have limits, and their accessors hold the same ones', () => {
      const numbers = Object.entries(properties).filter(([, property]) => typeof property.default === 'number');
      const held = [...accessorFile.matchAll(/wholeNumber\('([\w.]+)', ([\d_]+), ([\d_]+), ([\d_]+)\)/g)].map(
        ([, key, ...limits]) => [`fxiaoke.${key!}`, ...limits.map(limit => Number(limit.replaceAll('_', '')))],
      );
      assert.deepEqual(
        held.sort(),
        numbers.map(([key, property]) => [key, property.default, property.minimum, property.maximum]).sort(),
      );
    });

    it('are those of the contract with its defaults', () => {
      const defaults = Object.entries(properties).map(([key, property]) => [key, property.default]);
      assert.deepEqual(Object.fromEntries(defaults), settings);
    });

    it('have the values and limits of the contract', () => {
      assert.deepEqual(properties['fxiaoke.confirmWrites']?.enum, ['always', 'destructive', 'production']);
      assert.deepEqual(properties['fxiaoke.openResponses']?.enum, ['always', 'errors', 'never']);
      assert.deepEqual(properties['fxiaoke.objects.language']?.enum, ['auto', 'zh', 'en']);
      const { minimum, maximum } = properties['fxiaoke.pageSize']!;
      assert.deepEqual([minimum, maximum], [1, 100]);
    });

    it('each have one accessor that falls back to the same default', () => {
      const accessors = [
        ...accessorFile.matchAll(/(?:setting<[^>]+>|wholeNumber)\(\s*'([\w.]+)',\s*('[^']*'|[\w.]+)/g),
      ].map(([, key, value]): [string, unknown] => [`fxiaoke.${key!}`, JSON.parse(value!.replaceAll("'", '"'))]);
      assert.deepEqual(Object.fromEntries(accessors), settings);
      assert.equal(accessors.length, Object.keys(settings).length);
    });
  });
});

describe('titles of views', () => {
  // Their buttons are called like those of rows, without a row.
  it('have no command of records', () => {
    const inTitles: readonly { command: string }[] = contributes.menus['view/title'];
    const ofRecords = new Set<string>(recordCommandIds);
    assert.deepEqual(
      inTitles.map(({ command }) => command).filter(command => ofRecords.has(command)),
      [],
    );
  });
});

describe('source', () => {
  const only = (name: string, pattern: RegExp, ...files: string[]) =>
    it(`${name} only in ${files.join(', ')}`, () => assert.deepEqual(filesThatMatch(pattern), sorted(files)));
  only('issues write permits', /\bissueWritePermit\b/, 'api/writePermit.ts', 'connections/gate.ts');
  only(
    'touches the network of a tenant',
    /\baxios\.|from 'axios'|\bfetch\(['"`]|\bhttps?\.request\b/,
    'api/transport.ts',
    // Writes such code for others.
    'requests/copyAs/languages.ts',
  );
  only('reads the configuration', /\bgetConfiguration\(/, 'base/vscode/settings.ts');
  only('registers commands', /\bregisterCommand\(/, 'base/vscode/registerCommands.ts');
});
