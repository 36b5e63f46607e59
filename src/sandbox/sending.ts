import type { ServerResponse } from 'node:http';
import { printJson, type JsonObject } from '../base/json';
import type { Reply } from './dispatcher';
import { failure, nobody, traceIdOf } from './envelope';
import { Failure } from './failure';
import type { Fault } from './faults';
import { Download, Redirect } from './reply';

const json = 'application/json;charset=UTF-8';

/** Every answer in JSON, errors included, has HTTP status 200; only the admin paths use others. */
export function sendJson(response: ServerResponse, answer: JsonObject, status = 200): void {
  send(response, status, { 'content-type': json }, Buffer.from(printJson(answer), 'utf8'));
}

export function sendReply(response: ServerResponse, reply: Reply): void {
  if (reply instanceof Redirect) send(response, 302, { location: reply.location }, Buffer.alloc(0));
  else if (reply instanceof Download) sendFile(response, reply);
  else sendJson(response, reply);
}

/** Sends what a fault makes of an answer; `reply` is undefined when the call was not carried out. */
export function sendFaulty(response: ServerResponse, fault: Fault, reply: Reply | undefined, now: number): void {
  if ('errorCode' in fault) {
    const error = new Failure(fault.errorCode, fault.errorMessage ?? 'sandbox fault');
    sendJson(response, failure(traceIdOf(nobody, now), error));
  } else if ('delay' in fault) sendReply(response, reply ?? {});
  else if (fault.answer === 'html') {
    const page = '<html><head><title>302 Found</title></head><body>tengine</body></html>';
    send(response, 200, { 'content-type': 'text/html;charset=UTF-8' }, Buffer.from(page));
  } else if (fault.answer === 'truncated') {
    const text = reply instanceof Redirect || reply instanceof Download ? '{' : printJson(reply ?? {});
    send(response, 200, { 'content-type': json }, Buffer.from(text.slice(0, Math.ceil(text.length / 2))));
  } else if (fault.answer === 'drop') response.destroy();
  // A time-out: nothing is ever sent, and the caller gives up or this server ends.
}

function sendFile(response: ServerResponse, { filename, bytes }: Download): void {
  const disposition = `attachment;filename*=UTF-8''${encodeURIComponent(filename)}`;
  send(response, 200, { 'content-type': 'application/octet-stream', 'content-disposition': disposition }, bytes);
}

function send(response: ServerResponse, status: number, headers: Record<string, string>, bytes: Buffer): void {
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  response.end(bytes);
}
