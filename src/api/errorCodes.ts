import { endpointAt, type Endpoint } from './endpoints';

/** A sentence in both display languages. */
export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

/** What an error is about, which decides what can be done: correct the request, the set-up, or wait. */
export type ErrorSubject = 'request' | 'credentials' | 'token' | 'permission' | 'rate' | 'quota' | 'system' | 'jsApi';

export interface ErrorCode {
  readonly code: number;
  readonly subject: ErrorSubject;
  readonly meaning: Bilingual;
  readonly action: Bilingual;
}

type Row = readonly [code: number, subject: ErrorSubject, en: string, zh: string, actionEn: string, actionZh: string];

const missing = (code: number, parameter: string): Row => [
  code,
  'request',
  `The required parameter ${parameter} was not sent`,
  `缺少必填参数 ${parameter}`,
  `Add ${parameter} to the request.`,
  `请在请求中加上 ${parameter}。`,
];
const invalid = (code: number, parameter: string): Row => [
  code,
  'request',
  `The parameter ${parameter} is not valid`,
  `参数 ${parameter} 的值不合法`,
  `Correct ${parameter}.`,
  `请修正 ${parameter}。`,
];
const jsApi = (code: number, en: string, zh: string): Row => [
  code,
  'jsApi',
  `Client JS API only: ${en}`,
  `仅客户端 JS API：${zh}`,
  'The server OpenAPI does not use this code; look at the page that called the JS API.',
  '服务端 OpenAPI 不使用该错误码，请检查调用 JS API 的页面。',
];

