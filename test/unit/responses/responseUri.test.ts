import assert from 'node:assert/strict';
import { isLasting, lastingResponseUri, responseId, responseUri } from '../../../src/responses/responseUri';

describe('responses/responseUri', () => {
  const check = (title: string, name: string) =>
    it(`calls ${JSON.stringify(title)} ${name}`, () => {
      const { scheme, path } = responseUri('7', title);
      assert.deepEqual([scheme, path], ['fxiaoke-response', `/7/${name}.json`]);
      assert.equal(responseId(path), '7');
    });
  check('query AccountObj', 'query AccountObj');
  check('查询 客户', '查询 客户');
  check('POST /cgi/crm/v2/data/get?x=1#y', 'POST cgi crm v2 data get x=1 y');
  check('a\\b:c*d"e<f>g|h\n\ti', 'a b c d e f g h i');
  check('', 'response');
  check(' / ', 'response');
  check('x'.repeat(200), 'x'.repeat(80));

  it('cuts no character in two', () => {
    const { path } = responseUri('7', 'x'.repeat(79) + '🙂🙂');
    assert.doesNotThrow(() => encodeURIComponent(path));
  });

  it('tells a URI that shows one answer only from one whose tab others take over', () => {
    const [usual, lasting] = [responseUri('7', 'a'), lastingResponseUri('7', 'a')];
    assert.equal(usual.path, lasting.path);
    assert.deepEqual([isLasting(usual), isLasting(lasting)], [false, true]);
  });

  it('finds no id in other paths', () => {
    for (const path of ['', '/', '/7', '/7.json', '/7/x.txt', '/7/a/b.json']) assert.equal(responseId(path), undefined);
  });
});
