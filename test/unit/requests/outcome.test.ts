import assert from 'node:assert/strict';
import { parseJson } from '../../../src/base/json';
import { evaluate } from '../../../src/requests/assertions';
import { hasFailed, isRefused } from '../../../src/requests/outcome';
import { parse } from '../../../src/requests/parse';
import { prepare } from '../../../src/requests/prepare';

const source = {
  environment: () => undefined,
  response: () => undefined,
  processVariable: () => undefined,
  now: () => new Date(0),
  uuid: () => '',
  prompt: () => Promise.resolve(undefined),
  secret: () => Promise.resolve(undefined),
  readFile: () => Promise.resolve(undefined),
};

/** `refused` and `failed` of an answer with that errorCode to a request with those assertions. */
async function outcome(errorCode: number, ...assertions: string[]): Promise<string> {
  const file = parse(['POST /cgi/crm/v2/data/get', '', '{}', ...assertions].join('\n'));
  const prepared = await prepare(file.requests[0]!, file, source);
  assert.ok(prepared.ready);
  const { request } = prepared;
  const body = parseJson(`{ "errorCode": ${errorCode}, "data": { "total": 1 } }`);
  const sent = { request, answer: { errorCode }, assertions: evaluate(request.assertions, body) };
  return [isRefused(sent) ? 'refused' : 'taken', hasFailed(sent) ? 'failed' : 'passed'].join(' ');
}

describe('requests/outcome', () => {
  for (const [errorCode, assertions, expected] of [
    [0, [], 'taken passed'],
    [0, ['?? data.total > 1'], 'taken failed'],
    [0, ['?? errorCode == 5'], 'taken failed'],
    [5, [], 'refused failed'],
    [5, ['?? data.total == 1'], 'refused failed'],
    [5, ['?? errorCode == 0'], 'refused failed'],
    [5, ['?? errorCode == 5'], 'taken passed'],
    [5, ['?? errorCode == 5', '?? data.total == 2'], 'taken failed'],
  ] as const) {
    it(`is ${expected} at errorCode ${errorCode} with ${assertions.join(', ') || 'no assertions'}`, async () =>
      assert.equal(await outcome(errorCode, ...assertions), expected));
  }
});
