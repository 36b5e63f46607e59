import assert from 'node:assert/strict';
import { Parser } from '../../../src/requests/parse';
import { PerSection } from '../../../src/requests/perSection';

describe('requests/perSection', () => {
  const request = (n: number) => `### ${n}\nPOST /a\n\n{ "a": ${n} }\n`;
  const text = [1, 2, 3, 4].map(request).join('');

  /** What is made of each section after an edit; `made` collects those that something was made of. */
  function after(edit: (text: string) => string) {
    const [parser, kept, made] = [new Parser(), new PerSection<string>(), [] as string[]];
    const go = (version: string) => {
      kept.follow(parser.parse(version).sections);
      for (const at of kept.missing()) {
        kept.make(at, ({ line, parsed }) => {
          const each = `${line} ${parsed.heading?.title ?? ''}`;
          made.push(each);
          return each;
        });
      }
    };
    go(text);
    made.length = 0;
    go(edit(text));
    return { all: kept.all, made };
  }

  it('makes anew what changed only', () => {
    const { all, made } = after(before => before.replace('"a": 2', '"a": 22'));
    assert.deepEqual(made, ['4 2']);
    assert.deepEqual(all, ['0 1', '4 2', '8 3', '12 4']);
  });

  it('makes anew what stands on another line', () => {
    const { all, made } = after(before => before.replace('"a": 3', '\n"a": 3'));
    assert.deepEqual(made, ['8 3', '13 4']);
    assert.deepEqual(all, ['0 1', '4 2', '8 3', '13 4']);
  });

  it('forgets what is gone, and has room for what is new', () => {
    assert.deepEqual(after(before => before.replace(request(2), '')).all, ['0 1', '4 3', '8 4']);
    const more = after(before => before.replace(request(3), request(3) + request(5)));
    assert.deepEqual(more.all, ['0 1', '4 2', '8 3', '12 5', '16 4']);
    assert.deepEqual(after(() => '').all, ['0 ']);
  });

  it('makes all of it anew when it is told to', () => {
    const kept = new PerSection<number>();
    kept.follow(new Parser().parse(text).sections);
    kept.make(1, () => 1);
    assert.deepEqual(kept.missing(), [0, 2, 3]);
    kept.forget();
    assert.deepEqual(kept.missing(), [0, 1, 2, 3]);
  });
});
