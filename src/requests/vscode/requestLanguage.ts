import * as vscode from 'vscode';
import { formatEdits } from '../language/format';
import { CurlPaste } from './curlPaste';
import { RequestColours } from './requestColours';
import { RequestCompletion } from './requestCompletion';
import { RequestDiagnostics } from './requestDiagnostics';
import { followEdits, languageId, parsed, rangeOf } from './requestFiles';
import { RequestHover } from './requestHover';
import { RequestLenses } from './requestLenses';
import { RequestKnowledge, type DocumentKnowledge } from './requestKnowledge';
import { RequestNames, type EnvironmentDefinition } from './requestNames';
import { RequestSymbols } from './requestSymbols';
import type { TenantKnowledge } from './tenantKnowledge';

/** Everything that an editor does with a request file but sending it. */
export function registerRequestLanguage(
  tenants: TenantKnowledge,
  options: DocumentKnowledge & {
    readonly environmentDefinition: EnvironmentDefinition;
    /** Takes secrets out of what is shown. */
    readonly clean: (text: string) => string;
  },
): vscode.Disposable {
  const knowledge = new RequestKnowledge(tenants, options);
  const symbols = new RequestSymbols();
  const names = new RequestNames(options.environmentDefinition);
  const { languages } = vscode;
  return vscode.Disposable.from(
    // First, so that all others find the edit made.
    followEdits(),
    new RequestDiagnostics(tenants),
    new RequestColours(knowledge, listener => vscode.Disposable.from(tenants.onDidChange(listener))),
    languages.registerCompletionItemProvider(
      languageId,
      new RequestCompletion(knowledge),
      ...RequestCompletion.triggers,
    ),
    languages.registerHoverProvider(languageId, new RequestHover(knowledge, options.clean)),
    languages.registerDocumentSymbolProvider(languageId, symbols),
    languages.registerFoldingRangeProvider(languageId, symbols),
    languages.registerDefinitionProvider(languageId, names),
    languages.registerReferenceProvider(languageId, names),
    languages.registerRenameProvider(languageId, names),
    languages.registerDocumentLinkProvider(languageId, names),
    languages.registerDocumentFormattingEditProvider(languageId, {
      provideDocumentFormattingEdits: (document, { tabSize, insertSpaces }) =>
        formatEdits(parsed(document), { tabSize, insertSpaces }).map(
          ({ start, end, text }) => new vscode.TextEdit(rangeOf(document, { start, end }), text),
        ),
    }),
    CurlPaste.register(),
    languages.registerCodeLensProvider(languageId, new RequestLenses()),
  );
}
