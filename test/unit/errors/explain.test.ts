import assert from 'node:assert/strict';
import { codeIn, explain } from '../../../src/errors/explain';

describe('errors/explain', () => {
  it('speaks the language asked for', () => {
    assert.match(explain(20016, 'en').meaning, /^[\x20-\x7e]+$/);
    assert.match(explain(20016, 'zh').meaning, /\p{Script=Han}/u);
    assert.match(explain(20016, 'zh').action, /\p{Script=Han}/u);
  });

  it('says so of a code that nobody knows', () => {
    const { code, meaning, action } = explain(987654, 'en');
    assert.equal(code, 987654);
    assert.match(meaning, /not publicly documented/);
    assert.match(action, /trace ID/);
    assert.match(explain(987654, 'zh').meaning, /没有公开文档/);
  });

  it('takes path and message into account', () => {
    assert.match(explain(10006, 'en', '/oauth2.0/token').meaning, /secret/);
    assert.match(explain(10013, 'en', undefined, 'offset out of range 10000').meaning, /offset/);
  });

  const reads = (text: string, code: number | undefined) =>
    it(`reads ${JSON.stringify(text)} as ${code ?? 'no code'}`, () => assert.equal(codeIn(text), code));
  reads('20016', 20016);
  reads(' 987654 ', 987654);
  reads('-1', -1);
  reads('0', 0);
  reads('', undefined);
  reads('1.5', undefined);
  reads('1e3', undefined);
  reads('error', undefined);
});
