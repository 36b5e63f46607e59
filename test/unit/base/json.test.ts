import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {
  isJsonObject,
  LosslessNumber,
  parseJson,
  plainJson,
  printJson,
  withoutUndefined,
} from '../../../src/base/json';

describe('base/json', () => {
  it('becomes plain for callers, without losing a digit', () => {
    const value = parseJson('{"a":[1.10,12345678901234567890],"b":{"c":null,"d":"x"}}');
    assert.deepEqual(plainJson(value), { a: [1.1, '12345678901234567890'], b: { c: null, d: 'x' } });
    assert.equal(plainJson(undefined), undefined);
    const date = new Date(0);
    assert.equal(plainJson(date), date);
  });

  describe('keeps every digit', () => {
    const check = (digits: string) =>
      it(digits, () => {
        assert.equal(printJson(parseJson(digits)), digits);
        const inside = `{"before":"x","n":[${digits},${digits}],"after":"64f0c0ffee00000000000001"}`;
        assert.equal(printJson(parseJson(inside)), inside);
      });

    for (const digits of ['0', '1', '-1', '100', '1.1', '-0.5', '1763782991000', '9007199254740991']) check(digits);
    // Beyond what a double holds, or other than a double is printed.
    for (const digits of ['9007199254740993', '-9007199254740993', '12345678901234567890', '1.10', '0.0', '100.00'])
      check(digits);
    for (const digits of ['-0', '-0.0', '1e400', '1E5', '1e5', '1e+2', '1.5e-7', '0.1234567890123456789'])
      check(digits);
    for (const digits of ['12345678.123456789', '99999999.123456789', '123456789012.34567', '8.123456789012345'])
      check(digits);
    for (const digits of ['0.000001', '0.0000001', '0.00000123', '-0.0000005']) check(digits);
  });

  it('keeps every digit of random numbers', () => {
    const random = generator(7);
    const digitsOf = (length: number) => Array.from({ length }, () => random(10)).join('');
    for (let i = 0; i < 5000; i++) {
      const whole = `${1 + random(9)}${digitsOf(random(19))}`;
      const fraction = random(2) === 0 ? `.${digitsOf(1 + random(19))}` : '';
      const exponent = random(8) === 0 ? `e${['', '+', '-'][random(3)]!}${digitsOf(1 + random(3))}` : '';
      const text = `{"n":${random(5) === 0 ? '-' : ''}${random(3) === 0 ? '0' : whole}${fraction}${exponent}}`;
      assert.equal(printJson(parseJson(text)), text);
    }
  });

  it('gives plain numbers where a double holds them and LosslessNumber where not', () => {
    const value = parseJson('[1, 2.5, 9007199254740993, 1.10]');
    assert.ok(Array.isArray(value));
    assert.deepEqual(value.slice(0, 2), [1, 2.5]);
    assert.ok(value.slice(2).every(each => each instanceof LosslessNumber));
  });

  describe('leaves text alone', () => {
    const check = (name: string, text: string) =>
      it(name, () => {
        assert.equal(printJson(parseJson(text)), text);
        const withDigits = `[9007199254740993,${text}]`;
        assert.equal(printJson(parseJson(withDigits)), withDigits);
      });
    check('ids of 24 and 32 hex digits', '["64f0c0ffee00000000000001","5f8e2d1c9b7a6e5d4c3b2a1f0e9d8c7b"]');
    check('digits in strings', '{"version":"18","amount":"100.00","phone":"13800000000000000000"}');
    check('escapes', '"a\\"b\\\\c\\n\\t\\u0001"');
    check('Chinese and what needs two code units', '{"名称":"北京纷扬科技𠮷🙂"}');
    check('empty containers', '{"a":{},"b":[],"c":null,"d":"","e":false}');
    check('a key that is special to JavaScript', '{"__proto__":{"a":1},"constructor":1,"toString":"x"}');
    check('a location', '"116.397128#%$39.916527#%$北京市东城区"');
  });

  it('reads an object that names a field twice as JSON.parse does, digits or not', () => {
    assert.deepEqual(parseJson('{"a":1,"a":2}'), { a: 2 });
    assert.equal(printJson(parseJson('{"a":1,"a":2,"n":9007199254740993}')), '{"a":2,"n":9007199254740993}');
  });

  describe('refuses what is not JSON', () => {
    const check = (text: string) =>
      it(text === '' ? '(empty)' : text, () => assert.throws(() => parseJson(text), SyntaxError));
    for (const text of ['', '{', '{"a":1,}', '[1,]', "{'a':1}", '{"a":01}', '{"a":1}x', 'undefined', 'NaN', '.5', '+1'])
      check(text);
    for (const text of ['{"n":9007199254740993', '{"n":9007199254740993,}', '{"n":1.10 /* x */}']) check(text);
  });

  it('prints indented text that reads the same', () => {
    const text = '{"a":1.10,"b":[9007199254740993,{"c":"x"}],"d":{}}';
    const printed = printJson(parseJson(text), 2);
    assert.match(printed, /^\{\n {2}"a": 1\.10,\n/);
    assert.equal(printJson(parseJson(printed)), text);
  });

  it('prints nothing at all as null', () => assert.equal(printJson(undefined), 'null'));

  it('tells objects from lists, null and numbers', () => {
    assert.equal(isJsonObject({}), true);
    for (const value of [[], null, 'x', 1, true, undefined, new LosslessNumber('1.10')])
      assert.equal(isJsonObject(value), false);
  });

  it('leaves out what is undefined and keeps null', () =>
    assert.deepEqual(withoutUndefined({ a: undefined, b: null, c: 0 }), { b: null, c: 0 }));

  describe('reads and prints the published samples without loss', () => {
    const folder = path.resolve('test/fixtures/samples');
    const files = fs.readdirSync(folder).filter(name => name.endsWith('.json'));
    it('which are thirty', () => assert.equal(files.length, 30));
    for (const name of files) {
      it(name, () => {
        const text = fs.readFileSync(path.join(folder, name), 'utf8');
        const value = parseJson(text);
        assert.equal(printJson(value), withoutSpace(text));
        assert.equal(withoutSpace(printJson(value, 2)), withoutSpace(text));
        assert.deepEqual(JSON.parse(printJson(value)), JSON.parse(text));
      });
    }
  });
});

/** JSON text without the white space between its tokens, its strings and digits as they are. */
function withoutSpace(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, string: string | undefined) => string ?? '');
}

/** The same pseudo-random integers below `n` at each run. */
function generator(seed: number): (n: number) => number {
  let state = seed;
  return n => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * n);
  };
}
