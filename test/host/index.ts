import fs from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

const projectFolder = path.resolve(__dirname, '../../..');

/** What VS Code calls inside the extension host; rejecting makes the run fail. */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const mocha = new Mocha({
    timeout: 90_000,
    color: false,
    reporter: path.join(projectFolder, 'test/support/reporter.cjs'),
    ...(process.env['MOCHA_GREP'] ? { grep: process.env['MOCHA_GREP'] } : {}),
  });
  const files = fs.readdirSync(__dirname, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter(name => name.endsWith('.test.js')).sort()) mocha.addFile(path.join(__dirname, file));

  await new Promise<void>((resolve, reject) => {
    mocha.run(failures => {
      if (failures > 0) reject(new Error(`${failures} tests failed`));
      else resolve();
    });
  });
}
