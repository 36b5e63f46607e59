import { fieldsOf } from '../../../src/objects/fields';
import { anywhere, sandboxOnly } from '../contractCase';
import { outcome, answered } from '../outcome';
import type { Harness } from '../harness';

async function described({ objects, client }: Harness, object: string) {
  const describe = await objects.describe(client, object);
  const fields = fieldsOf(describe);
  return {
    object: describe['api_name'],
    typed: fields.every(({ type, label }) => type !== '' && label !== ''),
    name: fields.some(({ apiName }) => apiName === 'name'),
    owner: fields.find(({ apiName }) => apiName === 'owner')?.type,
  };
}
const complete = { typed: true, name: true, owner: 'employee' };

export const objects = [
  ...anywhere([
    {
      name: 'list names every object once, with a label',
      does: async ({ objects, client, preset }) => {
        const list = await objects.list(client);
        const names = list.map(({ apiName }) => apiName);
        return {
          once: new Set(names).size === names.length,
          labelled: list.every(({ label }) => label !== ''),
          preset: list.find(({ apiName }) => apiName === preset)?.kind,
        };
      },
      expects: { once: true, labelled: true, preset: 'preset' },
    },
    {
      name: 'list knows a custom object as one',
      does: async ({ objects, client, custom }) =>
        (await objects.list(client)).find(({ apiName }) => apiName === custom)?.kind,
      expects: 'custom',
      onCustomObject: true,
    },
    {
      name: 'describe gives the fields of a preset object',
      does: harness => described(harness, harness.preset),
      expects: { object: 'AccountObj', ...complete },
    },
    {
      name: 'describe gives the fields of a custom object',
      does: async harness => {
        const { object, ...rest } = await described(harness, harness.custom);
        return { same: object === harness.custom, ...rest };
      },
      expects: { same: true, ...complete },
      onCustomObject: true,
    },
    {
      name: 'describe of an unknown object is refused',
      does: ({ objects, client }) => answered(() => objects.describe(client, 'NoSuchObj')),
      expects: 'refused by the API',
    },
  ]),
  ...sandboxOnly('a failure is forced', [
    {
      name: 'list is asked once however many want it, and again after a failure',
      does: async ({ objects, client, sandbox, sent }) => {
        sandbox.faults.add({ path: '/cgi/crm/v2/object/list', errorCode: 15003 });
        const first = await Promise.all([1, 2].map(() => outcome(() => objects.list(client))));
        const second = await Promise.all([1, 2].map(async () => (await objects.list(client)).length > 200));
        return [first, second, sent.length];
      },
      expects: [['ApiError 15003', 'ApiError 15003'], [true, true], 2],
    },
  ]),
];
