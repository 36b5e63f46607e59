import { getRecord } from '../src/records/recordCalls';
import { alternate, type Block } from './alternate';
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
    const {
      ours,
      bare: theirs,
      ratio,
    } = await alternate(
      warmUp,
      blocks(ids, id => getRecord(client, 'AccountObj', id)),
      blocks(ids, objectDataId => {
        const data = { dataObjectApiName: 'AccountObj', objectDataId };
        return bare.post('/cgi/crm/v2/data/get', { data });
      }),
    );
    return [
      { what: `${calls} gets in a row: our client / bare axios`, value: ratio, unit: '×', goal: { atMost: 1.15 } },
      { what: 'one get through our client', value: ours / inBlock, unit: 'ms' },
      { what: 'one get with bare axios', value: theirs / inBlock, unit: 'ms' },
    ];
  });

function blocks(ids: readonly string[], get: (id: string) => Promise<unknown>): Block {
  let done = 0;
  return async () => {
    if (done >= calls + warmUp * inBlock) return false;
    for (let n = 0; n < inBlock; n++) await get(ids[done++ % ids.length] ?? '');
    return true;
  };
}
