import assert from 'node:assert/strict';
import {
  clouds,
  freeName,
  newConnectionId,
  originOf,
  parseHost,
  type HostProblem,
} from '../../../src/connections/connection';

describe('connections/connection', () => {
  describe('parseHost', () => {
    const accepts = (input: string, host: string) =>
      it(`reads ${JSON.stringify(input)}`, () => assert.deepEqual(parseHost(input), { host }));
    const refuses = (input: string, problem: HostProblem) =>
      it(`refuses ${JSON.stringify(input)}`, () => assert.deepEqual(parseHost(input), { problem }));

    for (const { host } of clouds) accepts(host, host);
    accepts('  open.fxiaoke.com/ ', 'open.fxiaoke.com');
    accepts('https://open.fxiaoke.com', 'open.fxiaoke.com');
    accepts('HTTPS://Open.Fxiaoke.com///', 'open.fxiaoke.com');
    accepts('open.fxiaoke.com:443', 'open.fxiaoke.com');
    accepts('crm.example.cn:8443', 'crm.example.cn:8443');
    accepts('open.71360.com', 'open.71360.com');
    accepts('http://127.0.0.1:4711', 'http://127.0.0.1:4711');
    accepts('http://localhost:4711/', 'http://localhost:4711');
    accepts('http://[::1]:4711', 'http://[::1]:4711');
    accepts('https://127.0.0.1', '127.0.0.1');

    for (const input of ['', '   ', '/']) refuses(input, 'empty');
    for (const input of ['two words', 'https://', 'http://', 'a:b', 'open.fxiaoke.com:99999', '[::1'])
      refuses(input, 'notAHost');
    for (const input of ['me@open.fxiaoke.com', 'https://me:pw@open.fxiaoke.com', 'https://:pw@open.fxiaoke.com'])
      refuses(input, 'notAHost');
    refuses('http://open.fxiaoke.com', 'notHttps');
    refuses('http://127.0.0.1.evil.example', 'notHttps');
    refuses('http://localhost.evil.example', 'notHttps');
    refuses('ftp://open.fxiaoke.com', 'notHttps');
    refuses('https://open.fxiaoke.com/cgi/crm', 'hasPath');
    refuses('open.fxiaoke.com?a=1', 'hasPath');
    refuses('open.fxiaoke.com#top', 'hasPath');
    refuses('www.fxiaoke.com', 'webHost');
    refuses('https://WWW.fxiaoke.com/', 'webHost');
  });

  it('gives the origin of a host and of an origin', () => {
    assert.equal(originOf('open.fxiaoke.com'), 'https://open.fxiaoke.com');
    assert.equal(originOf('http://127.0.0.1:4711'), 'http://127.0.0.1:4711');
  });

  it('makes ids that a URI authority keeps as they are', () => {
    const ids = Array.from({ length: 100 }, newConnectionId);
    for (const id of ids) assert.match(id, /^c[0-9a-f]{8}$/);
    assert.equal(new Set(ids).size, 100);
  });

  it('numbers a name that is taken', () => {
    assert.equal(freeName('Acme', []), 'Acme');
    assert.equal(freeName('Acme', ['Acme']), 'Acme (2)');
    assert.equal(freeName('Acme', ['Acme (2)', 'Acme', 'Acme (3)']), 'Acme (4)');
    assert.equal(freeName('Acme', ['acme']), 'Acme');
  });
});
