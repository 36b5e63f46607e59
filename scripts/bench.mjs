// Measures the client and the sandbox, prints a table and writes test-results/bench-results.json:
//   npm run bench [-- gets | pages | rate | server | tree | records | language | answer | activation …]
import { prepare } from './lib/prepare.mjs';
import { runNode } from './lib/run.mjs';

try {
  prepare();
  // The production build: what is measured is what ships.
  const built = await runNode(['esbuild.js', '--production', '--bench']);
  const ran = built.ok && (await runNode(['--expose-gc', 'out/bench/main.js', ...process.argv.slice(2)]));
  process.exitCode = ran && ran.ok ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
