import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { textIn } from '../../base/argument';
import { CancelledError } from '../../base/cancelled';
import { UserError } from '../../base/userError';
import { askChoice } from '../../base/vscode/ask';
import type { Handlers, Invocation } from '../../commands';
import { wayOf, type Connection } from '../../connections/connection';
import { snippetCall, snippetLanguages, type SnippetLanguageId } from '../copyAs/snippet';
import { connectionFor, prepare } from '../prepare';
import { parse } from '../parse';
import { documentRequest } from './documentRequest';
import type { DocumentRequest } from './documentSender';
import type { DocumentSources } from './documentSource';
import { isGivenUp, noRequest, problemSentence } from './problemSentences';

export interface CopyCommandsOptions {
  readonly sources: DocumentSources;
  readonly connectionNamed: (idOrName: string | undefined) => Connection;
  /** Scheme, host and port of the tenant. */
  readonly origin: (connection: Connection) => Promise<string>;
  /** Takes secrets out of a text. */
  readonly clean: (text: string) => string;
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

/** The one request of a text that is in no document, as a cURL command. */
export async function curlOf(options: CopyCommandsOptions, text: string, connection: string): Promise<string> {
  const file = parse(text);
  const [node] = file.requests;
  if (!node) throw new UserError(noRequest());
  return snippetOf(options, { document: undefined, file, node }, connection, 'curl');
}

async function copy(
  options: CopyCommandsOptions,
  invocation: Invocation,
  language: SnippetLanguageId,
): Promise<string> {
  const request = await documentRequest(invocation);
  const text = await snippetOf(options, request, textIn(invocation.argument, 'connection'), language);
  if (!invocation.byProgram) {
    await vscode.env.clipboard.writeText(text);
    const { label } = snippetLanguages[language];
    vscode.window.setStatusBarMessage(`$(check) ${vscode.l10n.t('Copied as {0}', label)}`, 4000);
  }
  return text;
}

/** `chosen` takes the place of the tenant that the request names. */
async function snippetOf(
  { sources, connectionNamed, origin, clean }: CopyCommandsOptions,
  { document, file, node }: Omit<DocumentRequest, 'document'> & { document: vscode.TextDocument | undefined },
  chosen: string | undefined,
  language: SnippetLanguageId,
): Promise<string> {
  const named = chosen ?? connectionFor(node, file, await sources.of(document));
  const source = await sources.of(document, named);
  // Neither goes into the text, so that none is needed; what stands for it has to be JSON wherever it stands.
  const hidden = { secret: () => Promise.resolve('0'), processVariable: () => '0' };
  const prepared = await prepare(node, file, { ...source, ...hidden }, chosen);
  if (!prepared.ready) {
    if (prepared.problems.some(isGivenUp)) throw new CancelledError();
    throw new UserError(prepared.problems.map(problemSentence).join(' '));
  }
  const connection = connectionNamed(named ?? prepared.request.connection);
  const { ea, userId } = connection;
  const style = wayOf(connection) === 'clientCredentials' ? 'headers' : 'body';
  const tenant = { origin: await origin(connection), ea, userId, style } as const;
  const call = snippetCall(prepared.shown, tenant, randomUUID(), clean);
  return snippetLanguages[language].write(call);
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
