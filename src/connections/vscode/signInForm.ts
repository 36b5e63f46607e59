import * as vscode from 'vscode';
import { signInWays, type SignInWay } from '../../api/grants';
import { UserError } from '../../base/userError';
import { askChoice, askText } from '../../base/vscode/ask';
import type { ConnectionInput } from '../connection';

type Draft = Partial<ConnectionInput>;

export const title = () => vscode.l10n.t('Fxiaoke connection');
export const mayNotBeEmpty = (text: string) => (text === '' ? vscode.l10n.t('A value is required.') : undefined);

/**
 * What a way of signing in needs besides the app: a code of the tenant and whom to act as, or neither. `keep` is given
 * the code before the next question.
 */
export async function askPerson(draft: Draft, keep: (answer: Draft) => void = () => undefined): Promise<Draft> {
  if (draft.auth === 'authorizationCode') return {};
  const permanentCode = draft.permanentCode ?? (await askSecret(vscode.l10n.t('Permanent code')));
  keep({ permanentCode });
  if (draft.mobile !== undefined && draft.auth === 'corpAccessToken') return { permanentCode, mobile: draft.mobile };
  if (draft.userId !== undefined) return { permanentCode, userId: draft.userId };
  return { permanentCode, ...(await askActingUser(draft.auth)) };
}

/** Another way of signing in, and what it needs that the present one does not. */
export async function askOtherWay(current: SignInWay): Promise<Draft> {
  const auth = await askWay();
  if (auth === current || auth === 'authorizationCode') return { auth };
  return { auth, ...(current === 'authorizationCode' ? await askPerson({ auth }) : await askActingUser(auth)) };
}

export function wayName(way: SignInWay): string {
  switch (way) {
    case 'clientCredentials':
      return vscode.l10n.t('Client credentials');
    case 'corpAccessToken':
      return vscode.l10n.t('corpAccessToken (legacy)');
    case 'authorizationCode':
      return vscode.l10n.t('Login in the browser (authorization code)');
  }
}

export function askWay(): Promise<SignInWay> {
  const details: Record<SignInWay, string> = {
    clientCredentials: vscode.l10n.t('App ID, app secret and permanent code; the usual way'),
    corpAccessToken: vscode.l10n.t('The same, in the style of older integrations: the sign-in goes into each body'),
    authorizationCode: vscode.l10n.t('You log in as yourself; the app must allow a redirect to this machine'),
  };
  return askChoice<SignInWay>(
    title(),
    vscode.l10n.t('How does your app sign in?'),
    signInWays.map(way => ({ label: wayName(way), detail: details[way], value: way })),
  );
}

/** The legacy style names people otherwise, which nobody knows by heart: a mobile number will do. */
export async function askActingUser(way: SignInWay | undefined, current?: string): Promise<Draft> {
  if (way !== 'corpAccessToken') return { userId: await askUserId(current) };
  const prompt = vscode.l10n.t('Mobile number of the employee to act as, or their openUserId (FSUID_…)');
  const typed = await askText({ title: title(), prompt, value: current, problem: mayNotBeEmpty });
  return typed.startsWith('FSUID_') ? { userId: typed } : { mobile: typed };
}

function askUserId(current?: string): Promise<string> {
  const prompt = vscode.l10n.t('Employee ID to act as: CRM → Personnel → the person → Employee ID');
  return askText({ title: title(), prompt, placeHolder: '1000', value: current, problem: mayNotBeEmpty });
}

/** All that only a person can bring to a machine that knows the rest of a connection. */
export async function askSecrets({ auth }: Draft): Promise<Draft> {
  const appSecret = await askSecret(vscode.l10n.t('App secret'));
  if (auth === 'authorizationCode') return { appSecret, auth };
  return { appSecret, permanentCode: await askSecret(vscode.l10n.t('Permanent code')) };
}

export function askSecret(what: string): Promise<string> {
  const prompt = vscode.l10n.t('{0} (kept in the editor’s secret storage only)', what);
  return askText({ title: title(), prompt, password: true, problem: mayNotBeEmpty });
}

export function mustBeWay(text: string): SignInWay {
  const way = signInWays.find(known => known === text);
  if (way) return way;
  throw new UserError(
    vscode.l10n.t('A way of signing in is clientCredentials, corpAccessToken or authorizationCode, not “{0}”.', text),
  );
}
