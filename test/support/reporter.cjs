'use strict';
// Mocha's Spec reporter, which also keeps a tally in the file that MOCHA_TALLY_FILE names: scripts/test.mjs adds
// them up. It is written after every test, so that a run which dies leaves what it had, without `ended`.
const fs = require('node:fs');
const Mocha = require('mocha');

const { EVENT_TEST_PASS, EVENT_TEST_FAIL, EVENT_TEST_PENDING, EVENT_RUN_END } = Mocha.Runner.constants;

module.exports = class TallyReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.MOCHA_TALLY_FILE;
    if (!file) return;
    const tally = { passed: 0, failed: 0, pending: 0, failures: [], ended: false };
    const write = () => fs.writeFileSync(file, JSON.stringify(tally));
    const count = (event, take) =>
      runner.on(event, test => {
        take(test);
        write();
      });
    count(EVENT_TEST_PASS, () => tally.passed++);
    count(EVENT_TEST_PENDING, () => tally.pending++);
    count(EVENT_TEST_FAIL, test => {
      tally.failed++;
      tally.failures.push(test.fullTitle());
    });
    count(EVENT_RUN_END, () => (tally.ended = true));
  }
};
