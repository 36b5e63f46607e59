import { randomBytes } from 'node:crypto';

export interface StoredFile {
  filename: string;
  bytes: Buffer;
}

/** All of them together; what comes beyond is refused. */
const mostBytes = 500 * 1024 * 1024;

/** Files that were uploaded, by path or media id. They are never written to the disk. */
export class Files {
  private readonly files = new Map<string, StoredFile>();
  private bytes = 0;

  /** The new path: the prefix (`N_`, `TN_`, …) and 32 hex digits; undefined when there is no room. */
  add(prefix: string, file: StoredFile): string | undefined {
    if (this.bytes + file.bytes.length > mostBytes) return undefined;
    const path = prefix + randomBytes(16).toString('hex');
    this.files.set(path, file);
    this.bytes += file.bytes.length;
    return path;
  }

  get(path: string): StoredFile | undefined {
    return this.files.get(path);
  }

  delete(path: string): boolean {
    this.bytes -= this.files.get(path)?.bytes.length ?? 0;
    return this.files.delete(path);
  }
}
