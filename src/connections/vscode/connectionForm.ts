import * as vscode from 'vscode';
import { numberIn, textIn, type Argument } from '../../base/argument';
import { UserError } from '../../base/userError';
import { askChoice, askText, type Choice } from '../../base/vscode/ask';
import { displayLanguage } from '../../base/vscode/settings';
import { roleName } from './roles';
import {
  askActingUser,
  askOtherWay,
  askPerson,
  askSecret,
  askWay,
  mayNotBeEmpty,
  mustBeWay,
  title,
  wayName,
} from './signInForm';
import { shownNumber } from './callsWords';
import { clouds, parseHost, roles, type ConnectionInput, type HostProblem, type Role } from '../connection';

export type Draft = Partial<ConnectionInput>;

/** What a command's argument gives of a connection. A host, role or way that does not fit is refused, not guessed. */
export function draftFrom(argument: Argument): Draft {
  const host = textIn(argument, 'host');
  const role = textIn(argument, 'role');
  const auth = textIn(argument, 'auth');
  const dailyQuota = numberIn(argument, 'dailyQuota');
  const keys = ['name', 'appId', 'appSecret', 'permanentCode', 'userId', 'mobile'] as const;
  const texts = keys.flatMap(key => {
    const value = textIn(argument, key)?.trim() ?? '';
    return value === '' ? [] : [[key, value] as const];
  });
  return {
    ...Object.fromEntries(texts),
    ...(host === undefined ? {} : { host: mustBeHost(host) }),
    ...(role === undefined ? {} : { role: mustBeRole(role) }),
    ...(auth === undefined ? {} : { auth: mustBeWay(auth) }),
    ...(dailyQuota === undefined ? {} : { dailyQuota: mustBeQuota(dailyQuota) }),
  };
}

/** Asks for whatever the draft lacks. `keep` is given all that is known after each answer: a person may stop there. */
export async function completeByAsking(given: Draft, keep: (draft: Draft) => void): Promise<ConnectionInput> {
  let draft = given;
  const add = (answer: Draft) => keep((draft = { ...draft, ...answer }));
  const part = async <K extends keyof Draft>(key: K, ask: () => Promise<NonNullable<Draft[K]>>) => {
    const value = draft[key] ?? (await ask());
    add({ [key]: value });
    return value;
  };
  const host = await part('host', () => askHost());
  const name = await part('name', () => askName());
  const auth = await part('auth', askWay);
  const appId = await part('appId', () => askAppId());
  const appSecret = await part('appSecret', () => askSecret(vscode.l10n.t('App secret')));
  const person = await askPerson(draft, add);
  add(person);
  const role = await part('role', askRole);
  const { dailyQuota } = draft;
  return { name, host, auth, appId, appSecret, permanentCode: '', userId: '', ...person, role, dailyQuota };
}

/** Whether to go on with what was typed before the form was closed. */
export function askToGoOn({ name, host }: Draft): Promise<boolean> {
  const typed = [name, host].filter(part => part !== undefined).join(' · ');
  return askChoice(title(), vscode.l10n.t('You have begun to add a connection.'), [
    { label: vscode.l10n.t('Go on where you stopped'), description: typed, value: true },
    { label: vscode.l10n.t('Start over'), value: false },
  ]);
}

type Part =
  'name' | 'host' | 'way' | 'login' | 'appId' | 'appSecret' | 'permanentCode' | 'userId' | 'role' | 'dailyQuota';

/** Lets the person pick one part of a connection and enter it anew; without `parts` any of them. */
export async function askChange(current: Draft, parts?: readonly Part[]): Promise<Draft> {
  const { name = '', host = '', auth = 'clientCredentials', appId = '', userId = '', role, dailyQuota } = current;
  const byLogin = auth === 'authorizationCode';
  const choices: Choice<Part>[] = [
    { label: vscode.l10n.t('Name'), description: name, value: 'name' },
    { label: vscode.l10n.t('Cloud (host)'), description: host, value: 'host' },
    { label: vscode.l10n.t('Way of signing in'), description: wayName(auth), value: 'way' },
    { label: vscode.l10n.t('App ID'), description: appId, value: 'appId' },
    { label: vscode.l10n.t('App secret'), value: 'appSecret' },
    ...(byLogin
      ? [{ label: vscode.l10n.t('Log in again'), description: userId, value: 'login' as const }]
      : [
          { label: vscode.l10n.t('Permanent code'), value: 'permanentCode' as const },
          { label: vscode.l10n.t('Employee ID'), description: userId, value: 'userId' as const },
        ]),
    { label: vscode.l10n.t('Role'), description: role ? roleName(role) : '', value: 'role' },
    {
      label: vscode.l10n.t('Daily call quota'),
      description: dailyQuota ? shownNumber(dailyQuota) : '',
      value: 'dailyQuota',
    },
  ];
  const part = await askChoice<Part>(
    vscode.l10n.t('Edit connection'),
    vscode.l10n.t('What do you want to change?'),
    choices.filter(({ value }) => parts?.includes(value) ?? true),
  );
  switch (part) {
    case 'name':
      return { name: await askName(name) };
    case 'host':
      return { host: await askHost(host) };
    case 'way':
      return askOtherWay(auth);
    case 'login':
      return { auth: 'authorizationCode' };
    case 'appId':
      return { appId: await askAppId(appId) };
    case 'appSecret':
      return { appSecret: await askSecret(vscode.l10n.t('App secret')) };
    case 'permanentCode':
      return { permanentCode: await askSecret(vscode.l10n.t('Permanent code')) };
    case 'userId':
      return askActingUser(auth, userId);
    case 'role':
      return { role: await askRole() };
    case 'dailyQuota':
      return { dailyQuota: await askQuota(dailyQuota) };
  }
}

