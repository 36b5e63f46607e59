import { writeFileSync } from 'node:fs';
import { closeEditors, connect, removeConnections, startSandbox } from '../../test/host/commands';
import type { Measurement } from '../measurement';
import { longAnswer } from './longAnswer';
import { smallAnswer } from './smallAnswer';

/** What VS Code calls inside the extension host. */
export async function run(): Promise<void> {
  const sandbox = await startSandbox();
  try {
    await removeConnections();
    await connect(sandbox.login);
    const measurements: Measurement[] = await smallAnswer();
    await closeEditors();
    measurements.push(...(await longAnswer(sandbox.login)));
    await removeConnections();
    writeFileSync(process.env['FXIAOKE_BENCH_RESULTS'] ?? '', JSON.stringify(measurements));
  } finally {
    sandbox.process.kill();
  }
}
