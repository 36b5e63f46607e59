import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { textIn } from '../../base/argument';
import { CancelledError } from '../../base/cancelled';
import { UserError } from '../../base/userError';
import { askChoice } from '../../base/vscode/ask';
import type { Handlers, Invocation } from '../../commands';
import type { Connection } from '../../connections/connection';
import { snippetCall, snippetLanguages, type SnippetLanguageId } from '../copyAs/snippet';
import { prepare } from '../prepare';
import { documentRequest } from './documentRequest';
import type { DocumentSources } from './documentSource';
import { isGivenUp, problemSentence } from './problemSentences';

export interface CopyCommandsOptions {
  readonly sources: DocumentSources;
  readonly connectionNamed: (idOrName: string | undefined) => Connection;
  /** Scheme, host and port of the tenant. */
  readonly origin: (connection: Connection) => Promise<string>;
}

/** A request as a command or program that makes the same call. What is secret is left to variables of its process. */
export function copyCommands(
  options: CopyCommandsOptions,
): Handlers<'fxiaoke.request.copyAs' | 'fxiaoke.request.copyAsCurl'> {
  return {
    'fxiaoke.request.copyAsCurl': invocation => copy(options, invocation, 'curl'),
    'fxiaoke.request.copyAs': async invocation =>
      copy(options, invocation, languageIn(invocation) ?? (await askLanguage())),
  };
}

async function copy(
  { sources, connectionNamed, origin }: CopyCommandsOptions,
  invocation: Invocation,
  language: SnippetLanguageId,
): Promise<string> {
  const { document, file, node } = await documentRequest(invocation);
  const chosen = textIn(invocation.argument, 'connection');
  const source = await sources.of(document, chosen);
  // Neither goes into the text, so that none is needed; what stands for it has to be JSON wherever it stands.
  const hidden = { secret: () => Promise.resolve('0'), processVariable: () => '0' };
  const prepared = await prepare(node, file, { ...source, ...hidden });
  if (!prepared.ready) {
    if (prepared.problems.some(isGivenUp)) throw new CancelledError();
    throw new UserError(prepared.problems.map(problemSentence).join(' '));
  }
  const connection = connectionNamed(chosen ?? prepared.request.connection);
  const { ea, userId } = connection;
  const call = snippetCall(prepared.shown, { origin: await origin(connection), ea, userId }, randomUUID());
  const { label, write } = snippetLanguages[language];
  const text = write(call);
  if (!invocation.byProgram) {
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(`$(check) ${vscode.l10n.t('Copied as {0}', label)}`, 4000);
  }
  return text;
}

function languageIn({ argument }: Invocation): SnippetLanguageId | undefined {
  const named = textIn(argument, 'language');
  if (named === undefined) return undefined;
  if (Object.hasOwn(snippetLanguages, named)) return named as SnippetLanguageId;
  const known = Object.keys(snippetLanguages).join(', ');
  throw new UserError(vscode.l10n.t('There is no language “{0}”; there are {1}.', named, known));
}

function askLanguage(): Promise<SnippetLanguageId> {
  const languages = Object.entries(snippetLanguages).map(([id, { label }]) => ({
    label,
    value: id as SnippetLanguageId,
  }));
  return askChoice(vscode.l10n.t('Copy as'), vscode.l10n.t('In which language?'), languages);
}
