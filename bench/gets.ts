import { getRecord } from '../src/records/recordCalls';
import { alternate } from './alternate';
import { bareAxios, barePage, ourClient, unlimited } from './clients';
import type { Measurement } from './measurement';
import { withoutLimits, withSandbox } from './sandbox';

const calls = 2000;
const inBlock = 10;
const warmUp = 20;

/** Getting records one after the other, through our client and with axios alone. */
export const gets = () =>
  withSandbox(withoutLimits, async ({ login }): Promise<Measurement[]> => {
    const { client } = await ourClient(login, unlimited);
    const bare = await bareAxios(login);
    const ids = (await barePage(bare, undefined, ['_id'])).map(({ _id }) => _id);
    const id = (call: number) => ids[call % ids.length] ?? '';
    const { ours, bare: axiosAlone } = await alternate(
      calls / inBlock + warmUp,
      warmUp,
      async () => {
        for (let n = 0; n < inBlock; n++) await getRecord(client, 'AccountObj', id(n));
      },
      async () => {
        for (let n = 0; n < inBlock; n++) {
          const data = { dataObjectApiName: 'AccountObj', objectDataId: id(n) };
          await bare.post('/cgi/crm/v2/data/get', { data });
        }
      },
    );
    return [
      {
        what: `${calls} gets in a row: our client / bare axios`,
        value: ours / axiosAlone,
        unit: '×',
        goal: { atMost: 1.15 },
      },
      { what: 'one get through our client', value: ours / inBlock, unit: 'ms' },
      { what: 'one get with bare axios', value: axiosAlone / inBlock, unit: 'ms' },
    ];
  });
