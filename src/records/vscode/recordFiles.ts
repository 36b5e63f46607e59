import * as vscode from 'vscode';
import { recordScheme } from '../recordRef';
import type { RecordDocuments } from './recordDocuments';

/** The file system of the scheme `fxiaoke-record`. It is there from the start; its work is read with the first record. */
export class RecordFiles implements vscode.FileSystemProvider {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  constructor(private readonly documents: () => Promise<RecordDocuments>) {}

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerFileSystemProvider(recordScheme, this, { isCaseSensitive: true }),
    );
  }

  /** What the editor has of these files is another now. */
  tell(changes: vscode.FileChangeEvent[]): void {
    this.#changed.fire(changes);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return (await this.documents()).stat(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.documents()).readFile(uri);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    return (await this.documents()).writeFile(uri, content);
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    return (await this.documents()).readDirectory(uri);
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
}
