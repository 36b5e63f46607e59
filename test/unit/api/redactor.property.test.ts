import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Redactor } from '../../../src/api/redactor';

/** Secrets as the vendor makes them, and whatever else a person may enter. */
const secret = fc
  .oneof(
    fc.string({ unit: fc.constantFrom(...Array.from('0123456789ABCDEF')), minLength: 32, maxLength: 32 }),
    fc.string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 40, size: 'max' }),
    fc.string({
      unit: fc.constantFrom('"', '\\', '/', '+', '%', '=', '&', ' ', 'é', '密', '🔑', 'Z', '0', '\n'),
      minLength: 8,
    }),
  )
  // What looks escaped before anything escapes it is found only as it is.
  .filter(text => text.replaceAll('\\', '').length >= 8 && !/\\u|%\\*(?:[\da-f]|$)/i.test(text));

/** What could make an escape of the first characters of an escaped secret is left out. */
const surroundings = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .filter(text => !/\p{Surrogate}|%[\d]{0,2}$|\\$/u.test(text));

const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
const bytes = (text: string) => [...Buffer.from(text, 'utf8')];
const everyByte = (text: string) =>
  bytes(text)
    .map(byte => `%${byte.toString(16).padStart(2, '0')}`)
    .join('');
const everyUnit = (text: string) =>
  Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/** Ways in which a secret stands in what is logged, copied or answered; each with the way back. */
const spellings: Readonly<Record<string, { write: (text: string) => string; read: (text: string) => string }>> = {
  'as it is': { write: text => text, read: text => text },
  'in JSON': { write: inJson, read: unescaped },
  'in JSON within JSON': { write: text => inJson(inJson(text)), read: text => unescaped(unescaped(text)) },
  'in JSON that also escapes slashes': { write: text => inJson(text).replaceAll('/', '\\/'), read: unescaped },
  'in JSON that escapes every character': { write: everyUnit, read: unescaped },
  'in a URL': { write: encodeURIComponent, read: unpercented },
  'in a URL within a URL': {
    write: text => encodeURIComponent(encodeURIComponent(text)),
    read: text => unpercented(unpercented(text)),
  },
  'in a form': {
    write: text => new URLSearchParams({ text }).toString().slice(5),
    read: text => unpercented(text.replaceAll('+', ' ')),
  },
  'in a URL that escapes every byte': { write: everyByte, read: unpercented },
};

describe('api/redactor, whatever the secret', () => {
  for (const [name, { write, read }] of Object.entries(spellings)) {
    it(`never lets it out ${name}`, () => {
      fc.assert(
        fc.property(secret, surroundings, surroundings, (hidden, before, after) => {
          const redactor = new Redactor();
          redactor.learn(hidden);
          const text = write(before + hidden + after);
          assert.ok(read(text).includes(hidden));
          const shown = redactor.redact(text);
          assert.ok(!shown.includes(write(hidden)), shown);
          assert.ok(!read(shown).includes(hidden), shown);
        }),
        { numRuns: 200 },
      );
    });
  }

  for (const [name, { write, read }] of Object.entries(spellings)) {
    it(`never lets it out of a long text ${name}`, () => {
      const [near, far] = ['so many words, ', 'so many words, '.repeat(800)];
      const around = fc.constantFrom(near, far, `${far}50% off\\n${near}`, `\\"${far}`);
      fc.assert(
        fc.property(secret, around, around, surroundings, (hidden, before, after, beside) => {
          const redactor = new Redactor();
          redactor.learn(hidden);
          const text = `${far}${before} ${write(beside + hidden)} ${after}`;
          const shown = redactor.redact(text);
          assert.ok(!shown.includes(write(hidden)), shown);
          assert.ok(!read(shown).includes(hidden), shown);
          assert.ok(shown.startsWith(far));
        }),
        { numRuns: 100 },
      );
    });
  }

  for (const alphabet of ['base64', 'base64url'] as const) {
    it(`never lets it out in ${alphabet}, whatever is encoded with it`, () => {
      fc.assert(
        fc.property(secret, surroundings, surroundings, (hidden, before, after) => {
          const redactor = new Redactor();
          redactor.learn(hidden);
          const encoded = Buffer.from(before + hidden + after, 'utf8').toString(alphabet);
          const shown = redactor.redact(`Basic-like ${encoded}, ${inJson(encoded)}, ${encodeURIComponent(encoded)}`);
          for (const run of unpercented(shown).match(/[\w+/-]{4,}/g) ?? [])
            for (const skip of [0, 1, 2, 3])
              assert.ok(!Buffer.from(run.slice(skip), alphabet).toString('utf8').includes(hidden), shown);
        }),
        { numRuns: 200 },
      );
    });
  }

  it('leaves a text alone that holds none of it', () => {
    fc.assert(
      fc.property(secret, fc.string({ unit: 'grapheme' }), (hidden, text) => {
        fc.pre(!text.includes(hidden));
        const redactor = new Redactor();
        redactor.learn(`${hidden}🔒`);
        assert.equal(redactor.redact(text), text);
      }),
    );
  });

  it('takes out the longer of two secrets of which one begins the other', () => {
    fc.assert(
      fc.property(secret, fc.string({ unit: 'grapheme-ascii', minLength: 1 }), (short, more) => {
        const redactor = new Redactor();
        redactor.learn(short, short + more);
        assert.equal(redactor.redact(`<${short}${more}>`), new Redactor().redact('<‹redacted›>'));
      }),
    );
  });

  it('takes out fields of secrets that nobody told of, nested and cut off', () => {
    const field = fc.constantFrom('appSecret', 'permanentCode', 'accessToken', 'corpAccessToken', 'refreshToken');
    const value = fc.string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 40 }).map(text => `¤${text}`);
    fc.assert(
      fc.property(field, value, fc.nat(2), fc.nat(), (name, hidden, depth, cut) => {
        let text = JSON.stringify({ errorCode: 0, [name]: hidden, after: 'x' });
        let written = inJson(hidden);
        for (let level = 0; level < depth; level++) {
          text = JSON.stringify({ body: text });
          written = inJson(written);
        }
        const start = text.indexOf('¤');
        const end = start + written.length;
        const cutAt = start + 1 + (cut % (text.length - start));
        // Each level doubles the backslashes in front of the closing quote, and adds one.
        const isClosed = cutAt >= end + 2 ** depth;
        const expected = `${text.slice(0, start)}‹redacted›${isClosed ? text.slice(end, cutAt) : ''}`;
        assert.equal(new Redactor().redact(text.slice(0, cutAt)), expected);
      }),
      { numRuns: 200 },
    );
  });
});

function unescaped(text: string): string {
  return text.replace(/\\(?:u([\da-fA-F]{4})|(.))/gs, (_, code: string | undefined, letter: string) => {
    const named: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };
    return code === undefined ? (named[letter] ?? letter) : String.fromCharCode(parseInt(code, 16));
  });
}

function unpercented(text: string): string {
  return text.replace(/(?:%[\da-fA-F]{2})+/g, run => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
}
