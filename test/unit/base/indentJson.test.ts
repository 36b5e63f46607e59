import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { indentJson } from '../../../src/base/indentJson';
import { parseJson, printJson } from '../../../src/base/json';

describe('base/indentJson', () => {
  describe('writes what the built-in one writes', () => {
    const check = (text: string) => it(text, () => assert.equal(indentJson(text), printJson(parseJson(text), 2)));
    check('{}');
    check(' [ ] ');
    check('[{\n}, [\t]]');
    check('{"a":[],"b":{"c":[1,{"d":null}]},"e":"\\u2028\\ud800\\n","f":"客户"}');
    check('{"n":[1.10,1e400,-0],"t":true , "f" :false}');
    check('["\\"", "\\\\", "\\\\\\"]", "{,:}", ""]');
    check('{"\\u5ba2\\u6237":"a\\/b"}');
    check('7');
    check('"x"');
  });

  it('leaves the order and what is there twice', () =>
    assert.equal(indentJson('{"b":1,"10":2,"9":3,"b":4}'), '{\n  "b": 1,\n  "10": 2,\n  "9": 3,\n  "b": 4\n}'));

  it('takes nothing but JSON', () => {
    for (const text of ['', '{"a":', '{a:1}', '[1,]', '"\n"', '01', '[1]x'])
      assert.throws(() => indentJson(text), SyntaxError, text);
    assert.throws(() => indentJson('['.repeat(5000) + '7' + ']'.repeat(5000)), RangeError);
  });

  it('writes any value as JavaScript does', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'medium' }), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        // Keys that are whole numbers, and numbers such as 1e21, are as they are written either way.
        assert.equal(indentJson(text), JSON.stringify(JSON.parse(text), undefined, 2));
      }),
      { numRuns: 500 },
    );
  });
});
