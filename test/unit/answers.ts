import type { Answer } from '../../src/api/answer';

export function answerOf(more: Partial<Answer> = {}): Answer {
  const context = { method: 'POST', url: 'https://open.fxiaoke.com/cgi/crm/v2/data/get', thirdTraceId: 'uuid-1' };
  const text = '{"errorCode":0,"data":{"name":"Acme"}}';
  const body = JSON.parse(text);
  return { errorCode: 0, errorMessage: '', traceId: 'E-O.1', body, text, milliseconds: 41, context, ...more };
}
