import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { ApiError, isCallError, NotApiError } from '../../../src/api/errors';
import { Redactor } from '../../../src/api/redactor';
import type { HttpAnswer, HttpRequest } from '../../../src/api/transport';
import { Wire, type CallRecord } from '../../../src/api/wire';
import type { ConnectionInput } from '../../../src/connections/connection';
import { Connections } from '../../../src/connections/connections';
import { ConnectionStore } from '../../../src/connections/connectionStore';
import { callBodies, callLine } from '../../../src/errors/callLog';
import { History } from '../../../src/responses/history';
import { HistoryStore } from '../../../src/responses/historyStore';
import { input, memoryFiles, memorySecrets, memoryState, noSandbox, oneWindow, unhurried } from '../fakes';
import { VirtualClock } from '../virtualClock';

/** All that this part of the product keeps, shows or hands out. */
interface Sinks {
  readonly log: string[];
  readonly errors: unknown[];
  /** The history's files. */
  readonly files: readonly string[];
  readonly shown: string[];
  /** Plain state, of the person and of the window. */
  readonly state: { text(): string }[];
}

interface Secrets {
  readonly appSecret: string;
  readonly permanentCode: string;
  readonly accessToken: string;
}

const get = '/cgi/crm/v2/data/get';
const json = (value: unknown) => JSON.stringify(value);
const percent = encodeURIComponent;
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

/** A request in the ways in which a careless server may give it back. */
function echoOf({ url, headers, body }: HttpRequest): string {
  const request = json({ url, headers, body });
  return `${request} ${json(request)} ${percent(request)} ${base64(request)} ${base64(`x${request}`)} ${body}`;
}

type Echo = (request: HttpRequest) => Partial<HttpAnswer>;

/** Answers that hold everything that was sent. */
const echoes: Readonly<Record<string, Echo>> = {
  'an error of the API': request => ({
    text: json({ errorCode: 32000, errorMessage: `bad: ${echoOf(request)}`, traceId: echoOf(request) }),
  }),
  'an error of the API that describes it elsewhere': request => ({
    text: json({ errorCode: '10006', errorDescription: echoOf(request), data: echoOf(request) }),
  }),
  'a page': request => ({ status: 502, text: `<html><body>${echoOf(request)}` }),
  'a text': request => ({ text: echoOf(request) }),
  'half of an answer': request => ({ text: `{"errorCode":0,"accessToken":${json(echoOf(request)).slice(0, -1)}` }),
  'JSON without a code': request => ({ text: json({ problem: echoOf(request) }) }),
  'a redirect': request => ({ status: 302, location: `https://elsewhere.example/login?${echoOf(request)}` }),
  'an answer without a token': request => ({ text: json({ errorCode: 0, accessToken: '', ea: echoOf(request) }) }),
};

/** A window of the editor over a tenant that answers a sign-in with the token, unless told, and all else with an echo. */
function window(secrets: Secrets, echo: Echo, echoesSignIn: boolean) {
  const records: CallRecord[] = [];
  const redactor = new Redactor();
  const token = json({ errorCode: 0, accessToken: secrets.accessToken, ea: '12345', expiresIn: 7200 });
  const wire = new Wire({
    transport: request => {
      const isSignIn = request.url.includes('/oauth2.0/token');
      const answer = isSignIn && !echoesSignIn ? { text: token } : echo(request);
      return Promise.resolve({ status: 200, contentType: '', location: undefined, text: '', ...answer });
    },
    timeoutMs: () => 1000,
    record: call => records.push(call),
    redact: redactor.redact,
    newTraceId: () => 'trace',
    now: () => 0,
  });
  const stores = { shared: memoryState(), window: memoryState(), secrets: memorySecrets() };
  const store = new ConnectionStore(stores);
  const connections = new Connections({ store, wire, redactor, sandbox: noSandbox, ...oneWindow, ...unhurried() });
  return { connections, redactor, records, state: [stores.shared, stores.window] };
}

