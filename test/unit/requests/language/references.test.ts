import assert from 'node:assert/strict';
import { isTaken, namedThingAt } from '../../../../src/requests/language/references';
import { requestNamed } from '../../../../src/requests/nodes';
import { parse } from '../../../../src/requests/parse';
import { atCursor } from './knowledge';

const places = (marked: string) => {
  const { text, offset } = atCursor(marked);
  const thing = namedThingAt(parse(text), offset);
  return thing?.places.map(({ start }) => start);
};

describe('requests/language/references', () => {
  const text = '@id = 1\n### a\n# @name top\nPOST /a?x={{id}}\n### b\nPOST /b\n\n{ "x": "{{ id }}{{top.data._id}}" }';

  it('finds a variable and where it is used, from any of its places', () => {
    const all = [...text.matchAll(/\bid\b/g)].map(({ index }) => index);
    for (const at of all) assert.deepEqual(places(`${text.slice(0, at + 1)}¦${text.slice(at + 1)}`), all);
  });

  it('finds a request by its name and where its answer is used', () => {
    const all = [...text.matchAll(/\btop\b/g)].map(({ index }) => index);
    for (const at of all) assert.deepEqual(places(`${text.slice(0, at)}¦${text.slice(at)}`), all);
  });

  it('tells a variable from a request of the same name', () => {
    const both = '@top = 1\n### a\n# @name top\nPOST /a?x={{top}}\n### b\nPOST /b?x={{top.data.x}}';
    const file = parse(both);
    const [variable, name, use, answer] = [...both.matchAll(/\btop\b/g)].map(({ index }) => index);
    const startsAt = (offset: number) => namedThingAt(file, offset + 1)?.places.map(({ start }) => start);
    assert.deepEqual(startsAt(variable!), [variable, use]);
    assert.deepEqual(startsAt(answer!), [name, answer]);
  });

  it('finds all definitions of a name, and what is taken', () => {
    const file = parse('@id = 1\n@id = 2\n### a\n# @name top\nPOST /a?x={{id}}&y={{region}}');
    assert.equal(namedThingAt(file, 2)?.definitions.length, 2);
    assert.equal(namedThingAt(file, 2)?.places.length, 3);
    assert.deepEqual(
      ['id', 'top', 'region', 'other'].map(name => isTaken(file, name)),
      [true, true, true, false],
    );
  });

  it('takes the last of several with one name, as sending does', () => {
    const twice = parse('### a\n# @name top\nPOST /a\n### b\n# @name top\nPOST /b?x={{top.x}}');
    const last = twice.text.lastIndexOf('@name top') + '@name '.length;
    assert.equal(namedThingAt(twice, twice.text.indexOf('{{top') + 3)?.definition?.start, last);
    assert.equal(requestNamed(twice, 'top')?.target?.text, '/b?x={{top.x}}');
  });

  it('finds nothing elsewhere', () => {
    assert.equal(places(text.replace('POST /b', 'PO¦ST /b')), undefined);
  });
});
