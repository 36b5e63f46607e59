import { hashOfText, mix } from './random';

/** Seeded records were created, evenly spread, in these three years; the newest is always older than "now". */
const firstTime = Date.UTC(2023, 0, 2);
const span = Date.UTC(2025, 11, 31) - firstTime;
const day = 86_400_000;

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');

/**
 * Ids of one object's records: 24 hex digits that look like an ObjectId and grow with the position, so that a page by
 * `_id` can be sought instead of scanned. 8 digits are the time of creation in seconds, 6 the object, 10 the position.
 */
export class SeededIds {
  private readonly objectDigits: string;

  constructor(
    apiName: string,
    seed: number,
    readonly count: number,
  ) {
    this.objectDigits = hex(mix(seed, hashOfText(apiName)) & 0xffffff, 6);
  }

  /** Epoch milliseconds. */
  timeAt(position: number): number {
    return firstTime + Math.floor((position * (span - day)) / Math.max(this.count, 1));
  }

  idAt(position: number): string {
    return this.make(this.timeAt(position), position);
  }

  make(time: number, position: number): string {
    return hex(Math.floor(time / 1000), 8) + this.objectDigits + hex(position, 10);
  }

  /** The position that an id names, whether or not there is a record; undefined for what cannot be one of these ids. */
  static positionIn(id: string): number | undefined {
    return /^[0-9a-f]{24}$/.test(id) ? Number.parseInt(id.slice(14), 16) : undefined;
  }
}
