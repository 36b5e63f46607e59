import type { ServerResponse } from 'node:http';
import { printJson, type JsonObject } from '../base/json';
import { failure, nobody, traceIdOf } from './envelope';
import { Failure } from './failure';
import type { Fault } from './faults';

/** Every answer, errors included, has HTTP status 200. */
export function sendJson(response: ServerResponse, answer: JsonObject): void {
  send(response, 'application/json;charset=UTF-8', printJson(answer));
}

/** Sends what a fault makes of an answer; `answer` is undefined when the call was not carried out. */
export function sendFaulty(response: ServerResponse, fault: Fault, answer: JsonObject | undefined, now: number): void {
  if ('errorCode' in fault) {
    const error = new Failure(fault.errorCode, fault.errorMessage ?? 'sandbox fault');
    sendJson(response, failure(traceIdOf(nobody, now), error));
  } else if (fault.answer === 'html') {
    send(response, 'text/html;charset=UTF-8', '<html><head><title>302 Found</title></head><body>tengine</body></html>');
  } else if (fault.answer === 'truncated') {
    const text = printJson(answer ?? {});
    send(response, 'application/json;charset=UTF-8', text.slice(0, Math.ceil(text.length / 2)));
  } else {
    response.destroy();
  }
}

function send(response: ServerResponse, contentType: string, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  response.writeHead(200, { 'content-type': contentType, 'content-length': bytes.length });
  response.end(bytes);
}
