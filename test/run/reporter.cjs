// A mocha reporter: a line for each failure as it happens, a dot for each pass, and all results as JSON in the file RESULTS_FILE names.
const { writeFileSync } = require('node:fs');

module.exports = class {
  constructor(runner) {
    const tests = [];
    const say = (text) => process.stdout.write(text);
    const record = (test, state, error) =>
      tests.push({ title: test.fullTitle(), state, ms: test.duration ?? 0, ...(error && { error }) });
    runner.on('pass', (test) => {
      record(test, 'passed');
      say('.');
    });
    runner.on('fail', (test, error) => {
      record(test, 'failed', describe(error));
      say(`\n  FAILED ${test.fullTitle()}\n${indent(describe(error))}\n`);
    });
    runner.on('pending', (test) => {
      record(test, 'failed', 'skipped');
      say(`\n  FAILED ${test.fullTitle()}: a skipped test counts as failed\n`);
    });
    runner.once('end', () => {
      say('\n');
      const failed = tests.filter((test) => test.state === 'failed').length;
      const result = { passed: tests.length - failed, failed, tests };
      if (process.env.RESULTS_FILE) writeFileSync(process.env.RESULTS_FILE, JSON.stringify(result, null, 1));
      else say(`${result.passed} passed, ${result.failed} failed\n`);
    });
  }
};

function describe(error) {
  const difference =
    error?.actual !== undefined && error?.expected !== undefined && !error.message?.includes('\n')
      ? `\nactual:   ${show(error.actual)}\nexpected: ${show(error.expected)}`
      : '';
  return `${error?.stack ?? String(error)}${difference}`;
}

function show(value) {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === undefined ? String(value) : text.slice(0, 2000);
}

function indent(text) {
  return text.replace(/^/gm, '    ');
}
