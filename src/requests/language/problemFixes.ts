import { directiveNames, type AssertionOperator, type Span } from '../nodes';
import type { Problem } from '../problems';
import type { Finding, Fix } from './findings';
import { nearest } from './nearest';

/** The one edit that puts a mistake in the text right, or most likely does. */
export function problemFixes({ code, data, start, end }: Problem | Finding, text: string): readonly Fix[] {
  switch (code) {
    case 'directiveUnknown':
      return likely(nearest(data.name, directiveNames), { start, end });
    case 'methodUnknown':
      return likely(nearest(data.method, ['POST']), { start, end });
    case 'assertionOperatorUnknown':
      return likely(operatorTwins[data.operator], { start, end });
    case 'bodyFileVariables':
      return [{ start, end, text: '<', isGuess: true }];
    case 'responsePathForeign':
      return data.expected === undefined ? [] : [{ start, end, text: data.expected }];
    case 'builtinUnknown': {
      const twin = ourBuiltin(text.slice(start, end));
      return twin === undefined ? [] : [{ start, end, text: twin }];
    }
    case 'methodUnusual':
      return [{ start, end, text: 'POST' }];
    case 'methodMissing':
      return [{ start, end: start, text: 'POST ' }];
    case 'blankLineMissing':
      return [insertedAbove(start, text, '')];
    case 'separatorMissing':
      return [insertedAbove(start, text, '###')];
    case 'headerReserved':
    case 'headerDuplicate':
      return [{ ...wholeLine(start, text), text: '' }];
    default:
      return [];
  }
}

/** What other languages write for the same. */
const operatorTwins: Readonly<Record<string, AssertionOperator>> = {
  '=': '==',
  '===': '==',
  '!==': '!=',
  '<>': '!=',
  '=<': '<=',
  '=>': '>=',
};

function likely(text: string | undefined, { start, end }: Span): readonly Fix[] {
  return text === undefined ? [] : [{ start, end, text, isGuess: true }];
}

/** What other HTTP clients call the same. */
const twins: readonly (readonly [RegExp, string])[] = [
  [/^\{\{\s*\$(?:guid|random\.uuid)\s*\}\}$/, '{{$uuid}}'],
  [/^\{\{\s*\$(?:isoTimestamp|datetime\s+iso8601)\s*\}\}$/, '{{$now}}'],
  [/^\{\{\s*\$(?:processEnv\s+|env\.)(\w+)\s*\}\}$/, '{{$env $1}}'],
];

function ourBuiltin(template: string): string | undefined {
  const twin = twins.find(([pattern]) => pattern.test(template));
  return twin && template.replace(...twin);
}

function insertedAbove(offset: number, text: string, line: string): Fix {
  const start = lineStart(offset, text);
  return { start, end: start, text: `${line}${text.includes('\r\n') ? '\r\n' : '\n'}` };
}

/** The line of an offset with its line break, or that in front of it where it is the last line. */
function wholeLine(offset: number, text: string): Span {
  const start = lineStart(offset, text);
  const breakAbove = /(?:\r\n|[\r\n])?$/.exec(text.slice(0, start))?.[0] ?? '';
  const behind = /^[^\r\n]*(?:\r\n|[\r\n])?/.exec(text.slice(offset))?.[0] ?? '';
  const isLast = !/[\r\n]$/.test(behind);
  return { start: isLast ? start - breakAbove.length : start, end: offset + behind.length };
}

function lineStart(offset: number, text: string): number {
  return offset - (/[^\r\n]*$/.exec(text.slice(0, offset))?.[0].length ?? 0);
}
