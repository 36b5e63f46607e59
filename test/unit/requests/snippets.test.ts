import assert from 'node:assert/strict';
import snippets from '../../../media/fxhttp.snippets.json';
import { parse } from '../../../src/requests/parse';

interface Snippet {
  readonly prefix: string | readonly string[];
  readonly body: string | readonly string[];
}

/** The text that taking a snippet leaves. */
function taken({ body }: Snippet): string {
  let text = [body].flat().join('\n');
  for (let before = ''; before !== text;) {
    before = text;
    text = text
      .replace(/\$\{\d+:([^${}]*)\}/g, '$1')
      .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
      .replace(/\$0/g, '');
  }
  return text;
}

describe('snippets of request files', () => {
  for (const [name, snippet] of Object.entries<Snippet>(snippets)) {
    it(`write what reads without a problem: ${name}`, () => {
      const text = taken(snippet);
      const isBody = text.startsWith('{');
      const before = isBody ? 'POST /cgi/x\n\n' : '';
      const behind = text.startsWith('# @') ? '\nPOST /cgi/x' : '';
      const { problems } = parse(text.startsWith('??') ? `POST /cgi/x\n\n{}\n${text}` : before + text + behind);
      // What only a person can say is left open.
      assert.deepEqual(
        problems.filter(({ code }) => code !== 'directiveValueMissing'),
        [],
      );
    });
  }

  it('differ in what is typed', () => {
    const prefixes = Object.values<Snippet>(snippets).flatMap(({ prefix }) => prefix);
    assert.equal(new Set(prefixes).size, prefixes.length);
  });
});
