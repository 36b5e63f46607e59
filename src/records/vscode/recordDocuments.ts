import * as vscode from 'vscode';
import { ApiError } from '../../api/errors';
import { isCancellation } from '../../base/cancelled';
import type { JsonObject } from '../../base/json';
import type { OpenRecord, OpenRecords } from '../openRecords';
import { isNewRecord, readFolderUri, readRecordUri, type RecordRef } from '../recordRef';
import { concernsRecord } from '../recordRefusal';
import type { RecordSaves, SaveRefusal } from '../recordSaves';
import { isShown, recordOf, uriOf } from './recordEditors';
import type { CreatedRecord, HeldBack, RefusedSave } from './recordEvents';
import { declinedSentence, heldSentence, refusalSentence, savedSentence, unknownSentence } from './saveSentences';
import { UnsavedTexts } from './unsavedTexts';

export interface RecordDocumentsOptions {
  readonly records: OpenRecords;
  readonly saves: RecordSaves;
  readonly describe: (error: unknown) => string;
  readonly now: () => number;
  readonly tenantName: (ref: RecordRef) => string;
  /** Told when an editor wants a record that cannot be read. */
  readonly unreadable: (ref: RecordRef, error: unknown) => void;
  /** Tells when connections were edited: a record of a read-only one cannot be edited. */
  readonly onConnectionsChange: (listener: () => void) => { dispose(): void };
}

/** Milliseconds within which the editor's looks at a record are for one opening. */
const sameLook = 1000;

/** Records as files: reading gets them, saving updates them. */
export class RecordDocuments {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  readonly #refused = new vscode.EventEmitter<RefusedSave>();
  readonly onDidRefuse = this.#refused.event;
  readonly #created = new vscode.EventEmitter<CreatedRecord>();
  readonly onDidCreate = this.#created.event;
  readonly #heldBack = new vscode.EventEmitter<HeldBack>();
  readonly onDidHoldBack = this.#heldBack.event;
  /** The last record that could not be read, and when. */
  #told: { uri: string; at: number } | undefined;
  /** Being written just now: their new text is read once the editor has taken note of the write. */
  readonly #saving = new Set<string>();
  readonly #unsaved = new UnsavedTexts();
  /** About to be written because the person said so. */
  readonly #savedByHand = new Set<string>();
  /** New records that were created while their text is still shown. */
  readonly #becoming = new Map<string, CreatedRecord>();

