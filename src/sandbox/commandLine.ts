import type { Fault } from './faults';
import { faultGrammar, parseFault } from './faultText';
import type { SandboxOptions } from './server';

const usage =
  'Usage: sandbox [--port N] [--records N] [--seed N] [--data DIR] [--rate-limit on|off] [--token-limit on|off] ' +
  '[--token-life SECONDS] [--daily-quota N] [--refuse CODE] [--fault FAULT]...';

type Parsed = { options: SandboxOptions } | { problem: string };

type NumberOption = 'port' | 'records' | 'seed' | 'tokenLife' | 'dailyQuota' | 'refuse';
const numbers = new Map<string, { key: NumberOption; least?: number; most: number }>([
  ['--port', { key: 'port', most: 65_535 }],
  ['--records', { key: 'records', most: 50_000_000 }],
  ['--seed', { key: 'seed', most: 4_294_967_295 }],
  ['--token-life', { key: 'tokenLife', least: 1, most: 1_000_000 }],
  ['--daily-quota', { key: 'dailyQuota', most: 1_000_000_000 }],
  ['--refuse', { key: 'refuse', least: 1, most: 999_999 }],
]);
const switches = new Map<string, 'rateLimit' | 'tokenLimit'>([
  ['--rate-limit', 'rateLimit'],
  ['--token-limit', 'tokenLimit'],
]);

/** Reads the command line (`--name value` or `--name=value`) and the environment, where secrets may be given. */
export function parseCommandLine(args: readonly string[], environment: NodeJS.ProcessEnv): Parsed {
  const options: SandboxOptions = {};
  const { FXIAOKE_SANDBOX_APP_SECRET: appSecret, FXIAOKE_SANDBOX_PERMANENT_CODE: permanentCode } = environment;
  if (appSecret) options.appSecret = appSecret;
  if (permanentCode) options.permanentCode = permanentCode;
  const words = args.flatMap(arg => (arg.startsWith('--') && arg.includes('=') ? splitOnce(arg) : [arg]));
  for (let i = 0; i < words.length; i += 2) {
    const [name = '', value] = [words[i], words[i + 1]];
    const problem = take(options, name, value);
    if (problem !== undefined) return { problem: `${problem} ${usage}` };
  }
  return { options };
}

function take(options: SandboxOptions, name: string, value: string | undefined): string | undefined {
  const number = numbers.get(name);
  const toggle = switches.get(name);
  if (!number && !toggle && name !== '--fault' && name !== '--data') return `Unknown argument ${name}.`;
  if (value === undefined) return `${name} needs a value.`;
  if (number) {
    const { least = 0 } = number;
    if (!/^\d+$/.test(value) || Number(value) < least || Number(value) > number.most) {
      return `${name} needs a whole number from ${least} to ${number.most}, not ${value}.`;
    }
    options[number.key] = Number(value);
  } else if (toggle) {
    if (value !== 'on' && value !== 'off') return `${name} needs on or off, not ${value}.`;
    options[toggle] = value === 'on';
  } else if (name === '--data') {
    if (value === '') return '--data needs a folder.';
    options.data = value;
  } else {
    const fault: Fault | undefined = parseFault(value);
    if (!fault) return `--fault needs ${faultGrammar}, not ${value}.`;
    options.faults = [...(options.faults ?? []), fault];
  }
  return undefined;
}

function splitOnce(arg: string): string[] {
  const at = arg.indexOf('=');
  return [arg.slice(0, at), arg.slice(at + 1)];
}
