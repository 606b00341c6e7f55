// Runs one mocha suite in a child process and tells what it counted; a suite that wrote no results has failed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from './compile.mjs';

/** The file in which a suite leaves its results as JSON: `{ passed, failed, tests: [{ title, state, ms }] }`. */
export function resultsFile(suite) {
  const folder = path.join(root, 'test/.artifacts/results');
  mkdirSync(folder, { recursive: true });
  return path.join(folder, `${suite}.json`);
}

/** The results a suite wrote, or null where there are none or they count no test. */
export function readResults(suite) {
  try {
    const results = JSON.parse(readFileSync(resultsFile(suite), 'utf8'));
    return results.passed + results.failed > 0 ? results : null;
  } catch {
    return null;
  }
}

/**
 * Runs mocha over compiled files and ends this process with its verdict.
 * `named` are folders or files of test as typed on the command line; mocha's own options may stand among them.
 */
export function runMocha(suite, { named = [], fallback, ignored = [], timeout = 20_000, environment = {} }) {
  const results = resultsFile(suite);
  rmSync(results, { force: true });
  const options = named.filter((argument) => argument.startsWith('-') || !/^(\.\/)?(test|src)\b/.test(argument));
  const places = named.filter((argument) => !options.includes(argument));
  const files = places.length > 0 ? places.map(compiled) : [fallback];
  const mocha = path.join(root, 'node_modules/mocha/bin/mocha.js');
  const child = spawnSync(
    process.execPath,
    [
      ...['--enable-source-maps', mocha, '--reporter', path.join(root, 'test/run/reporter.cjs')],
      ...['--timeout', String(timeout), '--forbid-only', ...options],
      ...(places.length > 0 ? [] : ignored.flatMap((pattern) => ['--ignore', pattern])),
      ...files,
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, RESULTS_FILE: results, ...environment } },
  );
  finish(suite, child.status ?? 1);
}

/** Prints the suite's count and ends this process: 0 only if tests ran and none failed. */
export function finish(suite, status) {
  const counted = readResults(suite);
  console.log(
    counted ? `${suite}: ${counted.passed} passed, ${counted.failed} failed` : `${suite}: no test was counted`,
  );
  process.exit(status !== 0 || !counted || counted.failed > 0 ? 1 : 0);
}

function compiled(name) {
  const place = name.replace(/^\.\//, '').replace(/\/$/, '');
  return place.endsWith('.ts') ? `out/${place.slice(0, -3)}.js` : `out/${place}/**/*.test.js`;
}