  constructor(private readonly options: RecordDocumentsOptions) {}

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      this.#changed,
      this.#refused,
      this.#created,
      this.#heldBack,
      this.#unsaved.register(),
      vscode.workspace.onWillSaveTextDocument(({ document: { uri }, reason }) => {
        if (reason === vscode.TextDocumentSaveReason.Manual) this.#savedByHand.add(uri.toString());
        else this.#savedByHand.delete(uri.toString());
      }),
      vscode.workspace.onDidSaveTextDocument(document => this.#noteSaved(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        const ref = recordOf(uri);
        // A document whose language is changed is closed and opened again.
        if (!ref || isShown(uri)) return;
        this.options.records.close(ref);
        this.#becoming.delete(uri.toString());
        this.#unsaved.forget(uri);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#noteClean(document)),
      this.options.onConnectionsChange(() => this.#lookWhereTheyLead()),
      vscode.window.onDidChangeActiveTextEditor(editor => this.#lookAgain(editor)),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.#lookAgain(vscode.window.activeTextEditor);
      }),
    );
  }

  /** Reads the record anew and shows it. Unsaved changes, and what they are based on, stay as they are. */
  async show(ref: RecordRef, { preview = true } = {}): Promise<JsonObject> {
    const uri = uriOf(ref);
    const record = await this.options.records.fetch(ref, { asked: true });
    await this.#keepUnlessDirty(ref, uri, record);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview });
    if (this.#unsaved.has(uri)) this.#heldBack.fire({ ref, now: record });
    return record;
  }

  /** Whoever comes back to a record after a while sees what became of it. */
  #lookAgain(editor: vscode.TextEditor | undefined): void {
    const ref = editor && recordOf(editor.document.uri);
    if (ref && this.options.records.isStale(ref)) void this.refresh(ref);
  }

  /** What an edited connection leads to now is shown, except where a text is being edited. */
  #lookWhereTheyLead(): void {
    const { records } = this.options;
    for (const ref of records.list()) if (records.isElsewhere(ref)) void this.refresh(ref);
    this.#tellAll();
  }

  /** What was held back from a text while it was edited holds once its changes are discarded. */
  #noteClean({ uri, isDirty }: vscode.TextDocument): void {
    const ref = isDirty ? undefined : recordOf(uri);
    if (!ref) return;
    if (this.options.records.isElsewhere(ref)) void this.refresh(ref);
    else if (this.options.records.isReadOnly(ref)) this.#tellChanged(uri);
  }

  /** Shows the open records as the settings want them now; what is being edited follows once it is saved. */
  showAnew(): void {
    const { records } = this.options;
    for (const ref of records.list()) {
      const uri = uriOf(ref);
      if (!this.#unsaved.has(uri) && records.showAnew(ref)) this.#tellChanged(uri);
    }
  }

  /** Reads an open record anew after it was changed elsewhere. */
  async refresh(ref: RecordRef): Promise<void> {
    const { records } = this.options;
    const uri = uriOf(ref);
    // What no editor shows is read anew when it is opened.
    if (!isShown(uri)) records.close(ref);
    if (isNewRecord(ref) || !records.known(ref) || this.#saving.has(uri.toString())) return;
    try {
      await this.#keepUnlessDirty(ref, uri, await records.fetch(ref));
    } catch (error) {
      if (!(await records.isGone(ref, error))) return;
      // What is gone stays before the person as it was, read-only.
      records.lose(ref);
      this.#tellChanged(uri);
    }
  }

  /** A dirty text is compared, when it is saved, with the record it was made from: that one must stay. */
  async #keepUnlessDirty(ref: RecordRef, uri: vscode.Uri, record: JsonObject): Promise<void> {
    const { records } = this.options;
    if (this.#unsaved.has(uri)) {
      records.note(ref, record);
      return;
    }
    const known = records.known(ref);
    await records.keep(ref, record);
    if (known) this.#tellChanged(uri);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    if (readFolderUri(uri) !== undefined) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const { text, modifiedAt, isReadOnly } = await this.#opened(uri);
    const stat = { type: vscode.FileType.File, ctime: 0, mtime: modifiedAt, size: Buffer.byteLength(text) };
    // Where there are changes it is the refused save that says why; the editor's own words would tell nothing.
    return isReadOnly && !this.#unsaved.has(uri) ? { ...stat, permissions: vscode.FilePermission.Readonly } : stat;
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const { records } = this.options;
    const ref = mustBeRecord(uri);
    // Asked for in place of changes that are being discarded. Until they are, what they are made from must stay.
    if (this.#unsaved.has(uri) && records.isElsewhere(ref))
      return this.#reported(async () => Buffer.from(records.textOf(ref, await records.fetch(ref))));
    return Buffer.from((await this.#opened(uri)).text);
  }

  /** A refused save leaves the text in the editor as it is, unsaved, and says why. */
  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const ref = mustBeRecord(uri);
    const { tenantName } = this.options;
    // A half-typed value has no business in a CRM, and once refused the editor waits for the person.
    const byHand = this.#savedByHand.delete(uri.toString());
    if (!byHand) {
      const { records } = this.options;
      const isRead = records.known(ref) !== undefined || isNewRecord(ref);
      throw failure((isRead ? heldSentence : unknownSentence)(tenantName(ref)));
    }
    const key = uri.toString();
    const text = Buffer.from(content).toString('utf8');
    this.#saving.add(key);
    const refusal = await this.#reported(() => this.#send(ref, key, text)).finally(() => this.#saving.delete(key));
    this.#unsaved.written(uri, text);
    if (refusal) throw failure(refusalSentence(refusal));
  }

  async #send(ref: RecordRef, key: string, text: string): Promise<SaveRefusal | undefined> {
    try {
      const refusal = await (isNewRecord(ref) ? this.#create(ref, key, text) : this.#update(ref, text));
      if (refusal) this.#refused.fire({ ref, message: refusalSentence(refusal), refusal, text });
      return refusal;
    } catch (error) {
      const { describe, tenantName } = this.options;
      if (isCancellation(error)) throw failure(declinedSentence(tenantName(ref)));
      if (error instanceof ApiError) this.#refused.fire({ ref, message: describe(error), refusal: undefined, text });
      throw error;
    }
  }

  async #update(ref: RecordRef, text: string): Promise<SaveRefusal | undefined> {
    const { saves, tenantName } = this.options;
    const result = await saves.save(ref, text);
    if ('refused' in result) return result.refused;
    vscode.window.setStatusBarMessage(savedSentence(result.saved, tenantName(ref)), 8000);
    return undefined;
  }

  /** However often the text is saved until the record has taken its place, one record is created. */
  async #create(draft: RecordRef, key: string, text: string): Promise<SaveRefusal | undefined> {
    const created = this.#becoming.get(key);
    if (created) return created.text === text ? undefined : { code: 'created', id: created.id };
    const result = await this.options.saves.create(draft, text);
    if ('refused' in result) return result.refused;
    this.#becoming.set(key, { draft, id: result.created, text });
    return undefined;
  }

  /** The editor has taken note of the write: now what it shows can be another. */
  #noteSaved(document: vscode.TextDocument): void {
    const { uri } = document;
    this.#unsaved.noted(document);
    const created = this.#becoming.get(uri.toString());
    const ref = recordOf(uri);
    if (created) this.#created.fire(created);
    else if (ref) void this.refresh(ref);
  }

  /** The record that was made of a draft which is still shown. */
  createdFrom(draft: RecordRef): CreatedRecord | undefined {
    return this.#becoming.get(uriOf(draft).toString());
  }

  /** The records that are open; the tenant is not asked for more. */
  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    const folder = readFolderUri(uri);
    if (folder === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    const open = this.options.records.list(uri.authority);
    if (folder !== '')
      return open.filter(({ object }) => object === folder).map(({ id }) => [`${id}.json`, vscode.FileType.File]);
    return [...new Set(open.map(({ object }) => object))].map(object => [object, vscode.FileType.Directory]);
  }

  async #opened(uri: vscode.Uri): Promise<OpenRecord & { isReadOnly: boolean }> {
    const ref = mustBeRecord(uri);
    const { records, describe } = this.options;
    return this.#reported(async () => {
      const open = await records.opened(ref, isShown(uri)).catch((error: unknown) => {
        this.#tellOnce(ref, uri, error);
        throw concernsRecord(error) ? vscode.FileSystemError.FileNotFound(describe(error)) : error;
      });
      return { ...open, isReadOnly: records.isReadOnly(ref) };
    });
  }

  /** The editor's page for what does not open says no reason; and it looks several times. */
  #tellOnce(ref: RecordRef, uri: vscode.Uri, error: unknown): void {
    const { now, unreadable } = this.options;
    const isTold = this.#told?.uri === uri.toString() && now() - this.#told.at < sameLook;
    this.#told = { uri: uri.toString(), at: now() };
    if (!isTold) unreadable(ref, error);
  }

  /** The editor shows the message of a `FileSystemError`; any other error it calls unknown. */
  async #reported<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof vscode.FileSystemError ? error : failure(this.options.describe(error));
    }
  }

  #tellAll(): void {
    this.#tellChanged(...this.options.records.list().map(uriOf));
  }

  #tellChanged(...uris: vscode.Uri[]): void {
    this.#changed.fire(uris.map(uri => ({ type: vscode.FileChangeType.Changed, uri })));
  }
}

/** The editor shows name and message of an error, and the name `Unavailable (FileSystemError)` tells a person nothing. */
function failure(sentence: string): vscode.FileSystemError {
  return Object.assign(vscode.FileSystemError.Unavailable(sentence), { name: '' });
}

function mustBeRecord(uri: vscode.Uri): RecordRef {
  const ref = readRecordUri(uri);
  if (!ref) throw vscode.FileSystemError.FileNotFound(uri);
  return ref;
}
