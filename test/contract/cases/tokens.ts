import { anywhere, sandboxOnly } from '../contractCase';
import type { Harness } from '../harness';
import { outcome } from '../outcome';
import { find, make, read, required, target } from '../records';

const token = '/oauth2.0/token';
const query = '/cgi/crm/v2/data/query';
const create = '/cgi/crm/v2/data/create';
const once = (harness: Harness, window = harness) =>
  window.service.query(harness.connection, harness.preset, { limit: 1, count: false });

const paths = ({ sent }: Harness) => sent.map(({ path }) => path);
/** How many different tokens the calls to an endpoint brought. */
const tokensOf = ({ sent }: Harness, path: string) =>
  new Set(sent.filter(each => each.path === path).map(each => each.token)).size;

export const tokens = [
  ...anywhere([
    {
      name: 'signing in is enough for every call that follows',
      does: async harness => {
        await once(harness);
        await once(harness);
        return [paths(harness), tokensOf(harness, query)];
      },
      expects: [[query, query], 1],
    },
    {
      name: 'another window uses the token that is there',
      does: async harness => {
        const { service } = harness.openWindow();
        await service.query(harness.connection, harness.preset, { limit: 1, count: false });
        return paths(harness);
      },
      expects: [query],
    },
    {
      name: 'each call has a trace id of its own',
      does: async harness => {
        await Promise.all([once(harness), once(harness), once(harness)]);
        const ids = harness.sent.map(({ thirdTraceId }) => thirdTraceId ?? '');
        const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
        return [new Set(ids).size, ids.every(id => uuid.test(id))];
      },
      expects: [3, true],
    },
  ]),
  ...sandboxOnly('it spends token calls, of which there are 10 a minute', [
    {
      name: 'is fetched once however many calls wait for it, and never twice at a time',
      does: async harness => {
        harness.tick(7_201_000);
        await Promise.all(Array.from({ length: 8 }, () => once(harness)));
        return [paths(harness), tokensOf(harness, query)];
      },
      expects: [[token, ...Array<string>(8).fill(query)], 1],
    },
  ]),
  ...sandboxOnly('its clock is set', [
    {
      name: 'stays for 6600 seconds',
      does: async harness => {
        harness.tick(6_590_000);
        await once(harness);
        return paths(harness);
      },
      expects: [query],
    },
    {
      name: 'is renewed before it expires, without a refusal',
      does: async harness => {
        harness.tick(6_610_000);
        await Promise.all([once(harness), once(harness), once(harness)]);
        return paths(harness);
      },
      expects: [token, query, query, query],
    },
    {
      name: 'that expired unnoticed is renewed once and the call repeated once',
      does: async harness => {
        harness.ahead.server += 7_201_000;
        await once(harness);
        return [paths(harness), tokensOf(harness, query)];
      },
      expects: [[query, token, query], 2],
    },
    {
      name: 'that expired under several calls is renewed once for all of them',
      does: async harness => {
        harness.ahead.server += 7_201_000;
        const outcomes = await Promise.all(
          [1, 2, 3, 4, 5].map(() => outcome(async () => (await once(harness)).records.length)),
        );
        const calls = paths(harness);
        return [outcomes, calls.filter(path => path === token).length, calls.length];
      },
      expects: [[1, 1, 1, 1, 1], 1, 11],
    },
    {
      name: 'that another window renewed is taken from there',
      does: async harness => {
        const other = harness.openWindow();
        await once(harness);
        harness.ahead.server += 7_201_000;
        await other.service.query(harness.connection, harness.preset, { limit: 1 });
        await once(harness);
        return paths(harness);
      },
      expects: [query, query, token, query, query, query],
    },
    {
      name: 'that expired lets a write through once',
      does: async harness => {
        const name = 'Made once';
        const body = { ...(await required(harness, harness.preset)), name };
        harness.sent.length = 0;
        harness.ahead.server += 7_201_000;
        await harness.service.create(target(harness, harness.preset), body);
        const calls = paths(harness);
        const filters = [{ field_name: 'name', operator: 'EQ', field_values: [name] }];
        return [calls, (await find(harness, harness.preset, { filters })).length];
      },
      expects: [[create, token, create], 1],
    },
  ]),
  ...sandboxOnly('a refusal is forced', [
    {
      name: 'that is refused is asked for again and the call repeated',
      does: async harness => {
        harness.sandbox.faults.add({ path: query, errorCode: 20016 });
        await once(harness);
        return paths(harness);
      },
      expects: [query, token, query],
    },
    {
      name: 'that is refused again ends the call with 20016',
      does: async harness => {
        harness.sandbox.faults.add({ path: query, errorCode: 20016, times: 9 });
        const answer = await outcome(() => once(harness));
        return [answer, paths(harness)];
      },
      expects: ['ApiError 20016', [query, token, query]],
    },
    {
      name: 'that cannot be renewed ends the call with what the sign-in says, and the next call tries anew',
      does: async harness => {
        const id = await make(harness, harness.preset);
        harness.ahead.server += 7_201_000;
        harness.sandbox.faults.add({ path: token, errorCode: 20021 });
        const answer = await outcome(() => read(harness, harness.preset, id));
        const next = await read(harness, harness.preset, id);
        return [answer, next['_id'] === id];
      },
      expects: ['ApiError 20021', true],
    },
  ]),
];
