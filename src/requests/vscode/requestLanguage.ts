import * as vscode from 'vscode';
import { formatEdits } from '../language/format';
import { RequestColours } from './requestColours';
import { RequestCompletion } from './requestCompletion';
import { RequestDiagnostics } from './requestDiagnostics';
import { languageId, parsed, rangeOf } from './requestFiles';
import { RequestHover } from './requestHover';
import { lensesOf } from './requestLenses';
import { RequestKnowledge, type DocumentKnowledge } from './requestKnowledge';
import { RequestOutline, type EnvironmentDefinition } from './requestOutline';
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
  const outline = new RequestOutline(options.environmentDefinition);
  const { languages } = vscode;
  return vscode.Disposable.from(
    new RequestDiagnostics(tenants),
    new RequestColours(knowledge, listener => vscode.Disposable.from(tenants.onDidChange(listener))),
    languages.registerCompletionItemProvider(
      languageId,
      new RequestCompletion(knowledge),
      ...RequestCompletion.triggers,
    ),
    languages.registerHoverProvider(languageId, new RequestHover(knowledge, options.clean)),
    languages.registerDocumentSymbolProvider(languageId, outline),
    languages.registerFoldingRangeProvider(languageId, outline),
    languages.registerDefinitionProvider(languageId, outline),
    languages.registerReferenceProvider(languageId, outline),
    languages.registerRenameProvider(languageId, outline),
    languages.registerDocumentLinkProvider(languageId, outline),
    languages.registerDocumentFormattingEditProvider(languageId, {
      provideDocumentFormattingEdits: (document, { tabSize, insertSpaces }) =>
        formatEdits(parsed(document), { tabSize, insertSpaces }).map(
          ({ start, end, text }) => new vscode.TextEdit(rangeOf(document, { start, end }), text),
        ),
    }),
    languages.registerCodeLensProvider(languageId, { provideCodeLenses: lensesOf }),
  );
}
