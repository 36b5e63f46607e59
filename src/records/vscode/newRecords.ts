import * as vscode from 'vscode';
import type { Connection } from '../../connections/connection';
import type { Field } from '../../objects/fields';
import { cloneText, newRecordSnippet, typedSince, type Author } from '../newRecord';
import type { OpenRecords } from '../openRecords';
import { newRecordId, type RecordRef } from '../recordRef';
import type { RecordService } from '../recordService';
import type { CreatedRecord } from './recordEvents';
import { changeText, documentOf, isShown, uriOf } from './recordEditors';

export interface NewRecordsOptions {
  readonly service: RecordService;
  readonly records: OpenRecords;
  readonly describe: (error: unknown) => string;
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
  async become(created: CreatedRecord): Promise<void> {
    const { draft, id } = created;
    const tenant = this.options.tenantName(draft);
    if (id === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('The record was created in {0}, which did not tell its ID.', tenant),
      );
      if (!typedOn(created)) await closeTab(uriOf(draft));
      return;
    }
    try {
      if (!(await this.#replace(created, id))) return;
      vscode.window.setStatusBarMessage(`$(check) ${vscode.l10n.t('Created {0} in {1}', id, tenant)}`, 8000);
    } catch (error) {
      const why = this.options.describe(error);
      await this.offer(created, vscode.l10n.t('Created {0} in {1}, but it could not be opened: {2}', id, tenant, why));
    }
  }

  /** Says what is the matter with a record whose draft is still shown, and opens it when told to. */
  async offer(created: CreatedRecord, sentence: string): Promise<void> {
    const open = vscode.l10n.t('Open Record');
    const buttons = created.id === undefined ? [] : [open];
    if ((await vscode.window.showWarningMessage(sentence, ...buttons)) === open) await this.become(created);
  }

  /** Whether all that was typed is in the record's document now, and the draft closed. */
  async #replace(created: CreatedRecord, id: string): Promise<boolean> {
    const { draft, text } = created;
    const ref = { ...draft, id };
    const viewColumn = tabOf(uriOf(draft))?.group.viewColumn ?? vscode.ViewColumn.Active;
    const show = (shown: vscode.TextDocument) => vscode.window.showTextDocument(shown, { preview: false, viewColumn });
    // Where it cannot be read, that says why; of a document the editor says only that there is none.
    await this.options.records.opened(ref);
    const document = await vscode.workspace.openTextDocument(uriOf(ref));
    await show(document);
    const written = documentOf(uriOf(draft));
    // Looked for only now: older editors do not know a tab any more once another one was opened beside it.
    if (!written || !typedOn(created)) {
      await closeTab(uriOf(draft));
      return true;
    }
    const typed = typedSince(text, written.getText());
    if (!typed) {
      const tenant = this.options.tenantName(draft);
      void vscode.window.showWarningMessage(
        vscode.l10n.t('Created {0} in {1}. What you typed since is only in {2}: copy it.', id, tenant, draft.id),
      );
      return false;
    }
    const { record } = await this.options.records.opened(ref);
    await changeText(document, this.options.records.textOf(ref, { ...record, ...typed }));
    await show(written);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await show(document);
    return true;
  }

  #author({ userId }: Connection): Author {
    return { employeeId: userId, now: this.options.now() };
  }
}

async function open({ id: connectionId }: Connection, object: string) {
  const document = await vscode.workspace.openTextDocument(freeUri(connectionId, object));
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  // As records are written; an empty text does not tell the editor.
  editor.options = { tabSize: 2, insertSpaces: true };
  return { document, editor };
}

/** The first number that no document has, neither one that is loaded nor one that a tab would load. */
function freeUri(connectionId: string, object: string): vscode.Uri {
  for (let number = 1; ; number++) {
    const uri = uriOf({ connectionId, object, id: newRecordId(number) });
    if (!isShown(uri) && !tabOf(uri)) return uri;
  }
}

/** Whether the draft is another text than the one that the record was created from. */
function typedOn({ draft, text }: CreatedRecord): boolean {
  const written = documentOf(uriOf(draft));
  // The editor takes a document for clean that was typed in while it was saved.
  return written !== undefined && written.getText() !== text;
}

async function closeTab(uri: vscode.Uri): Promise<void> {
  const tab = tabOf(uri);
  if (tab) await vscode.window.tabGroups.close(tab);
}

function tabOf(uri: vscode.Uri): vscode.Tab | undefined {
  const key = uri.toString();
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === key);
}
