// npm run fuzz [TARGET …] [-- --seconds N] [--seed N] [--case N]: reads changed files for ten minutes a target, and prints how to make a failure again.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { compile, root } from './compile.mjs';
import { stop } from './commands.mjs';

await compile();
const load = (file) => import(pathToFileURL(path.join(root, 'out/test/fuzz', file)).href);
const { targets } = (await load('targets.js')).default;
const { runFuzz } = (await load('runFuzz.js')).default;

const named = [];
const given = { seconds: 600, seed: Math.floor(Math.random() * 2 ** 31) };
const words = process.argv.slice(2);
while (words.length > 0) {
  const word = words.shift();
  if (!word.startsWith('--')) named.push(word);
  else {
    const value = Number(words.shift());
    if (!['--seconds', '--seed', '--case'].includes(word) || !Number.isFinite(value)) {
      stop('usage: npm run fuzz [TARGET …] [-- --seconds N] [--seed N] [--case N]');
    }
    given[word.slice(2)] = value;
  }
}
const unknown = named.find((name) => !Object.hasOwn(targets, name));
if (unknown !== undefined) stop(`There is no target ${unknown}. Targets: ${Object.keys(targets).join(', ')}.`);

let failures = 0;
for (const target of named.length > 0 ? named : Object.keys(targets)) {
  const order = {
    target,
    seed: given.seed,
    milliseconds: given.seconds * 1000,
    ...(given.case !== undefined && { only: given.case }),
  };
  const end = await runFuzz(order);
  if (end.kind === 'done') {
    console.log(
      `${target}: ${end.cases} cases, seed ${given.seed}, slowest ${Math.round(end.slowest)} ms (case ${end.slowestAt})`,
    );
  } else {
    failures += 1;
    console.log(`${target}: FAILED: npm run fuzz ${target} -- --seed ${given.seed} --case ${end.at}\n  ${end.why}`);
  }
}
process.exit(failures === 0 ? 0 : 1);
