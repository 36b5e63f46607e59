import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Found } from './host/activation';
import { median, type Measurement } from './measurement';
import { inWindow } from './window';

const windows = 10;

/** The extension in fresh windows of a real VS Code, by turns with windows that do not have it. */
export async function activation(): Promise<Measurement[]> {
  const empty = fs.mkdtempSync(path.join(os.tmpdir(), 'fx-empty-'));
  const manifest = { name: 'empty', publisher: 'fxiaoke-bench', version: '0.0.1', engines: { vscode: '*' } };
  fs.writeFileSync(path.join(empty, 'package.json'), JSON.stringify(manifest));
  const ours: Found[] = [];
  const without: Found[] = [];
  try {
    for (let n = 0; n < windows; n++) {
      ours.push(await inWindow<Found>({ entry: 'activation.js' }));
      without.push(await inWindow<Found>({ entry: 'activation.js', extension: empty }));
    }
  } finally {
    fs.rmSync(empty, { recursive: true, force: true });
  }
  return measurements(ours, without);
}

function measurements(ours: readonly Found[], without: readonly Found[]): Measurement[] {
  const time = (step: 'load' | 'activate', of: 'clock' | 'own') =>
    median(ours.map(found => found.times?.[step][of] ?? NaN));
  const memory = (of: 'resident' | 'heap') =>
    median(ours.map((found, n) => found.memory[of] - (without[n]?.memory[of] ?? NaN)));
  return [
    { what: 'loading the extension in a fresh window', value: time('load', 'clock'), unit: 'ms', goal: { atMost: 15 } },
    { what: "of that, the thread's own", value: time('load', 'own'), unit: 'ms' },
    { what: 'activating it', value: time('activate', 'clock'), unit: 'ms', goal: { atMost: 15 } },
    { what: "of that, the thread's own", value: time('activate', 'own'), unit: 'ms' },
    {
      what: 'extension host with its tree shown / without it: resident, beyond',
      value: memory('resident'),
      unit: 'MB',
      goal: { atMost: 12 },
    },
    { what: 'of that, on the heap', value: memory('heap'), unit: 'MB' },
  ];
}
