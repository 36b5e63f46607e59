import assert from 'node:assert/strict';
import { Redactor } from '../../../src/api/redactor';
import { prettyText, ResponseLog } from '../../../src/responses/response';

describe('responses/response', () => {
  describe('prettyText', () => {
    const check = (name: string, text: string, expected: string) =>
      it(name, () => assert.equal(prettyText(text), expected));
    check('indents JSON by two and keeps digits', '{"a":[1.10,{}]}', '{\n  "a": [\n    1.10,\n    {}\n  ]\n}\n');
    for (const text of ['<html></html>', 'Bad Gateway', '', '{"a":1', '{"a":1,}'])
      check(`leaves ${text} as it came`, text, text);
    check('keeps what a page has in it', '\n <p>\n', '\n <p>\n');
  });

  describe('ResponseLog', () => {
    const same = (text: string) => text;

    it('gives each answer an id of its own and finds it again', () => {
      let now = 5;
      const log = new ResponseLog(
        () => 10,
        same,
        () => now++,
      );
      const first = log.add('get AccountObj', '{}');
      const second = log.add('get AccountObj', '{}');
      assert.notEqual(first.id, second.id);
      assert.deepEqual(log.get(second.id), { id: second.id, title: 'get AccountObj', text: '{}', time: 6 });
      assert.equal(log.get('nothing'), undefined);
    });

    it('drops the oldest when it is full', () => {
      const log = new ResponseLog(
        () => 3,
        same,
        () => 0,
      );
      const ids = Array.from({ length: 5 }, (_, i) => log.add('x', String(i)).id);
      assert.deepEqual(
        ids.map(id => log.get(id)?.text),
        [undefined, undefined, '2', '3', '4'],
      );
    });

    it('follows a size that becomes smaller', () => {
      let size = 5;
      const log = new ResponseLog(
        () => size,
        same,
        () => 0,
      );
      const ids = Array.from({ length: 5 }, (_, i) => log.add('x', String(i)).id);
      size = 2;
      const last = log.add('x', '5').id;
      assert.deepEqual(
        [...ids, last].map(id => log.get(id)?.text),
        [...Array<undefined>(4), '4', '5'],
      );
    });

    it('keeps no secret', () => {
      const redactor = new Redactor();
      redactor.learn('LEARNT-SECRET');
      const log = new ResponseLog(
        () => 3,
        redactor.redact,
        () => 0,
      );
      const { text } = log.add('token', prettyText('{"accessToken":"FIELD-SECRET","note":"LEARNT-SECRET","ea":"1"}'));
      assert.doesNotMatch(text, /SECRET/);
      assert.deepEqual(JSON.parse(text), { accessToken: '‹redacted›', note: '‹redacted›', ea: '1' });
    });
  });
});
