import type { Fault, FaultEffect } from './faults';

export const faultGrammar = '<path or its end, or *>:<errorCode|drop|html|truncated|timeout|delay=MS>[@N|*][!]';

// The path may hold anything but a colon; `@N` is how many calls, `*` all; `!` carries the call out.
const form = /^([^:\s]+):(?:(-?\d+)|(drop|html|truncated|timeout)|delay=(\d+))(?:@(\d+)|(\*))?(!)?$/;

/** Reads a fault as the command line has it, for example `data/query:50009@3`; undefined when it is not one. */
export function parseFault(text: string): Fault | undefined {
  const [, path, code, answer, delay, times, always, carriedOut] = form.exec(text) ?? [];
  if (path === undefined || code === '0') return undefined;
  const effect: FaultEffect =
    code !== undefined
      ? { errorCode: Number(code) }
      : delay !== undefined
        ? { delay: Number(delay) }
        : { answer: answer as 'drop' | 'html' | 'truncated' | 'timeout' };
  const number = always === undefined ? (times === undefined ? undefined : Number(times)) : Infinity;
  return {
    path,
    ...effect,
    ...(number !== undefined && { times: number }),
    ...(carriedOut !== undefined && { carriedOut: true }),
  };
}

/** The inverse of `parseFault`. */
export function printFault(fault: Fault): string {
  const effect =
    'errorCode' in fault ? String(fault.errorCode) : 'delay' in fault ? `delay=${fault.delay}` : fault.answer;
  const times = fault.times === Infinity ? '*' : fault.times === undefined ? '' : `@${fault.times}`;
  return `${fault.path}:${effect}${times}${fault.carriedOut === true ? '!' : ''}`;
}