/** The vendor's published table, corrected by what the gateway was seen to answer. Source: api-facts.md 5. */
const rows = (): readonly Row[] => [
  [
    -2,
    'system',
    'Internal system error',
    '系统内部错误',
    'Try once more later; if it stays, report the trace ID to the vendor.',
    '请稍后重试一次；若仍出现，请把追踪 ID 提供给厂商支持。',
  ],
  [-1, 'system', 'The system is busy', '系统繁忙', 'Try again in a moment.', '请稍候再试。'],
  [0, 'request', 'Success', '成功', 'Nothing to do.', '无需处理。'],
  missing(10001, 'appId'),
  missing(10002, 'appSecret'),
  missing(10003, 'appAccessToken'),
  missing(10004, 'redirectUri'),
  missing(10005, 'responseType'),
  [
    10006,
    'request',
    'The path is not known to the gateway, or a parameter is missing',
    '网关不存在该请求路径，或缺少参数',
    'Check the path and the cloud (host) of the connection.',
    '请检查请求路径，以及连接所选的云（主机）是否正确。',
  ],
  missing(10007, 'state'),
  missing(10008, 'code'),
  missing(10009, 'appAccount'),
  missing(10010, 'openUserId'),
  missing(10012, 'permanentCode'),
  missing(10013, 'corpAccessToken'),
  missing(10014, 'corpId'),
  missing(10015, 'toUser'),
  invalid(11001, 'appId'),
  invalid(11002, 'appSecret'),
  invalid(11003, 'appAccessToken'),
  invalid(11004, 'redirectUri'),
  invalid(11005, 'responseType'),
  invalid(11006, 'scope'),
  invalid(11007, 'state'),
  invalid(11008, 'openUserId'),
  invalid(11009, 'departmentId'),
  invalid(11010, 'code'),
  invalid(11011, 'appAccount'),
  invalid(11013, 'permanentCode'),
  invalid(11014, 'corpAccessToken'),
  invalid(11015, 'corpId'),
  invalid(11016, 'toUser'),
  invalid(11017, 'msgType'),
  invalid(11018, 'templateId'),
  [
    12002,
    'credentials',
    'The login state is wrong',
    '登录状态异常',
    'Start the authorization again.',
    '请重新开始授权。',
  ],
  [
    12003,
    'request',
    'The message type is not supported',
    '消息类型不支持',
    'Use text, composite or articles.',
    '请使用 text、composite 或 articles。',
  ],
  [
    12004,
    'request',
    'The body of the request is empty',
    'POST 请求体为空',
    'Send a JSON body.',
    '请发送 JSON 请求体。',
  ],
  [
    12005,
    'request',
    'The text message has no content',
    '文本消息没有内容',
    'Fill text.content.',
    '请填写 text.content。',
  ],
  [
    14001,
    'rate',
    'Too many calls for this interface (100 in 20 seconds). The request was not carried out',
    '接口调用次数超限（每个接口 20 秒 100 次），请求未执行',
    'Wait up to 20 seconds and send it again, or lower the rate.',
    '请等待至多 20 秒后重发，或降低调用频率。',
  ],
  [
    15002,
    'request',
    'A parameter is not valid',
    '参数不合法',
    "Read the server's message for the name of the parameter and correct it.",
    '请根据服务器消息中的参数名修正请求。',
  ],
  [
    15003,
    'permission',
    'The app has no permission for this call',
    '应用没有该接口的权限',
    'Let an administrator grant this interface to the app.',
    '请管理员为应用开通该接口权限。',
  ],
  [
    20005,
    'token',
    'The access token does not exist or has expired',
    'accessToken 不存在或已过期',
    'A new token was fetched and refused too: test the connection.',
    '已重新获取令牌但仍被拒绝，请测试该连接。',
  ],
  [
    20006,
    'credentials',
    'App ID or app secret is wrong',
    'appId 或 appSecret 错误',
    'Copy both again from the app page and edit the connection.',
    '请从应用页面重新复制，并编辑连接。',
  ],
  [
    20010,
    'credentials',
    'The authorization code does not exist or has expired',
    '授权 code 不存在或已过期',
    'Start the authorization again.',
    '请重新开始授权。',
  ],
  [
    20012,
    'request',
    'The employee (openUserId) was not found',
    '找不到 openUserId',
    'Check the employee ID and its form (FSUID_… or a number).',
    '请检查操作人员 ID 及其形式（FSUID_… 或数字）。',
  ],
  [
    20014,
    'permission',
    "The app may not read this employee's data",
    '应用无权读取该人员的数据',
    "Widen the app's visible range.",
    '请扩大应用的可见范围。',
  ],
  [
    20015,
    'credentials',
    'The permanent code is wrong',
    '永久授权码错误',
    'Copy the permanent code again from the app page and edit the connection.',
    '请从应用页面重新复制永久授权码，并编辑连接。',
  ],
  [
    20016,
    'token',
    'The token does not exist, is wrong or has expired',
    'corpAccessToken（或 Bearer 令牌）不存在、错误或已过期',
    'A new token was fetched and refused too: test the connection and check its employee ID.',
    '已重新获取令牌但仍被拒绝，请测试该连接并检查操作人员 ID。',
  ],
  [
    20017,
    'credentials',
    'The call carried no sign-in, or the corp ID was not found',
    '请求没有携带鉴权信息，或 corpId 未找到',
    'Check the sign-in headers (or corpAccessToken and corpId in the body).',
    '请检查鉴权请求头（或请求体中的 corpAccessToken 与 corpId）。',
  ],
  [
    20020,
    'permission',
    "The app may not read this tenant's data",
    '应用无权读取该企业数据',
    'Authorize the app for the tenant.',
    '请为该企业授权应用。',
  ],
  [
    20021,
    'permission',
    'The app is disabled in this tenant',
    '应用在该企业已停用',
    'Enable the app in the admin console.',
    '请在管理后台启用应用。',
  ],
  [
    20022,
    'permission',
    'The tenant has not authorized the app',
    '企业没有授权该应用',
    'Authorize the app in the admin console.',
    '请在管理后台授权该应用。',
  ],
  [
    20023,
    'permission',
    'The app may not access this department',
    '应用无权访问该部门',
    "Widen the app's visible range.",
    '请扩大应用的可见范围。',
  ],
  jsApi(30000, 'the client is too old', '客户端版本太低'),
  jsApi(30001, 'the runtime is not initialised', '运行环境未初始化'),
  [
    30002,
    'quota',
    "Today's call quota is used up",
    '当天调用配额已用完',
    'Wait until midnight (China time) or buy another pack of calls.',
    '请等到次日 0 点（北京时间），或购买新的调用包。',
  ],
  [
    30003,
    'quota',
    'The tenant has bought no OpenAPI quota',
    '企业没有购买 OpenAPI 调用配额',
    'Buy the OpenAPI resource pack; trying again cannot help.',
    '请购买 OpenAPI 资源包，重试无效。',
  ],
  [
    30004,
    'rate',
    'Too many calls per second',
    '每秒调用频次超限',
    'Wait a few seconds and send it again.',
    '请等待几秒后重发。',
  ],
  [30007, 'request', 'The department does not exist', '部门不存在', 'Check the department ID.', '请检查部门 ID。'],
  [
    30027,
    'request',
    'The employee does not exist',
    '人员不存在',
    'Check the employee ID or mobile number. In the legacy style IDs have the form FSUID_….',
    '请检查人员 ID 或手机号。旧版（corpAccessToken）方式下，人员 ID 的形式为 FSUID_…。',
  ],
  [
    32000,
    'request',
    'A parameter is wrong',
    '参数错误',
    "Read the server's message and correct the request.",
    '请根据服务器消息修正请求。',
  ],
  jsApi(40000, 'the parameters of the call are wrong', '请求参数错误'),
  jsApi(40001, 'the signature of the page did not verify, or the ticket has expired', '签名校验失败或 ticket 过期'),
  jsApi(40003, 'the page may not call this interface', '没有该接口的权限'),
  jsApi(40004, 'no such interface', '接口不存在'),
  jsApi(40005, 'network failure', '网络异常'),
  jsApi(40006, 'the device refused the permission', '设备授权失败'),
  jsApi(40007, 'the payment failed', '支付失败'),
  [40010, 'request', 'templateId is not valid', 'templateId 不合法', 'Use an existing template.', '请使用已有的模板。'],
  jsApi(40050, 'the user cancelled', '用户取消'),
  jsApi(40051, 'submitted, the result is not known yet', '已提交但未完成'),
  jsApi(40052, 'the call failed for another reason', '调用失败'),
  jsApi(40400, '40400 to 40449 mirror HTTP 400 to 449', '40400–40449 对应 HTTP 400–449'),
  jsApi(40500, '40500 to 40510 mirror HTTP 500 to 510', '40500–40510 对应 HTTP 500–510'),
  [
    50009,
    'system',
    'The service failed, for example by a timeout',
    '服务异常，例如超时',
    'Try again. Before repeating a write, look whether it took effect.',
    '请重试。重复写操作之前，请先确认上一次是否已生效。',
  ],
];

