import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { activation } from './activation';
import { answer } from './answer';
import { gets } from './gets';
import { language, openInThisThread } from './language';
import { isMet, table, type Measurement } from './measurement';
import { pages } from './pages';
import { rate } from './rate';
import { records } from './records';
import { server } from './server';
import { tree } from './tree';

/** What the project sets goals for: docs/benchmarks.md. */
const topics: Readonly<Record<string, () => Promise<Measurement[]>>> = {
  gets,
  pages,
  rate,
  server,
  tree,
  records,
  language,
  answer,
  activation,
};

const file = path.resolve('test-results/bench-results.json');

async function main(): Promise<void> {
  const given = process.argv.slice(2);
  const unknown = given.find(name => !Object.hasOwn(topics, name));
  if (unknown !== undefined) throw new Error(`There is no "${unknown}"; there are ${Object.keys(topics).join(', ')}.`);
  const measurements: Measurement[] = [];
  for (const [name, measure] of Object.entries(topics)) {
    if (given.length > 0 && !given.includes(name)) continue;
    console.log(`measuring ${name} …`);
    measurements.push(...(await measure()));
  }
  console.log(`\n${table(measurements)}\n`);
  save(measurements);
  if (measurements.some(each => isMet(each) === false)) process.exitCode = 1;
}

function save(measurements: readonly Measurement[]): void {
  const [cpu] = os.cpus();
  const machine = { node: process.version, cpu: cpu?.model, cores: os.cpus().length, load: os.loadavg()[0] };
  const results = measurements.map(each => ({ ...each, met: isMet(each) }));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ date: new Date().toISOString(), machine, results }, undefined, 2)}\n`);
  console.log(`Written to ${path.relative('.', file)}`);
}

(isMainThread ? main() : openInThisThread()).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
