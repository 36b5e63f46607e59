import assert from 'node:assert/strict';
import { environmentCompletions } from '../../../../src/requests/language/environmentCompletion';

/** What is offered where `¦` stands in a text. */
function offered(marked: string, connections: readonly string[] = ['Acme', 'My "test"']) {
  return environmentCompletions(marked.replace('¦', ''), marked.indexOf('¦'), connections);
}
const labels = (marked: string) => offered(marked).map(({ label }) => label);

describe('requests/language/environmentCompletion', () => {
  it('offers the connections that have no entry', () => {
    assert.deepEqual(labels('{ ¦ }'), ['Acme', 'My "test"']);
    assert.deepEqual(labels('{ "Acme": {}, "¦" }'), ['My "test"']);
  });

  it('offers nothing where no connection belongs', () => {
    for (const text of ['{ "Acme": { "¦" } }', '{ "Acme": "¦" }', '[ "¦" ]', '¦']) assert.deepEqual(labels(text), []);
  });

  it('replaces the quotes around the cursor, and brings an object where there is none', () => {
    const [empty] = offered('{ "¦" }', ['Acme']);
    assert.deepEqual(empty?.range, { start: 2, end: 4 });
    assert.equal(empty.insert, '"Acme": {\n\t$0\n\\}');
    const [filled] = offered('{ "A¦": {} }', ['Acme']);
    assert.equal(filled?.insert, '"Acme"');
  });

  it('writes a name as JSON has it', () => {
    const [quoted] = offered('{ ¦ }', ['a "b" $c']);
    assert.equal(quoted?.insert, '"a \\\\"b\\\\" \\$c": {\n\t$0\n\\}');
  });
});
