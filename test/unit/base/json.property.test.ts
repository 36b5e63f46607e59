import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseJson, printJson } from '../../../src/base/json';

/** JSON as someone may write it, and as it is printed: the same digits, texts and order, no white space. */
interface Written {
  readonly text: string;
  readonly printed: string;
}

const space = fc.constantFrom('', '', '', ' ', '\n', '\t', '\r\n  ');
const spaced = (written: fc.Arbitrary<Written>) =>
  fc
    .tuple(space, written, space)
    .map(([before, { text, printed }, after]) => ({ text: before + text + after, printed }));

const digit = fc.nat(9).map(String);
const digits = (least: number) => fc.string({ unit: digit, minLength: least, maxLength: 22, size: 'max' });
const whole = fc.oneof(fc.constant('0'), fc.tuple(fc.integer({ min: 1, max: 9 }).map(String), digits(0)).map(join));
const fraction = fc.oneof(
  fc.constant(''),
  digits(1).map(each => `.${each}`),
);
const exponent = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  fc
    .tuple(
      fc.constantFrom('e', 'E'),
      fc.constantFrom('', '+', '-'),
      fc.string({ unit: digit, minLength: 1, maxLength: 3 }),
    )
    .map(join),
);
const number = fc
  .tuple(fc.constantFrom('', '-'), whole, fraction, exponent)
  .map(join)
  .map(text => ({ text, printed: text }));

/** Any text, halves of characters, controls and what looks like JSON or a number included. */
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.nat(0xffff).map(unit => String.fromCharCode(unit)) }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toJSON',
    'value',
    'isLosslessNumber',
    '',
    ': 1.10',
    '[12345678901234567890]',
    '"\\',
    '\u2028\u0000',
  ),
);
const quoted = (value: fc.Arbitrary<string>) =>
  fc.tuple(value, fc.boolean()).map(([text, escaped]) => {
    const printed = JSON.stringify(text);
    return {
      text: escaped ? `"${[...Array(text.length).keys()].map(at => unicode(text.charCodeAt(at))).join('')}"` : printed,
      printed,
    };
  });
const literal = fc.constantFrom('null', 'true', 'false').map(text => ({ text, printed: text }));

// JavaScript itself puts keys that are whole numbers first.
const key = anyText.filter(text => !/^\d+$/.test(text));

const { value } = fc.letrec<{ value: Written }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    number,
    quoted(anyText),
    literal,
    fc.array(spaced(tie('value')), { maxLength: 5 }).map(list => around('[', list, ']')),
    fc
      .uniqueArray(fc.tuple(key, spaced(tie('value'))), { maxLength: 5, selector: ([name]) => name })
      .map(entries => entries.map(([name, each]) => property(JSON.stringify(name), each)))
      .map(list => around('{', list, '}')),
  ),
}));

describe('base/json, whatever the JSON', () => {
  it('prints what it parsed with the same digits, texts and order', () => {
    fc.assert(
      fc.property(spaced(value), ({ text, printed }) => {
        assert.equal(printJson(parseJson(text)), printed);
      }),
      { numRuns: 500 },
    );
  });

  it('reads what it printed in lines as the same', () => {
    fc.assert(
      fc.property(value, ({ text, printed }) => {
        assert.equal(printJson(parseJson(printJson(parseJson(text), 2))), printed);
      }),
    );
  });

  it('takes for JSON what JavaScript takes for it, and nothing else', () => {
    const mistake = fc.tuple(
      fc.nat(),
      fc.nat(1),
      fc.constantFrom('', '"', '\\', ',', ':', '0', '.', '-', 'e', '}', ']', '\n', '\u00a0', '\u0001'),
    );
    fc.assert(
      fc.property(value, mistake, ({ text }, [at, taken, put]) => {
        const place = at % (text.length + 1);
        const wrong = text.slice(0, place) + put + text.slice(place + taken);
        assert.equal(accepts(parseJson, wrong), accepts(JSON.parse, wrong), wrong);
      }),
      { numRuns: 500 },
    );
  });
});

function accepts(parse: (text: string) => unknown, text: string): boolean {
  try {
    parse(text);
    return true;
  } catch (error) {
    assert.ok(error instanceof SyntaxError, String(error));
    return false;
  }
}

function join(parts: readonly string[]): string {
  return parts.join('');
}

function unicode(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

function around(open: string, list: readonly Written[], close: string): Written {
  const listed = (kind: keyof Written) => open + list.map(each => each[kind]).join(',') + close;
  return { text: listed('text'), printed: listed('printed') };
}

function property(name: string, { text, printed }: Written): Written {
  return { text: `${name}:${text}`, printed: `${name}:${printed}` };
}
