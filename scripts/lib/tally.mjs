import fs from 'node:fs';

/** What test/support/reporter.cjs wrote about a mocha run, made honest: a run that died or ran nothing has failed. */
export function readTally(file, { ok, reason }) {
  let tally;
  try {
    tally = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, failures: [ok ? 'no test ran' : `no test ran: ${reason}`] };
  }
  const { passed, failed, failures, ended } = tally;
  const problem = findProblem();
  return { passed, failed: failed + (problem ? 1 : 0), failures: problem ? [...failures, problem] : failures };

  function findProblem() {
    if (!ended) return `the run did not come to its end: ${reason ?? 'it stopped early'}`;
    if (passed + failed === 0) return 'no test ran';
    if (!ok && failed === 0) return `no test failed, but the run did: ${reason}`;
    return undefined;
  }
}
