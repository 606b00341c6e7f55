// npm run bench: runs every test/bench/*.mjs and prints each figure beside its budget and its peer, on this many cores.
//
// A bench exports `run()`, which resolves to rows `{ what, value, unit, budget, peer?: { what, value } }`; a row without a budget is
// only told. It may import what `out/` holds (src and test, compiled) and `dist/`. Over budget: exit code 1.
import { readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { installCodeServer, installNodeModules } from './install.mjs';

installNodeModules();
const { build, compile, root } = await import('./compile.mjs');
const { buildLab } = await import('./lab.mjs');
await compile();
build();
buildLab();
if (process.platform === 'linux') process.env.CODE_SERVER_FOLDER = installCodeServer();

const cores = os.availableParallelism();
console.log(`${cores} cores, ${os.cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}\n`);
const folder = path.join(root, 'test/bench');
const only = process.argv.slice(2);
let over = 0;
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('.mjs'))
  .sort()) {
  if (only.length > 0 && !only.some((name) => file.includes(name))) continue;
  const { run } = await import(pathToFileURL(path.join(folder, file)).href);
  for (const row of await run()) {
    const exceeded = row.budget !== undefined && row.value > row.budget;
    if (exceeded) over += 1;
    const figures = [
      `${show(row.value)} ${row.unit}`,
      ...(row.budget === undefined ? [] : [`budget ${show(row.budget)} ${row.unit}`]),
      ...(row.peer === undefined ? [] : [`${row.peer.what} ${show(row.peer.value)} ${row.unit}`]),
    ];
    console.log(`${exceeded ? 'OVER ' : '     '}${row.what}: ${figures.join(' | ')}`);
  }
}
console.log(`\n${over === 0 ? 'all within budget' : `${over} over budget`}, on ${cores} cores`);
process.exit(over === 0 ? 0 : 1);

function show(value) {
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}