/** Signs in and calls, and collects what comes out of it anywhere. */
async function use(secrets: Secrets, echo: Echo, echoesSignIn: boolean): Promise<Sinks> {
  const { connections, redactor, records, state } = window(secrets, echo, echoesSignIn);
  const folder = memoryFiles();
  const history = new History({
    size: () => 100,
    clean: redactor.redact,
    clock: new VirtualClock(),
    newId: randomUUID,
    store: new HistoryStore(folder, () => true),
    failed: error => assert.fail(String(error)),
  });
  const errors: unknown[] = [];
  const shown: string[] = [];
  const { appSecret, permanentCode } = secrets;
  const given: ConnectionInput = { ...input, appSecret, permanentCode };
  const attempt = (work: Promise<unknown>) => work.catch((error: unknown) => errors.push(error));
  const show = async (text: string) => shown.push((await history.text(history.add(text, text).id)) ?? '');
  const connection = await connections.add(given).catch((error: unknown) => void errors.push(error));
  if (connection) {
    const client = connections.client(connection);
    // A body, a path and a header of a request file, into which a person pasted what does not belong there.
    const body = json({ data: { name: `${appSecret} ${permanentCode}` }, ...secrets });
    const path = `${get}?accessToken=${percent(appSecret)}`;
    await attempt(
      client.exchange({ path, body, headers: { 'x-extra': 'x' } }).then(async answer => {
        await show(answer.text);
        throw new ApiError(answer.errorCode, answer.errorMessage, answer.traceId, answer.context, answer.text);
      }),
    );
    await attempt(client.exchange({ path: `${get}/${percent(permanentCode)}`, body }));
    await attempt(connections.test(connection));
  }
  for (const error of errors) if (error instanceof ApiError) await show(error.answerText);
  await history.write();
  return {
    log: records.flatMap(record => [callLine(record, redactor.redact), callBodies(record, redactor.redact)]),
    errors,
    files: [...folder.files.values()],
    shown,
    state,
  };
}

/** Every text in which an error may be printed. */
function printed(error: unknown): string[] {
  assert.ok(isCallError(error), String(error));
  const all = inspect(error, { depth: 20, showHidden: true, maxStringLength: Infinity });
  const excerpt = error instanceof NotApiError ? error.excerpt : '';
  return [all, inspect(error), error.stack ?? '', String(error), json(error), error.message, excerpt];
}

function assertAbsent({ appSecret, permanentCode, accessToken }: Secrets, texts: readonly string[]): void {
  for (const secret of [appSecret, permanentCode, accessToken]) {
    const inJson = json(secret).slice(1, -1);
    for (const form of [
      secret,
      inJson,
      json(inJson).slice(1, -1),
      percent(secret),
      percent(inJson),
      base64(secret).slice(0, -4),
    ])
      for (const text of texts) assert.ok(!text.includes(form), `${form} in ${text}`);
  }
}

const secret = fc.oneof(
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789ABCDEF')), minLength: 32, maxLength: 32 }),
  fc.string({ unit: fc.constantFrom(...Array.from('aZ09_-+/=.~!"&é密')), minLength: 12, maxLength: 40 }),
);
const distinct = fc
  .record({ appSecret: secret, permanentCode: secret, accessToken: secret })
  .filter(({ appSecret, permanentCode, accessToken }) => new Set([appSecret, permanentCode, accessToken]).size === 3);

describe('secrets, whatever they are', () => {
  for (const [name, echo] of Object.entries(echoes)) {
    for (const during of ['sign-in', 'a call'] as const) {
      it(`come out nowhere when ${during} is answered with ${name} that holds them`, async () => {
        await fc.assert(
          fc.asyncProperty(distinct, async secrets => {
            const { log, errors, shown, files, state } = await use(secrets, echo, during === 'sign-in');
            assert.notEqual(errors.length, 0);
            assert.notEqual(log.length, 0);
            assertAbsent(secrets, [
              ...log,
              ...shown,
              ...files,
              ...errors.flatMap(printed),
              ...state.map(each => each.text()),
            ]);
          }),
          { numRuns: 20 },
        );
      });
    }
  }

  it('are not left in half of a token that was just given', async () => {
    const fresh = 'FRESH-TOKEN-0123456789ABCDEF';
    const text = `{"errorCode":0,"accessToken":"${fresh}`;
    const { errors } = await use(
      { appSecret: 'app-secret-1', permanentCode: 'code-12345', accessToken: 'x' },
      () => ({ text }),
      true,
    );
    for (const error of errors) {
      for (const line of printed(error)) assert.doesNotMatch(line, /FRESH/);
      assert.doesNotMatch((error as { excerpt?: string }).excerpt ?? '', /FRESH/);
    }
  });

  it('are as absent from a printed error as all else that was answered', async () => {
    const answers: Partial<HttpAnswer>[] = [
      { text: json({ errorCode: 32000, errorMessage: 'refused', data: { phone: '13800001234' } }) },
      { text: '<html>13800001234' },
      { text: '13800001234' },
      { text: '{"phone":"13800001234"' },
      { status: 302, location: 'https://elsewhere.example/13800001234' },
    ];
    const secrets = { appSecret: 'app-secret-1', permanentCode: 'code-12345', accessToken: 'TOKEN-12345' };
    for (const answer of answers) {
      for (const duringSignIn of [true, false]) {
        const { errors } = await use(secrets, () => answer, duringSignIn);
        assert.notEqual(errors.length, 0);
        for (const error of errors) assert.doesNotMatch(inspect(error, { depth: 20, showHidden: true }), /13800001234/);
      }
    }
  });
});
