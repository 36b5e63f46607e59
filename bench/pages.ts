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
    const sides = async () => ({ our: await ourClient(login, unlimited), bare });
    return [
      ...(await reading('whole records', undefined, await sides())),
      ...(await reading('two fields', twoFields, await sides())),
      ...(await streaming(await ourClient(login, unlimited))),
    ];
  });

async function reading(
  name: string,
  fields: readonly string[] | undefined,
  { our, bare }: { our: OurClient; bare: AxiosInstance },
): Promise<Measurement[]> {
  const ours = allOfOurs(our, fields);
  const theirs = allOfBare(bare, fields);
  const blocks = Math.ceil(seeded / pageSize / pagesInBlock);
  const times = await alternate(blocks, warmUp, ours.block, theirs.block);
  if (ours.read() !== theirs.read() || ours.read() < wanted) {
    throw new Error(`${ours.read()} records were read by us, ${theirs.read()} by the bare loop`);
  }
  const calls = our.records.filter(({ context }) => context.url.endsWith(query)).length;
  const what = `${ours.read()} records by page, ${name}`;
  return [
    { what: `${what}: calls / fewest possible`, value: calls / fewest(ours.read()), unit: '×', goal: { atMost: 1 } },
    { what: `${what}: our client / bare loop`, value: times.ours / times.bare, unit: '×', goal: { atMost: 1.1 } },
    { what: `a page of ${name} through our client`, value: times.ours / pagesInBlock, unit: 'ms' },
    { what: `a page of ${name} with a bare loop`, value: times.bare / pagesInBlock, unit: 'ms' },
  ];
}

/** A full page does not tell that it is the last one. */
const fewest = (records: number) => Math.floor(records / pageSize) + 1;

function allOfOurs({ client }: OurClient, fields: readonly string[] | undefined) {
  const records = allRecords(client, 'AccountObj', { fields });
  let read = 0;
  const block = async () => {
    for (let n = 0; n < pagesInBlock * pageSize; n++) {
      if ((await records.next()).done) return;
      read++;
    }
  };
  return { block, read: () => read };
}

function allOfBare(bare: AxiosInstance, fields: readonly string[] | undefined) {
  let last: string | undefined;
  let read = 0;
  let done = false;
  const block = async () => {
    for (let page = 0; page < pagesInBlock && !done; page++) {
      const list = await barePage(bare, last, fields);
      read += list.length;
      last = list.at(-1)?._id;
      done = list.length < pageSize;
    }
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
