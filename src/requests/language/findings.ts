import type { ValueShape } from '../../objects/valueShape';
import type { Span } from '../nodes';

type Nothing = Record<string, never>;

/** What the API would refuse, and what the sentence about it needs to know. */
interface FindingData {
  /** `known` are the names to choose from. */
  connectionUnknown: { name: string; known: readonly string[] };
  pathUnknown: { path: string };
  pathOfPresets: { object: string; expected: string };
  pathOfCustoms: { object: string; expected: string };
  objectUnknown: { object: string };
  /** `expected` are the objects that the call is for; `reads` where the object takes only calls that read. */
  objectUnfit: { object: string; expected: 'custom' | 'reads' | readonly string[] };
  keyUnknown: { key: string; expected: string };
  fieldUnknown: { field: string; object: string };
  fieldReadOnly: { field: string };
  operatorUnknown: { operator: string };
  operatorUndocumented: { operator: string };
  operatorUnfit: { operator: string; field: string; type: string };
  valueCount: { operator: string; expected: 'one' | 'two' };
  optionUnknown: { value: string; field: string };
  valueUnfit: { field: string; expected: ValueShape };
  listExpected: { key: string };
  numberExpected: { key: string };
  numberTooLow: { key: string; least: number };
  limitTooHigh: { limit: number };
  offsetTooHigh: { limit: number };
  offsetNotMultiple: { limit: number };
  fieldsMissing: { fields: string };
  /** `path` is that of the call which does change it. */
  ownerInUpdate: { path: string };
  idExpected: Nothing;
  idListExpected: Nothing;
  invalidatingNotNeeded: { object: string };
}

export type FindingCode = keyof FindingData;

/** An edit that puts something right. */
export interface Fix extends Span {
  readonly text: string;
  /** What is most likely meant, and not the only thing that it can be. */
  readonly isGuess?: boolean;
}

/** Something that the API would most likely refuse. It may be wrong, so it never keeps a request from being sent. */
export type Finding = {
  [C in FindingCode]: Span & { readonly code: C; readonly data: FindingData[C]; readonly fix?: Fix | undefined };
}[FindingCode];

/** Where checks put what they find. */
export class Findings {
  readonly all: Finding[] = [];

  add<C extends FindingCode>(code: C, { start, end }: Span, data: FindingData[C], fix?: Fix): void {
    this.all.push({ code, start, end, data, ...(fix && { fix }) } as Finding);
  }
}
