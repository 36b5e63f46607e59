import * as vscode from 'vscode';
import { formatEdits } from '../language/format';
import { RequestColours } from './requestColours';
import { RequestCompletion } from './requestCompletion';
import { RequestDiagnostics } from './requestDiagnostics';
import { languageId, rangeOf, RequestFiles } from './requestFiles';
import { RequestHover } from './requestHover';
import { lensesOf } from './requestLenses';
import { RequestKnowledge, type DocumentKnowledge } from './requestKnowledge';
import { RequestOutline } from './requestOutline';
import { TenantKnowledge, type TenantKnowledgeOptions } from './tenantKnowledge';

/** Everything that an editor does with a request file but sending it. */
export function registerRequestLanguage(options: TenantKnowledgeOptions & DocumentKnowledge): vscode.Disposable {
  const files = new RequestFiles();
  const tenants = new TenantKnowledge(options);
  const knowledge = new RequestKnowledge(files, tenants, options);
  const outline = new RequestOutline(files);
  const { languages } = vscode;
  return vscode.Disposable.from(
    new RequestDiagnostics(files, tenants),
    new RequestColours(knowledge, listener => vscode.Disposable.from(tenants.onDidChange(listener))),
    languages.registerCompletionItemProvider(
      languageId,
      new RequestCompletion(knowledge),
      ...RequestCompletion.triggers,
    ),
    languages.registerHoverProvider(languageId, new RequestHover(knowledge)),
    languages.registerDocumentSymbolProvider(languageId, outline),
    languages.registerFoldingRangeProvider(languageId, outline),
    languages.registerDefinitionProvider(languageId, outline),
    languages.registerReferenceProvider(languageId, outline),
    languages.registerRenameProvider(languageId, outline),
    languages.registerDocumentLinkProvider(languageId, outline),
    languages.registerDocumentFormattingEditProvider(languageId, {
      provideDocumentFormattingEdits: (document, { tabSize, insertSpaces }) =>
        formatEdits(files.of(document), { tabSize, insertSpaces }).map(
          ({ start, end, text }) => new vscode.TextEdit(rangeOf(document, { start, end }), text),
        ),
    }),
    languages.registerCodeLensProvider(languageId, { provideCodeLenses: document => lensesOf(document, files) }),
  );
}