let table: ReadonlyMap<number, ErrorCode> | undefined;

/** Made with the first look at an error. */
function allCodes(): ReadonlyMap<number, ErrorCode> {
  table ??= new Map(
    rows().map(([code, subject, en, zh, actionEn, actionZh]): [number, ErrorCode] => [
      code,
      { code, subject, meaning: { en, zh }, action: { en: actionEn, zh: actionZh } },
    ]),
  );
  return table;
}

interface Special {
  readonly when: (endpoint: Endpoint | undefined, path: string, message: string) => boolean;
  readonly is: Row;
}

/**
 * Codes whose documented meaning the gateway contradicts: the first entry that fits the call and the server's message
 * says what is meant, and the table where none does. Source: api-facts.md 5.
 */
const special = (): readonly Special[] => [
  {
    when: endpoint => endpoint?.auth === 'none',
    is: [
      10006,
      'credentials',
      'App ID or app secret is missing or wrong',
      'appId 或 appSecret 缺失或错误',
      'Copy app ID and app secret again from the app page, and check the cloud (host).',
      '请从应用页面重新复制 appId 与 appSecret，并检查所选的云（主机）。',
    ],
  },
  {
    when: (_, __, message) => /not exist/i.test(message),
    is: [
      10006,
      'request',
      'The gateway does not know the path',
      '网关不存在该请求路径',
      'Check the path and the cloud (host) of the connection.',
      '请检查请求路径，以及连接所选的云（主机）是否正确。',
    ],
  },
  {
    when: (_, path, message) => /offset/i.test(message) || (path.endsWith('/query') && !/token/i.test(message)),
    is: [
      10013,
      'request',
      'The offset is above 10,000',
      'offset 超过 10000',
      'Order by _id, keep offset 0 and filter _id GT the last ID instead.',
      '请改为按 _id 排序、offset 固定为 0，并以 _id GT 上一页最后的 ID 过滤。',
    ],
  },
  {
    when: (endpoint, _, message) => endpoint?.auth === 'body only' && !/corpId/i.test(message),
    is: [
      20017,
      'credentials',
      'The call takes only the legacy sign-in (corpAccessToken in the body), which was not sent',
      '该接口只支持旧版鉴权（请求体中的 corpAccessToken），而请求没有携带',
      'Send it over a connection that signs in by corpAccessToken.',
      '请通过以 corpAccessToken 方式登录的连接发送。',
    ],
  },
  {
    when: (_, __, message) => /corpAccessToken/i.test(message),
    is: [
      20017,
      'credentials',
      'The call carried no sign-in',
      '请求没有携带鉴权信息',
      'Send the sign-in headers, or corpAccessToken, corpId and currentOpenUserId in the body; some calls take only the latter.',
      '请携带鉴权请求头，或在请求体中传 corpAccessToken、corpId 与 currentOpenUserId；部分接口只支持后者。',
    ],
  },
  {
    when: (_, __, message) => /corpId/i.test(message),
    is: [
      20017,
      'credentials',
      'The corp ID was not found',
      'corpId 未找到',
      'Check the cloud (host) of the connection, and test the connection to learn the corp ID anew.',
      '请检查连接所选的云（主机），并测试该连接以重新获取 corpId。',
    ],
  },
];

/** What is publicly known about a code; a call's path and the server's message tell apart contradictory ones. */
export function errorCode(code: number, path = '', message = ''): ErrorCode | undefined {
  const endpoint = endpointAt(path);
  const row = special().find(({ is, when }) => is[0] === code && when(endpoint, path, message))?.is;
  if (!row) return allCodes().get(code);
  const [, subject, en, zh, actionEn, actionZh] = row;
  return { code, subject, meaning: { en, zh }, action: { en: actionEn, zh: actionZh } };
}

/** All codes that are publicly known, each once. Source: api-facts.md 5. */
export function errorCodes(): readonly ErrorCode[] {
  return [...allCodes().values()];
}
