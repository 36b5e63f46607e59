import { errorCode } from '../../../src/api/errorCodes';
import { ApiError } from '../../../src/api/errors';
import { sandboxOnly } from '../contractCase';
import type { SandboxHarness } from '../harness';
import { outcome } from '../outcome';
import { read } from '../records';

/** All codes as published, `0` left out. Source: the vendor's pages of codes, as recorded in api-facts.md 5. */
const published = [
  ...[-2, -1],
  ...[10001, 10002, 10003, 10004, 10005, 10006, 10007, 10008, 10009, 10010, 10012, 10013, 10014, 10015],
  ...[11001, 11002, 11003, 11004, 11005, 11006, 11007, 11008, 11009, 11010, 11011, 11013, 11014, 11015, 11016],
  ...[11017, 11018, 12002, 12003, 12004, 12005, 14001, 15002, 15003],
  ...[20005, 20006, 20010, 20012, 20014, 20015, 20016, 20017, 20020, 20021, 20022, 20023],
  ...[30002, 30003, 30004, 30007, 30027, 32000, 40010, 50009],
  // Those of the JS API of pages: should a gateway ever pass one on, it is explained as what it is.
  ...[30000, 30001, 40000, 40001, 40003, 40004, 40005, 40006, 40007, 40050, 40051, 40052, 40400, 40500],
];
const message = '出错了：参数 "x" 不合法';
const get = '/cgi/crm/v2/data/get';
const token = '/oauth2.0/token';

/** Forces a code upon `get` and tells what arrives of it. */
async function forced(harness: SandboxHarness, code: number) {
  harness.sandbox.faults.add({ path: get, errorCode: code, errorMessage: message, times: 99 });
  try {
    return await read(harness, harness.preset, 'any');
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { pathname } = new URL(error.context.url);
    const known = errorCode(error.errorCode, pathname, error.errorMessage);
    return {
      code: error.errorCode,
      message: error.errorMessage,
      traced: error.traceId?.startsWith('E-O.'),
      ours: error.context.thirdTraceId === harness.sent.at(-1)?.thirdTraceId,
      path: pathname,
      explained: known !== undefined && [known.meaning, known.action].every(({ en, zh }) => en !== '' && zh !== ''),
    };
  } finally {
    harness.sandbox.faults.clear();
  }
}
const arrived = (code: number, explained = true) => ({
  code,
  message,
  traced: true,
  ours: true,
  path: get,
  explained,
});

export const errors = sandboxOnly('they are forced', [
  ...published.map(code => ({
    name: `${code} arrives with its trace ids and is explained`,
    does: (harness: SandboxHarness) => forced(harness, code),
    expects: arrived(code),
    shares: true,
  })),
  {
    name: 'a code that nobody published arrives with its message',
    does: harness => forced(harness, 987654),
    expects: arrived(987654, false),
  },
  {
    name: 'every code ends a sign-in, and nothing is kept',
    does: async ({ sandbox, connections, input, store }) => {
      const different = [];
      for (const code of published) {
        sandbox.faults.add({ path: token, errorCode: code, errorMessage: message, times: 99 });
        const came = await outcome(() => connections.add({ ...input, name: 'Other' }));
        sandbox.faults.clear();
        if (came !== `ApiError ${code}`) different.push(code);
      }
      return [different, store.list().length];
    },
    expects: [[], 1],
  },
  {
    name: '10006 is explained by the credentials at sign-in and by the path elsewhere',
    does: harness => {
      const at = (path: string) => errorCode(10006, path)?.subject;
      return Promise.resolve([at(token), at(new URL(get, harness.sandbox.url).pathname)]);
    },
    expects: ['credentials', 'request'],
  },
]);
