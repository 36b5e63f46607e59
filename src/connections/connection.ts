import { randomBytes } from 'node:crypto';
import type { Credentials, SignInWay } from '../api/grants';

export const roles = ['development', 'production', 'readOnly'] as const;
/** What a tenant is used for, which decides what the gate asks and refuses. */
export type Role = (typeof roles)[number];

/** A tenant as one employee. Holds no secret: those are in the SecretStore under the connection's id. */
export interface Connection {
  /** Lower case, as it is the authority of record URIs. */
  readonly id: string;
  readonly name: string;
  /** A host name, or an origin where scheme or port are not the usual: `open.fxiaoke.com`, `http://127.0.0.1:4711`. */
  readonly host: string;
  readonly appId: string;
  /** How the app signs in, where it is not the usual way: see `wayOf`. */
  readonly auth?: SignInWay | undefined;
  /** Whom calls are made as: an employee id such as `1000`; in the other ways of signing in an `FSUID_…`. */
  readonly userId: string;
  readonly role: Role;
  /** The tenant's enterprise account, or its corp id where signing in tells only that. */
  readonly ea: string;
  /** How many calls the tenant takes in a day, as the person knows it: the API tells nobody. */
  readonly dailyQuota?: number | undefined;
  /** The embedded sandbox: its process is started on first use and its address moves. */
  readonly sandbox?: true;
}

/** What a person or a program gives of a connection. */
export interface ConnectionInput extends Credentials {
  readonly name: string;
  readonly host: string;
  readonly auth?: SignInWay | undefined;
  readonly userId: string;
  /** In the legacy way: whose number it is acts, whatever `userId` says. */
  readonly mobile?: string | undefined;
  readonly role: Role;
  /** 0 where it is not known any more. */
  readonly dailyQuota?: number | undefined;
}

/** Client credentials where nothing is said. */
export function wayOf({ auth }: { readonly auth?: SignInWay | undefined }): SignInWay {
  return auth ?? 'clientCredentials';
}

/** Whether one token is good for both. The sandbox moves from port to port. */
export function signsInAlike(a: Connection, b: Connection): boolean {
  const samePlace = a.sandbox === b.sandbox && (a.host === b.host || a.sandbox === true);
  return samePlace && a.appId === b.appId && wayOf(a) === wayOf(b);
}

/** The API counts for each tenant, whatever the person calls it and whoever acts. */
export function tenantKey({ host, ea, sandbox }: Connection): string {
  return sandbox ? 'sandbox' : `${ea}@${host}`;
}

/** The vendor's clouds. Which one a tenant lives on only its users know. Source: api-facts.md 1. */
export const clouds = [
  { host: 'open.fxiaoke.com', en: 'Fxiaoke cloud (mainland China)', zh: '纷享云（默认）' },
  { host: 'open-hwcloud.fxiaoke.com', en: 'Huawei Cloud, mainland China', zh: '华为云（中国大陆）' },
  { host: 'open-ale.fxiaoke.com', en: 'Alibaba Cloud', zh: '阿里云' },
  { host: 'open-ksc.sharecrm.com', en: 'Hong Kong', zh: '香港（华为云）' },
  { host: 'open-hws.fxiaoke.com', en: 'Frankfurt', zh: '法兰克福' },
  { host: 'open-na.sharecrm.com', en: 'North America', zh: '北美' },
] as const;

/**
 * What can be changed of the embedded sandbox's connection. The rest is its process's own: with another host its
 * secrets would go there.
 */
export const sandboxParts = ['name', 'userId', 'role'] as const;

export type HostProblem = 'empty' | 'notAHost' | 'notHttps' | 'hasPath' | 'webHost';

/** Reads what a person typed as host. http is for the machine itself only. */
export function parseHost(input: string): { host: string } | { problem: HostProblem } {
  const text = input.trim().replace(/\/+$/, '');
  if (text === '') return { problem: 'empty' };
  if (/^https?:$/i.test(text)) return { problem: 'notAHost' };
  const url = text.includes('://') ? text : `https://${text}`;
  if (!URL.canParse(url)) return { problem: 'notAHost' };
  const { protocol, hostname, host, origin, pathname, search, hash, username, password } = new URL(url);
  if (username !== '' || password !== '' || hostname === '') return { problem: 'notAHost' };
  if (pathname !== '/' || search !== '' || hash !== '') return { problem: 'hasPath' };
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) return { problem: 'notHttps' };
  if (hostname === 'www.fxiaoke.com') return { problem: 'webHost' };
  return { host: protocol === 'https:' ? host : origin };
}

export function originOf(host: string): string {
  return host.includes('://') ? host : `https://${host}`;
}

/** Whether it is on this machine, as sandboxes are and no tenant is. */
export function isLocal(origin: string): boolean {
  return isLoopback(new URL(origin).hostname);
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

export function newConnectionId(): string {
  return `c${randomBytes(4).toString('hex')}`;
}

/** `Acme`, or `Acme (2)` where that is taken: a name picks one tenant, never two. */
export function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let n = 2; taken.includes(name); n++) name = `${wanted} (${n})`;
  return name;
}
