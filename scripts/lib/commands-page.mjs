import { table } from './markdown.mjs';
import { readJson } from './read-json.mjs';

/** What a command takes besides `connection` and `open`, and what it gives; `–` is nothing. */
const shapes = {
  'connection.add': [
    '`{name, host, appId, appSecret, permanentCode, userId, role?, auth?, mobile?, dailyQuota?}`',
    '`{id, name, ea}`',
  ],
  'connection.edit': ['`{id, …}`', '`{id}`'],
  'connection.remove': ['`{id}`', '–'],
  'connection.select': ['`{id}`', '`{id}`'],
  'connection.test': ['`{id}`', '`{ea, expiresIn, milliseconds}`'],
  'connection.list': ['–', '`[{id, name, host, userId, role, active}]`'],
  'connection.copy': ['`{id}`', '`string`'],
  'connection.moveUp': ['`{id}`', '–'],
  'connection.moveDown': ['`{id}`', '–'],
  'sandbox.start': ['`{port?, records?}`', '`{url, connectionId}`'],
  'sandbox.stop': ['–', '–'],
  'object.list': ['`{refresh?}`', '`[{apiName, label, kind, group}]`'],
  'object.describe': ['`{object}`', '`describe`'],
  'object.refresh': ['`{object?}` · `{object, set}`', '–'],
  'object.pin': ['`{object}`', '–'],
  'object.unpin': ['`{object}`', '–'],
  'object.copyApiName': ['`{object}`', '–'],
  'object.filter': ['`{text}`', '–'],
  'object.clearFilter': ['–', '–'],
  'object.reveal': ['`{object}`', '–'],
  'object.chooseColumns': ['`{object, fields}`', '–'],
  'field.copyApiName': ['`{field}`', '`string`'],
  'filter.add': ['`{object, filters}`', '`{id}`'],
  'filter.edit': ['`{object, filter, filters}`', '`{id}`'],
  'filter.remove': ['`{object, filter}`', '–'],
  'record.get': ['`{object, id}`', '`record`'],
  'record.query': ['`{object, filters?, orders?, fields?, limit?, offset?}`', '`{records, total}`'],
  'record.create': ['`{object, data, details?}`', '`{id}`'],
  'record.clone': ['`{object, id}`', '`{uri, text}`'],
  'record.showResponse': ['`{object, id}`', '`answer`'],
  'record.compare': ['`{object, id, with}`', '`{left, right}`'],
  'record.compareWithLastRead': ['`{object, id}`', '`{left, right}`'],
  'record.compareTenants': ['`{object, id, with}`', '`{left, right}`'],
  'record.copyAsRequest': ['`{object, id}`', '`string`'],
  'record.copyAsCurl': ['`{object, id}`', '`string`'],
  'record.reveal': ['`{object, id}`', '–'],
  'record.update': ['`{object, id, data}`', '`{id}`'],
  'record.changeOwner': ['`{object, ids, owner}`', '`{succeeded, failed}`'],
  'record.invalidate': ['`{object, ids}`', '`{succeeded, failed}`'],
  'record.recover': ['`{object, ids}`', '`{succeeded, failed}`'],
  'record.delete': ['`{object, ids}`', '`{succeeded, failed}`'],
  'record.lock': ['`{object, ids}`', '`{succeeded, failed}`'],
  'record.unlock': ['`{object, ids}`', '`{succeeded, failed}`'],
  'record.count': ['`{object, filters?}` · `{object, filter}`', '`number`'],
  'record.copyId': ['`{object, ids}`', '`string`'],
  'record.copyAsJson': ['`{object, ids}`', '`string`'],
  'record.exportJson': ['`{object, ids, file}`', '`{file, count}`'],
  'request.new': ['`{object?, operation?, id?}`', '`{uri, text}`'],
  'request.send': [
    '`{uri, line?}` · `{uri, name}`',
    '`{errorCode, body, traceId, thirdTraceId, milliseconds, assertions}`',
  ],
  'request.sendIn': ['`{uri, line, connection}`', '`{errorCode, …}`'],
  'request.sendAll': ['`{uri}`', '`[{errorCode, …}]`'],
  'request.compareTenants': ['`{uri, line, connections}`', '`[{errorCode, …}]`'],
  'request.cancel': ['–', '–'],
  'request.copyAsCurl': ['`{uri, line?}`', '`string`'],
  'request.copyAs': ['`{uri, line?, language}`', '`string`'],
  'request.pasteCurl': ['`{text?}`', '`string`'],
  'secret.set': ['`{name, value}`', '`{name}`'],
  'secret.remove': ['`{name}`', '`{name}`'],
  'response.compare': ['`{id?}`', '`[{…}, {…}]`'],
  'history.list': ['–', '`[{id, title, time, …}]`'],
  'history.open': ['`{id}`', '`{uri}`'],
  'history.repeat': ['`{id}`', '`{errorCode, …}`'],
  'history.copyAsRequest': ['`{id}`', '`string`'],
  'history.copyTraceIds': ['`{id}`', '`string`'],
  'history.save': ['`{id, uri}`', '`{uri}`'],
  'history.clear': ['–', '–'],
  'error.explain': ['`{errorCode}`', '`{code, meaning, action}`'],
  'log.show': ['–', '–'],
};

