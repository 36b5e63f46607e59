import { mayChangeData } from '../../api/crmClient';
import { Body, pathOfTarget } from '../language/body';
import { Diagnoser } from '../language/diagnose';
import { parse } from '../parse';
import { connectionNameOf, plainVariables } from '../plainVariables';
import { isError } from '../problems';
import { findingSentence } from './findingSentences';
import { problemSentence } from './problemSentences';
import type { TenantKnowledge } from './tenantKnowledge';

export interface TextProblem {
  /** From 1. */
  readonly line: number;
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
}

export interface CheckedText {
  /** In the order of the text. */
  readonly problems: readonly TextProblem[];
  readonly requests: readonly { readonly path: string | undefined; readonly mayChangeData: boolean }[];
}

/**
 * What the editor would say of a text as a request file. Asks the tenants about the objects that it names;
 * `connection` is for requests that name none, in place of the active one.
 */
export async function checkText(knowledge: TenantKnowledge, text: string, connection?: string): Promise<CheckedText> {
  const file = parse(text);
  const variables = plainVariables(file);
  for (const request of file.requests)
    await knowledge.ask(connectionNameOf(file, request) ?? connection, Body.of(request, variables)?.objectAt([]));
  const { problems, findings } = new Diagnoser().diagnose(file, named => knowledge.of(named ?? connection));
  const found = [
    ...problems.map(each => ({ each, message: problemSentence(each), isError: isError(each) })),
    ...findings.map(each => ({ each, message: findingSentence(each), isError: false })),
  ].sort((a, b) => a.each.start - b.each.start);
  return {
    problems: found.map(({ each, message, isError: error }) => ({
      line: text.slice(0, each.start).split('\n').length,
      severity: error ? 'error' : 'warning',
      code: each.code,
      message,
    })),
    requests: file.requests.map(({ target }) => {
      const path = target && pathOfTarget(target.text, variables);
      return { path, mayChangeData: path === undefined || mayChangeData(path) };
    }),
  };
}
