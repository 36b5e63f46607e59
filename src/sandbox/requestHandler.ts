import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { adminPrefix, type Admin } from './admin';
import type { Dispatcher } from './dispatcher';
import type { Fault, Faults } from './faults';
import { sendFaulty, sendJson, sendReply } from './sending';

interface Options {
  dispatcher: Dispatcher;
  admin: Admin;
  faults: Faults;
  clock: () => number;
}

const mostAdminBytes = 1024 * 1024;

/** Answers HTTP requests: the admin paths, then faults, then calls. */
export function requestHandler({ dispatcher, admin, faults, clock }: Options) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [path = '/', query] = (request.url ?? '/').split(/\?(.*)/s);
    const { method = '', headers } = request;
    const readBody = (mostBytes: number): Promise<Buffer> => readAll(request, mostBytes);
    try {
      if (path.startsWith(adminPrefix)) {
        const text = (await readBody(mostAdminBytes)).toString('utf8');
        const { status, body } = admin.answer(method, path, headers['x-sandbox-secret'], text);
        sendJson(response, body, status);
        return;
      }
      const fault = faults.take(path);
      if (fault && 'delay' in fault) await sleep(fault.delay);
      const call = { method, path, query: new URLSearchParams(query), headers, readBody };
      const reply = !fault || isCarriedOut(fault) ? await dispatcher.answer(call) : undefined;
      if (fault) sendFaulty(response, fault, reply, clock());
      else sendReply(response, reply ?? {});
    } catch {
      // The caller has gone away, or sent more than any call needs.
      request.destroy();
    }
  };
}

function isCarriedOut(fault: Fault): boolean {
  return fault.carriedOut === true || 'delay' in fault || ('answer' in fault && fault.answer === 'truncated');
}

async function readAll(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error('body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
