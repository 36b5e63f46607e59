import { createReadStream } from 'node:fs';

/** A line of a file without its end; `next` is the offset in bytes of what follows it. */
export interface Line {
  text: string;
  next: number;
  /** False for a last line that nothing ends. */
  complete: boolean;
}

const newline = 0x0a;

/** The lines of a file. Not `readline`, which also breaks lines at U+2028, and JSON may contain that. */
export async function* linesOf(path: string): AsyncIterable<Line> {
  let rest: Buffer[] = [];
  let offset = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      const bytes = Buffer.concat([...rest, chunk.subarray(from, at)]);
      rest = [];
      from = at + 1;
      offset += bytes.length + 1;
      yield { text: bytes.toString('utf8'), next: offset, complete: true };
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  const last = Buffer.concat(rest);
  if (last.length > 0) yield { text: last.toString('utf8'), next: offset + last.length, complete: false };
}
