import * as vscode from 'vscode';
import type { Connection } from '../../connections/connection';
import type { Field } from '../../objects/fields';
import { cloneText, newRecordSnippet, type Author } from '../newRecord';
import { newRecordId, type RecordRef } from '../recordRef';
import type { RecordService } from '../recordService';
import type { CreatedRecord } from './recordDocuments';
import { changeText, isShown, uriOf } from './recordEditors';

export interface NewRecordsOptions {
  readonly service: RecordService;
  /** What the tenant says of the object's fields, where that can be read. */
  readonly fieldsOf: (connection: Connection, object: string) => Promise<readonly Field[] | undefined>;
  readonly now: () => number;
  readonly tenantName: (ref: RecordRef) => string;
}

/** Documents of records that are not in the tenant yet. Saving one creates the record, and the document becomes it. */
export class NewRecords {
  constructor(private readonly options: NewRecordsOptions) {}

  /** Opens the text of a new record: name and required fields, each value a place to go to with the tab key. */
  async start(connection: Connection, object: string): Promise<vscode.TextDocument> {
    const fields = await this.options.fieldsOf(connection, object);
    const { document, editor } = await open(connection, object);
    const all = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
    const snippet = newRecordSnippet(fields ?? [], this.#author(connection));
    await editor.insertSnippet(new vscode.SnippetString(snippet), all);
    return document;
  }

  /** Opens the text of a new record that is like another one. */
  async clone(connection: Connection, object: string, id: string): Promise<vscode.TextDocument> {
    const [{ record }, fields] = await Promise.all([
      this.options.service.get(connection, object, id),
      this.options.fieldsOf(connection, object),
    ]);
    const { document } = await open(connection, object);
    await changeText(document, cloneText(record, fields, this.#author(connection)));
    return document;
  }

  /** Puts the record in the place of the document that it was written in. */
  async become({ draft, id }: CreatedRecord): Promise<void> {
    const viewColumn = tabOf(uriOf(draft))?.group.viewColumn ?? vscode.ViewColumn.Active;
    const tenant = this.options.tenantName(draft);
    if (id === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('The record was created in {0}, which did not tell its ID.', tenant),
      );
    } else {
      const document = await vscode.workspace.openTextDocument(uriOf({ ...draft, id }));
      await vscode.window.showTextDocument(document, { preview: false, viewColumn });
      vscode.window.setStatusBarMessage(`$(check) ${vscode.l10n.t('Created {0} in {1}', id, tenant)}`, 8000);
    }
    // Looked for only now: older editors do not know a tab any more once another one was opened beside it.
    const tab = tabOf(uriOf(draft));
    if (tab) await vscode.window.tabGroups.close(tab);
  }

  #author({ userId }: Connection): Author {
    return { employeeId: userId, now: this.options.now() };
  }
}

async function open({ id: connectionId }: Connection, object: string) {
  const document = await vscode.workspace.openTextDocument(freeUri(connectionId, object));
  return { document, editor: await vscode.window.showTextDocument(document, { preview: false }) };
}

/** The first number that no document has, neither one that is loaded nor one that a tab would load. */
function freeUri(connectionId: string, object: string): vscode.Uri {
  for (let number = 1; ; number++) {
    const uri = uriOf({ connectionId, object, id: newRecordId(number) });
    if (!isShown(uri) && !tabOf(uri)) return uri;
  }
}

function tabOf(uri: vscode.Uri): vscode.Tab | undefined {
  const key = uri.toString();
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === key);
}
