import type { AxiosInstance } from 'axios';
import { timed } from './alternate';
import { bareAxios, barePage } from './clients';
import { middle, type Measurement } from './measurement';
import { withoutLimits, withSandbox, type RunningSandbox } from './sandbox';

const million = 1_000_000;
const tries = 15;

/** The sandbox itself, with a million records of one object. */
export const server = () =>
  withSandbox([...withoutLimits, '--records', String(million)], async (sandbox): Promise<Measurement[]> => {
    const memoryAtStart = sandbox.memory();
    const bare = await bareAxios(sandbox.login);
    const first = await barePage(bare, undefined, undefined);
    const last = await beforeLastPage(bare);
    const page = async (after: string | undefined, fields?: string[]) => {
      const times = [];
      for (let n = 0; n < tries; n++) times.push((await timed(() => barePage(bare, after, fields))).milliseconds);
      return middle(times);
    };
    const ids = first.map(({ _id }) => _id);
    const measurements: Measurement[] = [
      {
        what: 'sandbox with a million records: ready after',
        value: sandbox.readyAfter,
        unit: 'ms',
        goal: { atMost: 5000 },
      },
      { what: 'gets a second, one at a time', value: await callsPerSecond(bare, ids, 1), unit: '/s' },
      { what: 'gets a second, 16 at once', value: await callsPerSecond(bare, ids, 16), unit: '/s' },
      { what: 'first page of 100 whole records', value: await page(undefined), unit: 'ms' },
      { what: 'last page of 100 whole records', value: await page(last), unit: 'ms' },
      { what: 'first page of 100 records, two fields', value: await page(undefined, ['_id', 'name']), unit: 'ms' },
      { what: 'last page of 100 records, two fields', value: await page(last, ['_id', 'name']), unit: 'ms' },
    ];
    return [...measurements, ...memory(sandbox, memoryAtStart)];
  });

function memory(sandbox: RunningSandbox, atStart: number | undefined): Measurement[] {
  const now = sandbox.memory();
  if (atStart === undefined || now === undefined) return [];
  return [
    { what: 'resident when ready', value: atStart, unit: 'MB', goal: { atMost: 300 } },
    { what: 'resident after all this', value: now, unit: 'MB', goal: { atMost: 300 } },
  ];
}

async function callsPerSecond(bare: AxiosInstance, ids: readonly string[], atOnce: number): Promise<number> {
  const calls = 800;
  let next = 0;
  const worker = async () => {
    while (next < calls) {
      const objectDataId = ids[next++ % ids.length];
      await bare.post('/cgi/crm/v2/data/get', { data: { dataObjectApiName: 'AccountObj', objectDataId } });
    }
  };
  const { milliseconds } = await timed(() => Promise.all(Array.from({ length: atOnce }, worker)));
  return (calls * 1000) / milliseconds;
}

/** The id behind which there is one page more. */
async function beforeLastPage(bare: AxiosInstance): Promise<string | undefined> {
  const orders = [{ fieldName: '_id', isAsc: false }];
  const search_query_info = { limit: 100, offset: 100, orders, fieldProjection: ['_id'] };
  const { data } = await bare.post<{ data: { dataList: { _id: string }[] } }>('/cgi/crm/v2/data/query', {
    data: { dataObjectApiName: 'AccountObj', find_explicit_total_num: false, search_query_info },
  });
  return data.data.dataList[0]?._id;
}
