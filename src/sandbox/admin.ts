import { createHash, timingSafeEqual } from 'node:crypto';
import { isJsonObject, parseJson, type JsonObject, type JsonValue } from '../base/json';
import type { Tokens } from './auth/tokens';
import type { ServerClock } from './clock';
import type { Faults } from './faults';
import { faultGrammar, parseFault, printFault } from './faultText';
import type { Limits, LimitSettings } from './limits';
import { routes } from './routes';
import type { Tenant } from './tenant/tenant';

interface Options {
  appSecret: string;
  faults: Faults;
  tokens: Tokens;
  clock: ServerClock;
  limits: Limits;
  tenant: Tenant;
}
type Operation = (body: JsonObject) => JsonObject;

/** A request that the admin paths refuse; `status` is of HTTP, which they speak as usual. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export const adminPrefix = '/sandbox/admin/';

/** Steers a running sandbox: what no OpenAPI has, so it has paths and manners of its own (docs/sandbox.md). */
export class Admin {
  private readonly operations: ReadonlyMap<string, Operation>;

  constructor(private readonly options: Options) {
    this.operations = new Map(Object.entries(operationsOf(options)));
  }

  answer(
    method: string,
    path: string,
    secret: string | string[] | undefined,
    text: string,
  ): { status: number; body: JsonObject } {
    try {
      // Other users of this machine can reach the port too.
      if (!sameText(String(secret ?? ''), this.options.appSecret)) throw new Refusal(403, 'x-sandbox-secret is wrong');
      const operation = this.operations.get(`${method} ${path.slice(adminPrefix.length)}`);
      if (!operation) throw new Refusal(404, `there is no ${method} ${path}`);
      return { status: 200, body: operation(parse(text)) };
    } catch (error) {
      const status = error instanceof Refusal ? error.status : 500;
      return { status, body: { problem: error instanceof Error ? error.message : String(error) } };
    }
  }
}

function operationsOf({ faults, tokens, clock, limits, tenant }: Options): Record<string, Operation> {
  const listFaults: Operation = () => ({
    faults: faults
      .list()
      .map(({ fault, left, met }) => ({ fault: printFault(fault), left: left === Infinity ? null : left, met })),
  });
  const showClock: Operation = () => ({ now: clock.now(), ahead: clock.ahead });
  const showLimits: Operation = () => ({ ...limits.settings, usedToday: limits.usedToday(clock.now()) });
  return {
    'GET faults': listFaults,
    'POST faults': body => {
      const texts = Array.isArray(body['faults']) ? body['faults'] : [body['fault'] ?? null];
      // All or none.
      for (const fault of texts.map(toFault)) faults.add(fault);
      return listFaults(body);
    },
    'DELETE faults': body => {
      faults.clear();
      return listFaults(body);
    },
    'DELETE tokens': () => {
      tokens.expireAll();
      return {};
    },
    'GET clock': showClock,
    'POST clock': body => {
      const { advance } = body;
      if (typeof advance !== 'number' || !(advance >= 0)) throw new Refusal(400, 'advance needs milliseconds');
      clock.advance(advance);
      return showClock(body);
    },
    'GET limits': showLimits,
    'POST limits': body => {
      Object.assign(limits.settings, Object.fromEntries(Object.entries(body).map(toSetting)));
      return showLimits(body);
    },
    'GET messages': () => ({ messages: [...tenant.shelf('#messages').entries()].map(([, message]) => message) }),
    'GET routes': () => ({ routes: [...routes].map(([path, { method }]) => ({ method, path })) }),
  };
}

function toFault(text: JsonValue) {
  const fault = typeof text === 'string' ? parseFault(text) : undefined;
  if (!fault) throw new Refusal(400, `a fault is a text ${faultGrammar}`);
  return fault;
}

function toSetting([name, value]: [string, JsonValue]): [string, JsonValue] {
  const isCount = value === null || (typeof value === 'number' && Number.isInteger(value));
  const accepted: Record<keyof LimitSettings, boolean> = {
    rateLimit: typeof value === 'boolean',
    tokenLimit: typeof value === 'boolean',
    dailyQuota: isCount && Number(value) >= 0,
    refuse: isCount && value !== 0,
  };
  if (!Object.hasOwn(accepted, name)) throw new Refusal(400, `there is no limit ${name}`);
  if (!accepted[name as keyof LimitSettings]) throw new Refusal(400, `${name} has a wrong value`);
  return [name, value];
}

function parse(text: string): JsonObject {
  if (text.trim() === '') return {};
  try {
    const body = parseJson(text);
    if (isJsonObject(body)) return body;
  } catch {
    // Said below.
  }
  throw new Refusal(400, 'the body is not a JSON map');
}

/** In a time that does not depend on where the texts differ. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
