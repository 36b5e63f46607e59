import { loadModule } from './load-module.mjs';
import { table } from './markdown.mjs';
import { readJson } from './read-json.mjs';

/** The sentences of the editor, by their key in the Chinese bundle; what is said of each is below, in this order. */
const networkSentences = [
  '{0} could not be reached ({1}). Check the network and the host of the connection.',
  '{0} did not respond in time ({1}).',
  'No secure connection to {0} ({1}). Check the certificate of the server or of the proxy in between.',
  'The proxy did not let the call through to {0} ({1}). Check http.proxy in the settings.',
  '{0} responded with a web page instead of JSON (HTTP {1}): this is not the host of the OpenAPI. Check the host of the connection.',
  'The secrets of {0} are not on this machine. Edit the connection and enter them.',
  'The local sandbox is stopped. Start it to go on.',
];

const words = {
  en: {
    title: 'Troubleshooting',
    written: 'Written by `npm run docs` from src/api/errorCodes.ts; change that.',
    text: [
      'The API answers every failure with HTTP 200 and an `errorCode`. *{error.explain}* says in the editor what this page says. Where the same code is used for several things the editor tells them apart by the call and by what the server said.',
      'For the vendor’s support have both trace IDs ready: `traceId` from the response and `thirdTraceId`, which this extension made for the call. *{history.copyTraceIds}* copies those of an entry of the history.',
    ],
    network: 'When no response comes',
    networkHead: ['What you read', 'What to do'],
    networkHelp: [
      'Check the network, the cloud (host) of the connection, and whether a firewall lets calls out.',
      'Try again; raise `fxiaoke.request.timeoutSeconds` for slow queries. A write may have taken place: look before you repeat it.',
      'A proxy between you and the tenant presents a certificate that the system does not trust. Have it installed in the system; the editor takes those (`http.systemCertificates`).',
      'Check `http.proxy` in the settings, and its user name and password.',
      'This is not the host of the OpenAPI. It is `open.…`, not `www.…`.',
      'Settings Sync brought the connection, not its secrets. Edit the connection and enter them.',
      'Start it: *{sandbox.start}*.',
    ],
    codes: 'Error codes',
    head: ['Code', 'Meaning', 'What to do'],
    subjects: {
      request: 'The request',
      credentials: 'The app’s credentials',
      token: 'The token',
      permission: 'Permission',
      rate: 'Rate',
      quota: 'Quota',
      system: 'The system',
      jsApi: 'The client JS API, which the OpenAPI does not use',
    },
  },
  zh: {
    title: '故障排查',
    written: '本页由 `npm run docs` 根据 src/api/errorCodes.ts 生成，请修改该文件。',
    text: [
      'API 对所有失败都返回 HTTP 200 和 `errorCode`。在编辑器中运行*{error.explain}*，可查看与本页相同的说明。同一错误码有多种含义时，编辑器会根据调用路径和服务器消息加以区分。',
      '联系厂商支持时请准备两个追踪 ID：响应中的 `traceId`，以及本扩展为该次调用生成的 `thirdTraceId`。运行*{history.copyTraceIds}*可复制历史中某一条的追踪 ID。',
    ],
    network: '没有收到响应时',
    networkHead: ['提示', '处理办法'],
    networkHelp: [
      '请检查网络、连接所选的云（主机），以及防火墙是否放行。',
      '请重试；慢查询可调大 `fxiaoke.request.timeoutSeconds`。写操作可能已经生效，重复之前请先确认。',
      '中间的代理使用了系统不信任的证书。请把该证书安装到系统中，编辑器会采用系统证书（`http.systemCertificates`）。',
      '请检查设置 `http.proxy` 以及代理的用户名和密码。',
      '这不是 OpenAPI 的主机：应为 `open.…`，而不是 `www.…`。',
      '设置同步带来了连接，但不会同步密钥。请编辑连接并输入密钥。',
      '请启动本地沙箱：*{sandbox.start}*。',
    ],
    codes: '错误码',
    head: ['错误码', '含义', '处理办法'],
    subjects: {
      request: '请求',
      credentials: '应用凭证',
      token: '令牌',
      permission: '权限',
      rate: '频率',
      quota: '配额',
      system: '系统',
      jsApi: '客户端 JS API（OpenAPI 不使用）',
    },
  },
};

/** What a person reads: the first sentence as it is shown, with … for what differs from case to case. */
function firstSentence(key, language) {
  const chinese = readJson('l10n/bundle.l10n.zh-cn.json')[key];
  if (chinese === undefined) throw new Error(`The editor does not say “${key}”: correct troubleshooting-page.mjs.`);
  const [sentence] = language === 'zh' ? /^.*?。/.exec(chinese) : /^.*?\.(?= |$)/.exec(key);
  return sentence.replaceAll(/\{\d\}/g, '…');
}

/** Commands as the palette lists them, for `{concept.verb}` in a text. */
function withCommands(text, language) {
  const strings = readJson(language === 'zh' ? 'package.nls.zh-cn.json' : 'package.nls.json');
  return text.replaceAll(/\{([\w.]+)\}/g, (_, id) => {
    const title = strings[`command.${id}`];
    if (title === undefined) throw new Error(`There is no command fxiaoke.${id}.`);
    return `${strings.category}: ${title}`;
  });
}

/** The page docs/troubleshooting.md, or docs/troubleshooting.zh-CN.md. */
export async function troubleshootingPage(language) {
  const { errorCodes } = await loadModule('src/api/errorCodes.ts');
  const say = words[language];
  const sections = Object.entries(say.subjects).flatMap(([subject, title]) => {
    const rows = errorCodes()
      .filter(each => each.subject === subject && each.code !== 0)
      .map(({ code, meaning, action }) => [`\`${code}\``, meaning[language], action[language]]);
    return rows.length > 0 ? [`### ${title}`, '', table(say.head, rows), ''] : [];
  });
  return [
    `# ${say.title}`,
    '',
    `<!-- ${say.written} -->`,
    '',
    ...say.text.flatMap(each => [withCommands(each, language), '']),
    `## ${say.network}`,
    '',
    table(
      say.networkHead,
      networkSentences.map((key, at) => [firstSentence(key, language), withCommands(say.networkHelp[at], language)]),
    ),
    '',
    `## ${say.codes}`,
    '',
    ...sections,
  ].join('\n');
}
