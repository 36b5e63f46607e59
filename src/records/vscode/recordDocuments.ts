import * as vscode from 'vscode';
import type { JsonObject } from '../../base/json';
import type { OpenRecords, SaveRefusal } from '../openRecords';
import { readRecordUri, recordScheme, recordUri, type RecordRef } from '../recordRef';

/** Records as files of the scheme `fxiaoke-record`: reading gets them, saving updates them. */
export class RecordDocuments implements vscode.FileSystemProvider {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  /** Being written just now: their new text is read once the editor has taken note of the write. */
  readonly #saving = new Set<string>();

  constructor(
    private readonly records: OpenRecords,
    private readonly describe: (error: unknown) => string,
    private readonly tenantName: (ref: RecordRef) => string,
  ) {}

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerFileSystemProvider(recordScheme, this, { isCaseSensitive: true }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        const ref = uri.scheme === recordScheme ? readRecordUri(uri) : undefined;
        if (ref) this.records.close(ref);
      }),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        const ref = uri.scheme === recordScheme ? readRecordUri(uri) : undefined;
        if (ref) void this.refresh(ref);
      }),
    );
  }

  /** Reads the record anew and shows it. Unsaved changes, and what they are based on, stay as they are. */
  async show(ref: RecordRef): Promise<JsonObject> {
    const uri = vscode.Uri.from(recordUri(ref));
    const record = await this.records.fetch(ref);
    await this.#keepUnlessDirty(ref, uri, record);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
    return record;
  }

  /** Reads an open record anew after it was changed elsewhere. */
  async refresh(ref: RecordRef): Promise<void> {
    const uri = vscode.Uri.from(recordUri(ref));
    if (!this.records.isOpen(ref) || this.#saving.has(uri.toString()) || isDirty(uri)) return;
    // A deleted record cannot be read any more: its last known text stays.
    const record = await this.records.fetch(ref).catch(() => undefined);
    if (record) await this.#keepUnlessDirty(ref, uri, record);
  }

  /** A dirty text is compared, when it is saved, with the record it was made from: that one must stay. */
  async #keepUnlessDirty(ref: RecordRef, uri: vscode.Uri, record: JsonObject): Promise<void> {
    if (isDirty(uri)) return;
    const known = this.records.isOpen(ref);
    await this.records.keep(ref, record);
    if (known) this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { text, readAt } = await this.#opened(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime: readAt, size: Buffer.byteLength(text) };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return Buffer.from((await this.#opened(uri)).text);
  }

  /** A refused save leaves the text in the editor as it is, unsaved, and says why. */
  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const ref = mustBeRecord(uri);
    const text = Buffer.from(content).toString('utf8');
    this.#saving.add(uri.toString());
    const result = await this.#reported(uri, () => this.records.save(ref, text)).finally(() =>
      this.#saving.delete(uri.toString()),
    );
    if ('refused' in result) throw vscode.FileSystemError.Unavailable(refusalSentence(result.refused));
    vscode.window.setStatusBarMessage(this.#savedSentence(ref, result.saved), 8000);
  }

  readDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  #opened(uri: vscode.Uri) {
    return this.#reported(uri, () => this.records.opened(mustBeRecord(uri)));
  }

  /** The editor shows the message of a `FileSystemError`; any other error it calls unknown. */
  async #reported<T>(uri: vscode.Uri, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof vscode.FileSystemError) throw error;
      throw vscode.FileSystemError.Unavailable(`${uri.path.slice(1)}: ${this.describe(error)}`);
    }
  }

  #savedSentence(ref: RecordRef, fields: readonly string[]): string {
    if (fields.length === 0) return vscode.l10n.t('Nothing had changed: nothing was sent');
    const names = fields.join(', ');
    return fields.length === 1
      ? vscode.l10n.t('Saved {0} (1 field) to {1}', names, this.tenantName(ref))
      : vscode.l10n.t('Saved {0} ({1} fields) to {2}', names, fields.length, this.tenantName(ref));
  }
}

function isDirty(uri: vscode.Uri): boolean {
  const key = uri.toString();
  return vscode.workspace.textDocuments.some(document => document.isDirty && document.uri.toString() === key);
}

function mustBeRecord(uri: vscode.Uri): RecordRef {
  const ref = readRecordUri(uri);
  if (!ref) throw vscode.FileSystemError.FileNotFound(uri);
  return ref;
}

function refusalSentence(refusal: SaveRefusal): string {
  switch (refusal.code) {
    case 'notJson':
      return vscode.l10n.t('Not saved: this is not JSON ({0}).', refusal.message);
    case 'notARecord':
      return vscode.l10n.t('Not saved: a record is a JSON object.');
    case 'readOnly':
      return vscode.l10n.t(
        'Not saved: {0} cannot be changed by an update. Put back what it was.',
        refusal.fields.join(', '),
      );
    case 'ownerChanged':
      return vscode.l10n.t(
        'Not saved: an update cannot change the owner. Put it back and use the command Change Owner.',
      );
    case 'removed':
      return vscode.l10n.t(
        'Not saved: {0} is missing. To empty a field set it to null; otherwise put it back.',
        refusal.fields.join(', '),
      );
    case 'conflict':
      return vscode.l10n.t(
        'Not saved: {0} was changed by someone else since you opened this record. Copy what you need, revert the file and change it again.',
        refusal.fields.join(', '),
      );
  }
}