const words = {
  en: {
    title: 'Commands and settings',
    written: 'Written by `npm run docs` from the manifest; change that.',
    commands: 'Commands',
    commandsText:
      'Each works from the palette, from a view or editor, and called with one argument object, as a key binding, a task or another extension does. Called with an argument it asks for nothing that the argument gives, returns its result, and rejects with a sentence that carries `errorCode` and `traceId`. `connection` (an ID or a name) in any argument picks the tenant; `open: false` keeps it from opening an editor. Whatever writes passes the gate.',
    keys: 'Key bindings',
    settings: 'Settings',
    tools: 'Tools for language models',
    toolsText:
      'They read, or propose: what a model wants to write is opened as a request file that you read and send, or do not. Reading records asks you first, but for development tenants. Values sent to a model leave your machine for whoever runs it.',
    head: ['Command', 'ID', 'Argument', 'Result'],
    keyHead: ['Keys', 'On a Mac', 'Where', 'Command'],
    where: { request: 'a request file', objects: 'the Objects view' },
    settingHead: ['Setting', 'Default', 'Meaning'],
    toolHead: ['Tool', 'Name', 'In a prompt', 'What it does'],
  },
  zh: {
    title: '命令与设置',
    written: '本页由 `npm run docs` 根据扩展清单（package.json）生成，请勿直接修改本页。',
    commands: '命令',
    commandsText:
      '每个命令都可以从命令面板、视图或编辑器中运行，也可以带一个参数对象调用（快捷键、任务或其他扩展）。带参数调用时，参数已给出的内容不再询问；命令返回结果，失败时返回带有 `errorCode` 与 `traceId` 的说明。参数中的 `connection`（ID 或名称）指定企业；`open: false` 表示不打开编辑器。所有写操作都经过同一道确认。',
    keys: '快捷键',
    settings: '设置',
    tools: '语言模型工具',
    toolsText:
      '这些工具只读取或提议：模型想要写入的内容会以请求文件打开，由您审阅并决定是否发送。除开发用途的企业外，读取数据前会先询问您。提供给模型的数据会离开本机，到达模型的运营方。',
    head: ['命令', 'ID', '参数', '结果'],
    keyHead: ['按键', 'Mac', '适用位置', '命令'],
    where: { request: '请求文件', objects: '“对象”视图' },
    settingHead: ['设置', '默认值', '含义'],
    toolHead: ['工具', '名称', '在提示词中引用', '作用'],
  },
};

/** The page docs/commands.md, or docs/commands.zh-CN.md. */
export function commandsPage(language) {
  const { contributes } = readJson('package.json');
  const strings = readJson(language === 'zh' ? 'package.nls.zh-cn.json' : 'package.nls.json');
  const text = value => value.replace(/%([\w.]+)%/g, (_, key) => strings[key]);
  const say = words[language];
  const commands = contributes.commands.filter(({ command }) => !command.startsWith('fxiaoke.internal.'));
  const titles = new Map(contributes.commands.map(({ command, title }) => [command, text(title)]));
  const commandRow = ({ command, title }) => {
    const shape = shapes[command.slice('fxiaoke.'.length)];
    if (!shape) throw new Error(`What does ${command} take and give? Say so in scripts/lib/commands-page.mjs.`);
    return [text(title), `\`${command}\``, ...shape];
  };
  const settingRow = ([key, { default: value, markdownDescription, enum: values, enumDescriptions }]) => {
    const choices = (values ?? []).map((each, at) => `<br>\`${each}\`: ${text(enumDescriptions[at])}`).join('');
    return [`\`${key}\``, `\`${JSON.stringify(value)}\``, text(markdownDescription) + choices];
  };
  return [
    `# ${say.title}`,
    '',
    `<!-- ${say.written} -->`,
    '',
    `## ${say.commands}`,
    '',
    say.commandsText,
    '',
    table(say.head, commands.map(commandRow)),
    '',
    `## ${say.keys}`,
    '',
    table(
      say.keyHead,
      contributes.keybindings.map(({ command, key, mac, when }) => [
        `\`${key}\``,
        `\`${mac}\``,
        say.where[placeOf(when)],
        titles.get(command),
      ]),
    ),
    '',
    `## ${say.settings}`,
    '',
    ...contributes.configuration.toSorted(byOrder).flatMap(({ title, properties }) => [
      `### ${text(title)}`,
      '',
      table(
        say.settingHead,
        Object.entries(properties)
          .sort(([, a], [, b]) => byOrder(a, b))
          .map(settingRow),
      ),
      '',
    ]),
    `## ${say.tools}`,
    '',
    say.toolsText,
    '',
    table(
      say.toolHead,
      contributes.languageModelTools.map(({ name, displayName, toolReferenceName, userDescription }) => [
        text(displayName),
        `\`${name}\``,
        `\`#${toolReferenceName}\``,
        text(userDescription),
      ]),
    ),
    '',
  ].join('\n');
}

const byOrder = (a, b) => a.order - b.order;

/** Where a key binding applies, by its condition in the manifest. */
function placeOf(when) {
  if (/\beditorLangId == fxiaoke-request\b/.test(when)) return 'request';
  if (/\bfocusedView == fxiaoke\.objects\b/.test(when)) return 'objects';
  throw new Error(`Where does a key binding apply with “${when}”? Say so in scripts/lib/commands-page.mjs.`);
}
