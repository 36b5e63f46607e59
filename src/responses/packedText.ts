import { promisify } from 'node:util';

/** A text at rest, outside of the heap. It is packed and unpacked beside the process's own work. */
export class PackedText {
  private constructor(private readonly bytes: Buffer) {}

  static async of(text: string): Promise<PackedText> {
    const { deflate } = await import('node:zlib');
    return new PackedText(await promisify(deflate)(text, { level: 1 }));
  }

  /** The room that it takes. */
  get length(): number {
    return this.bytes.length;
  }

  async unpacked(): Promise<string> {
    const { inflate } = await import('node:zlib');
    return (await promisify(inflate)(this.bytes)).toString('utf8');
  }
}
