// npm run docs: writes docs/lab-table.md from the lab's table; a test holds the two together.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { installNodeModules } from './install.mjs';

installNodeModules();
const { compile, root } = await import('./compile.mjs');
await compile();
const require = createRequire(import.meta.url);
const { readLabTable } = require(path.join(root, 'out/test/lab/table.js'));
const { renderLabTable } = require(path.join(root, 'out/test/lab/tableDocument.js'));
const file = path.join(root, 'docs/lab-table.md');
mkdirSync(path.dirname(file), { recursive: true });
writeFileSync(file, renderLabTable(readLabTable()));
console.log(`wrote ${path.relative(root, file)}`);