async function askHost(current?: string): Promise<string> {
  const language = displayLanguage();
  const other: Choice<string | undefined> = {
    label: vscode.l10n.t('Another host…'),
    description: vscode.l10n.t('a white-label cloud or a local server'),
    value: undefined,
  };
  const known = clouds.map(cloud => ({ label: cloud.host, description: cloud[language], value: cloud.host }));
  const picked = await askChoice<string | undefined>(
    title(),
    vscode.l10n.t('Which cloud? Login at www.fxiaoke.com: open.fxiaoke.com; elsewhere open- and its domain'),
    [...known, other],
  );
  if (picked !== undefined) return picked;
  const typed = await askText({
    title: title(),
    prompt: vscode.l10n.t('Host of the OpenAPI'),
    placeHolder: 'https://open.example.com',
    value: current,
    problem: text => {
      const host = parseHost(text);
      return 'problem' in host ? hostProblem(host.problem) : undefined;
    },
  });
  return mustBeHost(typed);
}

function askName(current?: string): Promise<string> {
  const prompt = vscode.l10n.t('A name for this tenant, as you want to see it in questions and in the status bar');
  return askText({ title: title(), prompt, value: current, problem: mayNotBeEmpty });
}

function askAppId(current?: string): Promise<string> {
  const prompt = vscode.l10n.t('App ID of the self-built app');
  return askText({ title: title(), prompt, placeHolder: 'FSAID_…', value: current, problem: mayNotBeEmpty });
}

function askRole(): Promise<Role> {
  const details: Record<Role, string> = {
    development: vscode.l10n.t('Asks before invalidating, deleting and changing several records'),
    production: vscode.l10n.t('Asks before every change, and for the tenant’s name before deleting'),
    readOnly: vscode.l10n.t('Refuses every change'),
  };
  return askChoice<Role>(
    title(),
    vscode.l10n.t('What is this tenant used for?'),
    roles.map(role => ({ label: roleName(role), detail: details[role], value: role })),
  );
}

/** 0 for none. */
async function askQuota(current: number | undefined): Promise<number> {
  const typed = await askText({
    title: title(),
    prompt: vscode.l10n.t('How many calls the tenant may have a day, to see how many are left. Empty: not known.'),
    placeHolder: '100000',
    value: current ? String(current) : undefined,
    problem: text => (/^\d{0,9}$/.test(text) ? undefined : quotaProblem()),
  });
  return Number(typed);
}

function mustBeQuota(value: number): number {
  if (!Number.isInteger(value) || value < 0) throw new UserError(quotaProblem());
  return value;
}

function quotaProblem(): string {
  return vscode.l10n.t('The daily call quota is a whole number.');
}

function mustBeHost(text: string): string {
  const host = parseHost(text);
  if ('problem' in host) throw new UserError(hostProblem(host.problem));
  return host.host;
}

function mustBeRole(text: string): Role {
  const role = roles.find(known => known === text);
  if (!role) throw new UserError(vscode.l10n.t('A role is development, production or readOnly, not “{0}”.', text));
  return role;
}

function hostProblem(problem: HostProblem): string {
  switch (problem) {
    case 'empty':
      return vscode.l10n.t('The host may not be empty.');
    case 'notAHost':
      return vscode.l10n.t('This is not a host. An example: open.fxiaoke.com');
    case 'notHttps':
      return vscode.l10n.t('The host must be reached by https; http is for this machine only.');
    case 'hasPath':
      return vscode.l10n.t('Give the host alone, without a path.');
    case 'webHost':
      return vscode.l10n.t('www.fxiaoke.com is the web page; the OpenAPI is at open.fxiaoke.com.');
  }
}
