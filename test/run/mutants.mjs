// npm run mutants: breaks the product on purpose, one small patch at a time, and asks whether a unit or engine test notices.
//
// test/mutants/NAME.patch: the first line says what is broken; a line `Tests: test/plan test/engine/quoting.test.ts` names what must
// turn red; then a diff of at most three changed lines that still compiles.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { compile, root } from './compile.mjs';
import { buildLab } from './lab.mjs';
import { finish, resultsFile } from './suite.mjs';
import { typeChecker } from './typeChecker.mjs';

const limitSeconds = 360;
const folder = path.join(root, 'test/mutants');
const only = process.argv.slice(2);

await compile();
buildLab();
const began = Date.now();
const mutants = readdirSync(folder)
  .filter((file) => file.endsWith('.patch') && (only.length === 0 || only.some((name) => file.includes(name))))
  .sort()
  .map(readMutant);
const copy = copyTree();
const types = typeChecker(copy);
const tests = [];
try {
  // A test that is red anyway would kill every mutant; where the suites have just run, they have told.
  const clean = process.env.SUITES_TOLD ? undefined : runTests([...new Set(mutants.flatMap((mutant) => mutant.tests))]);
  if (clean) record('the unbroken tree passes the tests that the mutants name', clean.green ? null : clean.output);
  const typed = types.said([]);
  record('the unbroken tree compiles', typed === '' ? null : typed);
  if (clean?.green !== false && typed === '')
    for (const mutant of mutants) record(`${mutant.name}: ${mutant.title}`, judge(mutant));
} finally {
  rmSync(copy, { recursive: true, force: true });
}
const seconds = Math.round((Date.now() - began) / 1000);
record(`all within ${limitSeconds} s (${seconds} s)`, seconds <= limitSeconds ? null : `took ${seconds} s`);

const failed = tests.filter((test) => test.state === 'failed').length;
writeFileSync(resultsFile('mutants'), JSON.stringify({ passed: tests.length - failed, failed, tests }, null, 1));
finish('mutants', 0);

/** Null where a test noticed the break, else why this is no kill. */
function judge(mutant) {
  if (mutant.changed > 3) return `changes ${mutant.changed} lines; three are allowed`;
  if (mutant.tests.length === 0) return 'names no tests';
  if (mutant.tests.some((name) => !/^test\/(?!host|browser|packaged)/.test(name)))
    return 'names tests that are neither unit nor engine tests';
  const applied = spawnSync('git', ['apply', '--whitespace=nowarn', mutant.file], { cwd: copy, encoding: 'utf8' });
  if (applied.status !== 0) return `does not apply: ${applied.stderr}`;
  try {
    const said = types.said(mutant.files);
    if (said !== '') return `does not compile: ${said}`;
    const { green } = runTests(mutant.tests);
    return green ? 'SURVIVED: no test noticed' : null;
  } finally {
    spawnSync('git', ['apply', '--whitespace=nowarn', '--reverse', mutant.file], { cwd: copy });
  }
}

/** Runs unit tests first, as they are quicker; stops at the first red one. */
function runTests(names) {
  const isEngine = (name) => name.startsWith('test/engine');
  let output = '';
  for (const [script, part] of [
    ['test/run/unit.mjs', names.filter((name) => !isEngine(name))],
    ['test/run/engine.mjs', names.filter(isEngine)],
  ]) {
    if (part.length === 0) continue;
    const run = inCopy([script, '--bail', ...part]);
    output += run.stdout + run.stderr;
    if (run.status !== 0) return { green: false, output };
  }
  return { green: true, output };
}

function inCopy(args) {
  return spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8', maxBuffer: 1 << 28 });
}

function record(title, error) {
  tests.push({ title, state: error === null ? 'passed' : 'failed', ms: 0, ...(error !== null && { error }) });
  console.log(error === null ? `  ${title}` : `  FAILED ${title}\n${error.replace(/^/gm, '    ')}`);
}

function readMutant(file) {
  const text = readFileSync(path.join(folder, file), 'utf8');
  const lines = text.split('\n');
  const count = (sign) => lines.filter((line) => line.startsWith(sign) && !line.startsWith(sign.repeat(3))).length;
  return {
    name: path.basename(file, '.patch'),
    file: path.join(folder, file),
    title: lines[0] ?? '',
    tests: /^Tests: (.*)$/m.exec(text)?.[1]?.split(/\s+/).filter(Boolean) ?? [],
    files: lines.filter((line) => line.startsWith('+++ b/')).map((line) => line.slice('+++ b/'.length).trim()),
    changed: Math.max(count('+'), count('-')),
  };
}

/** A copy of what git tracks or would track, with the packages by a link. */
function copyTree() {
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  const to = mkdtempSync(path.join(os.tmpdir(), 'exchange-certificates-mutants-'));
  // git still lists what was deleted and not yet committed
  for (const file of listed.stdout.split('\0').filter((name) => name !== '' && existsSync(path.join(root, name)))) {
    mkdirSync(path.dirname(path.join(to, file)), { recursive: true });
    cpSync(path.join(root, file), path.join(to, file));
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(to, 'node_modules'));
  return to;
}
