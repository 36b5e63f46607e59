import assert from 'node:assert/strict';
import { TransportError } from '../../../src/api/errors';
import { Redactor } from '../../../src/api/redactor';
import type { CallRecord } from '../../../src/api/wire';
import { callBodies, callLine } from '../../../src/errors/callLog';

const context = { method: 'POST', url: 'https://open.fxiaoke.com/cgi/crm/v2/data/get', thirdTraceId: 'third-1' };
const record: CallRecord = {
  connection: 'Acme',
  context,
  sent: '{"data":{}}',
  received: '{"errorCode":0}',
  milliseconds: 41,
  characters: 15,
  errorCode: 0,
  traceId: 'E-O.1',
  failure: undefined,
};
const { redact } = new Redactor();
const line = (change: Partial<CallRecord>) => callLine({ ...record, ...change }, redact);

describe('errors/callLog', () => {
  describe('the line of a call', () => {
    const check = (name: string, change: Partial<CallRecord>, expected: string) =>
      it(name, () => assert.equal(line(change), expected));
    const start = `POST ${context.url} [Acme] 41 ms, `;

    check('tells all that matters', {}, `${start}15 characters, errorCode 0, traceId E-O.1, thirdTraceId third-1`);
    check(
      'tells what is not known',
      { errorCode: undefined, traceId: undefined },
      `${start}15 characters, errorCode -, traceId -, thirdTraceId third-1`,
    );
    check(
      'tells why there was no answer',
      {
        failure: new TransportError('dropped', context, 'ECONNRESET'),
        received: undefined,
        characters: 0,
        traceId: undefined,
      },
      `${start}0 characters, POST ${context.url}: dropped (ECONNRESET), traceId -, thirdTraceId third-1`,
    );

    it('never has a body', () =>
      assert.doesNotMatch(line({ sent: 'BODY-THAT-WAS-SENT', received: 'BODY-THAT-CAME' }), /BODY/));

    it('has no secret', () => {
      const redactor = new Redactor();
      redactor.learn('THE-SECRET-1');
      assert.match(callLine({ ...record, traceId: 'THE-SECRET-1' }, redactor.redact), /traceId ‹redacted›/);
    });
  });

  describe('the bodies of a call', () => {
    it('stand below each other with the id of the call', () =>
      assert.equal(callBodies(record, redact), 'third-1 sent {"data":{}}\nthird-1 received {"errorCode":0}'));

    it('say when nothing came back', () =>
      assert.match(callBodies({ ...record, received: undefined }, redact), /received nothing$/));

    it('are without secrets, by field and by value', () => {
      const redactor = new Redactor();
      redactor.learn('THE-TOKEN-1');
      const sent = '{"corpAccessToken":"x","currentOpenUserId":"FSUID_1","note":"THE-TOKEN-1"}';
      const received = '{"refreshToken":"y","accessToken":"z"}';
      const text = callBodies({ ...record, sent, received }, redactor.redact);
      assert.ok(text.includes('{"corpAccessToken":"‹redacted›","currentOpenUserId":"FSUID_1","note":"‹redacted›"}'));
      assert.ok(text.includes('{"refreshToken":"‹redacted›","accessToken":"‹redacted›"}'));
    });

    it('are cut, wherever a secret lies', () => {
      const redactor = new Redactor();
      redactor.learn('THE-TOKEN-1');
      for (let at = 9_985; at < 10_001; at++) {
        const text = callBodies({ ...record, sent: `${'x'.repeat(at)}THE-TOKEN-1`, received: '' }, redactor.redact);
        assert.doesNotMatch(text, /T(H|$)/);
      }
      const long = callBodies({ ...record, received: '纷'.repeat(50_000) }, redact);
      assert.ok(long.length < 11_000);
      assert.match(long, /… \(50000 characters\)$/);
    });
  });
});
