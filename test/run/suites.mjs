// Runs suites and adds up what each wrote; a suite that counted nothing is a failure.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { root } from './compile.mjs';
import { readResults, resultsFile } from './suite.mjs';

// These say yes or no by their exit code alone: they count as a failure, but never as tests passed.
const uncounted = ['check'];

/** All others may run while the editor is installed. */
const needEditor = ['host', 'browser', 'package:test'];

/**
 * Runs `npm run SUITE` for each, a list among them at once, all of them whatever fails; answers the sum and prints the five slowest
 * tests. `editor` says whether the editor is installed, once the first suite needs it.
 */
export async function runSuites(suites, editor) {
  const total = { passed: 0, failed: 0 };
  const tests = [];
  for (const group of suites) {
    for (const { suite, results, failed } of await Promise.all([group].flat().map((one) => runSuite(one, editor)))) {
      total.passed += results.passed;
      total.failed += failed;
      tests.push(...results.tests.map((test) => ({ ...test, suite })));
    }
  }
  console.log('\nThe five slowest tests:');
  for (const { suite, title, ms } of tests.sort((a, b) => b.ms - a.ms).slice(0, 5)) {
    console.log(`${(ms / 1000).toFixed(1).padStart(7)} s  ${suite}: ${title}`);
  }
  return total;
}

const nothing = { passed: 0, failed: 0, tests: [] };

/** What one suite counted, and how many failures that makes: a suite that died or counted nothing is one that no test names. */
async function runSuite(suite, editor) {
  console.log(`\n== ${suite}`);
  // `package:test` writes its results as `package`
  const [name = suite] = suite.split(':');
  rmSync(resultsFile(name), { force: true });
  if (needEditor.includes(suite) && !(await editor)) {
    console.log(`== ${suite} FAILED: the editor could not be installed`);
    return { suite, results: nothing, failed: 1 };
  }
  const began = Date.now();
  const status = await npmRun(suite);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  const results = uncounted.includes(suite) ? nothing : readResults(name);
  const isUnnamed = !results || (status !== 0 && results.failed === 0);
  if (isUnnamed) console.log(`== ${suite} FAILED with exit code ${status}${results ? '' : ', and counted no test'}`);
  console.log(`== ${suite}: ${seconds} s`);
  return { suite, results: results ?? nothing, failed: isUnnamed ? 1 : results.failed };
}

/** Prints the last line and sets the exit code. */
export function closingLine({ passed, failed }) {
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  console.log(`${passed} passed, ${failed} failed`);
}

function npmRun(script) {
  const child = spawn('npm', ['run', '--silent', script], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('close', (code) => resolve(code ?? 1));
  });
}
