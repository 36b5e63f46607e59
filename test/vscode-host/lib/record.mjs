import fs from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

const POLL_MS = 50;

/** Follows the record that test-entry.cjs writes, and prints what the tests print. */
export class TestRecord {
  /** Process id of the extension host, once the tests have begun. */
  startedBy;
  /** `{ ended: 0 | 1, error? }`, once they have ended. */
  end;

  #file;
  #position = 0;
  #rest = '';
  #decoder = new StringDecoder('utf8');
  #timer;

  constructor(file) {
    this.#file = file;
    this.#timer = setInterval(() => this.#read(), POLL_MS);
  }

  stop() {
    clearInterval(this.#timer);
    this.#read();
  }

  #read() {
    if (!fs.existsSync(this.#file)) return;
    const file = fs.openSync(this.#file, 'r');
    const buffer = Buffer.alloc(65_536);
    for (;;) {
      const length = fs.readSync(file, buffer, 0, buffer.length, this.#position);
      if (length === 0) break;
      this.#position += length;
      this.#rest += this.#decoder.write(buffer.subarray(0, length));
    }
    fs.closeSync(file);
    const lines = this.#rest.split('\n');
    this.#rest = lines.pop();
    for (const line of lines) this.#take(JSON.parse(line));
  }

  #take(event) {
    if (event.text !== undefined) process[event.stream].write(event.text);
    if (event.started !== undefined) this.startedBy = event.started;
    if (event.ended !== undefined) this.end = event;
  }
}
