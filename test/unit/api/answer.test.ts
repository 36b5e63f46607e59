import assert from 'node:assert/strict';
import { mustSucceed, readAnswer } from '../../../src/api/answer';
import { ApiError, isCallError, NotApiError, RefusedError, type CallContext } from '../../../src/api/errors';
import { Redactor } from '../../../src/api/redactor';
import type { HttpAnswer } from '../../../src/api/transport';
import { printJson } from '../../../src/base/json';

const context: CallContext = { method: 'POST', url: 'https://open.fxiaoke.com/cgi/x', thirdTraceId: 't' };
const http = (text: string, rest: Partial<HttpAnswer> = {}): HttpAnswer => ({
  status: 200,
  contentType: 'application/json',
  location: undefined,
  text,
  ...rest,
});
const read = (text: string, rest?: Partial<HttpAnswer>) =>
  readAnswer(http(text, rest), context, 12, new Redactor().redact);

describe('api/answer', () => {
  it('reads the envelope', () => {
    const text = '{"traceId":"E-O.1","errorDescription":"success","errorMessage":"OK","errorCode":0,"data":{"n":1.10}}';
    const answer = read(text);
    assert.equal(answer.errorCode, 0);
    assert.equal(answer.errorMessage, 'OK');
    assert.equal(answer.traceId, 'E-O.1');
    assert.equal(answer.milliseconds, 12);
    assert.equal(answer.text, text);
    assert.equal(printJson(answer.body), text);
    assert.equal(answer.context, context);
  });

  const accepts = (name: string, text: string, errorCode: number, errorMessage = '') =>
    it(`accepts ${name}`, () => {
      const answer = read(text);
      assert.deepEqual([answer.errorCode, answer.errorMessage], [errorCode, errorMessage]);
    });
  accepts('an errorCode that is text', '{"errorCode":"20016"}', 20016);
  accepts('a negative errorCode', '{"errorCode":-1}', -1);
  accepts('a byte order mark', '\uFEFF{"errorCode":0}', 0);
  accepts('white space around it', '\r\n {"errorCode":0} \n', 0);
  accepts('errorDescription where there is no errorMessage', '{"errorCode":1,"errorDescription":"坏"}', 1, '坏');
  accepts(
    'errorDescription where errorMessage is empty',
    '{"errorCode":1,"errorMessage":"","errorDescription":"坏"}',
    1,
    '坏',
  );
  accepts('an answer with HTML in a value', '{"errorCode":0,"data":{"text":"<html>"}}', 0);

  const refuses = (name: string, code: NotApiError['code'], text: string, rest?: Partial<HttpAnswer>) =>
    it(`refuses ${name}`, () => {
      assert.throws(
        () => read(text, rest),
        (error: unknown) => error instanceof NotApiError && error.code === code && error.context === context,
      );
    });
  refuses('a page', 'html', '<!DOCTYPE html><html><body>502</body></html>', { contentType: 'text/html' });
  refuses('a page behind a byte order mark and space', 'html', '\uFEFF\n <html>');
  refuses('a redirect', 'redirect', '', { status: 302, location: 'https://www.fxiaoke.com/' });
  refuses('a redirect with a JSON body', 'redirect', '{"errorCode":0}', { status: 307 });
  refuses('text', 'notJson', 'Bad Gateway', { status: 502 });
  refuses('nothing', 'empty', '');
  refuses('white space alone', 'empty', ' \r\n');
  refuses('a list', 'notJson', '[{"errorCode":0}]');
  refuses('a bare value', 'notJson', '0');
  refuses('JSON with something behind it', 'notJson', '{"errorCode":0}{"errorCode":0}');
  refuses('JSON cut off in a value', 'truncated', '{"errorCode":0,"data":{"name":"Ac');
  refuses('JSON cut off behind an inner bracket', 'truncated', '{"errorCode":0,"data":{"dataList":[{"a":"}"},{"b":1}');
  refuses('JSON cut off behind an inner list', 'truncated', '{"errorCode":0,"data":{"dataList":[{"a":1}]');
  refuses('JSON without errorCode', 'noErrorCode', '{"ok":true}');
  for (const value of ['null', '""', '" "', '"x"', 'true', 'false', '[]', '{}', '1e400'])
    refuses(`an errorCode of ${value}`, 'noErrorCode', `{"errorCode":${value}}`);

  it('tells where a redirect leads and how other answers begin', () => {
    const excerpt = (text: string, rest?: Partial<HttpAnswer>) => {
      try {
        read(text, rest);
      } catch (error) {
        return (error as NotApiError).excerpt;
      }
      return undefined;
    };
    assert.equal(excerpt('', { status: 302, location: 'https://www.fxiaoke.com/' }), 'https://www.fxiaoke.com/');
    assert.equal(excerpt(`  <p>${'x'.repeat(1000)}`)?.length, 300);
  });

  it('lets errorCode 0 through and throws any other with code, trace id and address', () => {
    const good = read('{"errorCode":0}');
    assert.equal(mustSucceed(good), good);
    assert.throws(
      () => mustSucceed(read('{"errorCode":20016,"errorMessage":"no","traceId":"E-O.9"}')),
      (error: unknown) =>
        error instanceof ApiError &&
        error.errorCode === 20016 &&
        error.errorMessage === 'no' &&
        error.traceId === 'E-O.9' &&
        error.message.includes('POST https://open.fxiaoke.com/cgi/x: 20016 no (traceId E-O.9)'),
    );
  });

  it('knows its own family of errors', () => {
    assert.equal(isCallError(new RefusedError('readOnly', 'Acme')), true);
    for (const other of [new Error('x'), new TypeError('x'), 'x', undefined]) assert.equal(isCallError(other), false);
  });
});
