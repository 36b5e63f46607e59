import type { AxiosInstance } from 'axios';
import { allRecords } from '../src/records/allRecords';
import { alternate } from './alternate';
import { bareAxios, barePage, ourClient, unlimited, type OurClient } from './clients';
import type { Measurement } from './measurement';
import { withoutLimits, withSandbox } from './sandbox';

const wanted = 100_000;
const pageSize = 100;
/** Each 23rd record of the sandbox is in the recycle bin. */
const seeded = Math.ceil((wanted * 23) / 22) + pageSize;
const pagesInBlock = 5;
const warmUp = 8;

const query = '/cgi/crm/v2/data/query';
const twoFields = ['_id', 'name'];

/** Reading all records of an object page by page, with allRecords and with a bare loop. */
export const pages = () =>
  withSandbox([...withoutLimits, '--records', String(seeded)], async ({ login }): Promise<Measurement[]> => {
    const bare = await bareAxios(login);
    return [
      ...(await reading('whole records', undefined, 1, await ourClient(login, unlimited), bare)),
      // These take so little time that one reading says little.
      ...(await reading('two fields', twoFields, 4, await ourClient(login, unlimited), bare)),
      ...(await streaming(await ourClient(login, unlimited))),
    ];
  });

async function reading(
  name: string,
  fields: readonly string[] | undefined,
  times: number,
  our: OurClient,
  bare: AxiosInstance,
): Promise<Measurement[]> {
  const ours = allOfOurs(our, fields, times);
  const theirs = allOfBare(bare, fields, times);
  const compared = await alternate(warmUp, ours.block, theirs.block);
  const read = ours.read() / times;
  if (ours.read() !== theirs.read() || read < wanted) {
    throw new Error(`${ours.read()} records were read by us, ${theirs.read()} by the bare loop`);
  }
  const calls = our.records.filter(({ context }) => context.url.endsWith(query)).length;
  const what = `${read} records by page, ${name}`;
  return [
    { what: `${what}: calls / fewest possible`, value: calls / times / fewest(read), unit: '×', goal: { atMost: 1 } },
    { what: `${what}: our client / bare loop`, value: compared.ratio, unit: '×', goal: { atMost: 1.1 } },
    { what: `a page of ${name} through our client`, value: compared.ours / pagesInBlock, unit: 'ms' },
    { what: `a page of ${name} with a bare loop`, value: compared.bare / pagesInBlock, unit: 'ms' },
  ];
}

/** A full page does not tell that it is the last one. */
const fewest = (records: number) => Math.floor(records / pageSize) + 1;

/** The object read from beginning to end a number of times, in blocks of some pages. */
function allOfOurs({ client }: OurClient, fields: readonly string[] | undefined, times: number) {
  let records = allRecords(client, 'AccountObj', { fields });
  let read = 0;
  let ends = 0;
  const block = async () => {
    for (let n = 0; n < pagesInBlock * pageSize;) {
      if (!(await records.next()).done) {
        read++;
        n++;
        continue;
      }
      if (++ends === times) return false;
      records = allRecords(client, 'AccountObj', { fields });
      // The last page was not full, but a page all the same.
      n = Math.ceil(n / pageSize) * pageSize;
    }
    return true;
  };
  return { block, read: () => read };
}

function allOfBare(bare: AxiosInstance, fields: readonly string[] | undefined, times: number) {
  let last: string | undefined;
  let read = 0;
  let ends = 0;
  const block = async () => {
    for (let page = 0; page < pagesInBlock; page++) {
      const list = await barePage(bare, last, fields);
      read += list.length;
      last = list.length < pageSize ? undefined : list.at(-1)?._id;
      if (last === undefined && ++ends === times) return false;
    }
    return true;
  };
  return { block, read: () => read };
}

/** How far the heap grows, garbage taken away, while records stream through. */
async function streaming({ client }: OurClient): Promise<Measurement[]> {
  const heap = () => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed / 1024 / 1024;
  };
  let read = 0;
  let start: number | undefined;
  let most = 0;
  for await (const record of allRecords(client, 'AccountObj')) {
    if (typeof record['_id'] === 'string') read++;
    // The first page brings what is only needed once.
    if (read % 2000 !== pageSize) continue;
    const now = heap();
    start ??= now;
    most = Math.max(most, now - start);
  }
  const what = `growth of the heap while ${read} whole records stream`;
  return [{ what, value: most, unit: 'MB', goal: { atMost: 30 } }];
}
