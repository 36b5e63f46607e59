import assert from 'node:assert/strict';
import { parseJson } from '../../../src/base/json';
import { evaluate } from '../../../src/requests/assertions';
import { parse } from '../../../src/requests/parse';
import { prepare } from '../../../src/requests/prepare';
import { withoutVariables } from './withoutVariables';

const body = parseJson(`{
  "errorCode": 0, "errorMessage": "OK", "big": 12345678901234567890, "rate": 1.10, "flag": true, "none": null,
  "data": { "total": "1204.00", "name": "王府井百货", "level": ["1", "2"], "dataList": [{ "_id": "a" }, { "_id": "b" }] }
}`);

async function evaluated(text: string) {
  const file = parse(`POST /a\n\n?? ${text}`);
  const outcome = await prepare(file.requests[0]!, file, withoutVariables);
  assert.ok(outcome.ready);
  return evaluate(outcome.request.assertions, body)[0]!;
}

describe('requests/assertions', () => {
  const check = (text: string, expected: boolean | string) => {
    it(`${text} is ${expected}`, async () => {
      const { passed, reason, text: shown } = await evaluated(text);
      assert.equal(passed ? true : (reason ?? false), expected);
      assert.equal(shown, text);
    });
  };

  check('errorCode == 0', true);
  check('errorCode == "0"', false);
  check('errorCode != 0', false);
  check('errorCode == 0.0', true);
  check('big == 12345678901234567890', true);
  check('big == 12345678901234567891', false);
  check('big < 12345678901234567891', true);
  check('rate == 1.1', true);
  check('rate > 1.09', true);
  check('flag == true', true);
  check('none == null', true);
  check('data.total > 10', true);
  check('data.total > 9.5e2', true);
  check('data.total <= "1204"', true);
  check('data.total >= 1204.01', false);
  check('data.name < "z"', false);
  check('data.name > 1', 'notComparable');
  check('flag > 0', 'notComparable');
  check('data.name contains "王府井"', true);
  check('data.level contains "2"', true);
  check('data.level contains 2', false);
  check('data contains "total"', true);
  check('errorCode contains 0', 'notSearchable');
  check('data.level == ["1", "2"]', true);
  check('data.dataList[1] == { "_id": "b", }', true);
  check('data.dataList[1]._id == "b"', true);
  check('data.dataList[2]._id == "b"', 'pathMissing');
  check('data.dataList[0] exists', true);
  check('none exists', true);
  check('data.missing exists', 'pathMissing');
  check('data.missing != 1', 'pathMissing');
  check('errorMessage matches "^O.$"', true);
  check('errorMessage matches "^o"', false);
  check('big matches "^\\\\d{20}$"', true);
  check('errorMessage matches "("', 'patternInvalid');
  check('errorMessage matches 1', 'patternInvalid');
  check('data matches "x"', 'notSearchable');

  it('shows what it found', async () => {
    assert.equal((await evaluated('data.total > 9999')).actual, '1204.00');
    assert.equal('actual' in (await evaluated('data.x exists')), false);
  });

  it('fails every assertion where there is no body', () => {
    const [result] = evaluate([{ start: 0, end: 1, text: 'a exists', path: ['a'], operator: 'exists' }], undefined);
    assert.deepEqual(result, { start: 0, end: 1, text: 'a exists', passed: false, reason: 'pathMissing' });
  });
});
