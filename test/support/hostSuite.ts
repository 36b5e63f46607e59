import fs from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

/** Runs the suites of a built folder inside the extension host; rejecting makes the run fail. */
export async function runSuites(folder: string): Promise<void> {
  process.setSourceMapsEnabled(true);
  const mocha = new Mocha({
    timeout: 90_000,
    color: false,
    reporter: path.resolve(folder, '../../../test/support/reporter.cjs'),
    ...(process.env['MOCHA_GREP'] ? { grep: process.env['MOCHA_GREP'] } : {}),
  });
  const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter(name => name.endsWith('.test.js')).sort()) mocha.addFile(path.join(folder, file));

  await new Promise<void>((resolve, reject) => {
    mocha.run(failures => {
      if (failures > 0) reject(new Error(`${failures} tests failed`));
      else resolve();
    });
  });
}
