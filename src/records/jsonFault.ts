import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';

/** Where a text that is to be JSON first ceases to be it. */
export interface JsonFault {
  /** The name of jsonc-parser's `ParseErrorCode`. */
  readonly error: string;
  readonly offset: number;
  readonly length: number;
  /** Counted from 1, as editors do. */
  readonly line: number;
}

/** The first fault of a text that is not JSON. */
export function jsonFault(text: string): JsonFault {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [{ error, offset, length } = { error: undefined, offset: 0, length: 1 }] = errors;
  return {
    error: error === undefined ? '' : printParseErrorCode(error),
    offset,
    length,
    line: text.slice(0, offset).split('\n').length,
  };
}
