import * as vscode from 'vscode';

/** Files that are in no folder of this machine, as those of a virtual workspace. */
export class MemoryFiles implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  constructor(private readonly files: Readonly<Record<string, string>>) {}

  stat({ path }: vscode.Uri): vscode.FileStat {
    const size = Buffer.byteLength(this.mustHave(path));
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size };
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    return new TextEncoder().encode(this.mustHave(path));
  }

  readDirectory(): [string, vscode.FileType][] {
    return Object.keys(this.files).map(path => [path.slice(1), vscode.FileType.File]);
  }

  watch = (): vscode.Disposable => new vscode.Disposable(() => undefined);
  writeFile = readOnly;
  createDirectory = readOnly;
  delete = readOnly;
  rename = readOnly;

  private mustHave(path: string): string {
    const text = this.files[path];
    if (text === undefined) throw vscode.FileSystemError.FileNotFound(path);
    return text;
  }
}

function readOnly(): never {
  throw vscode.FileSystemError.NoPermissions();
}
