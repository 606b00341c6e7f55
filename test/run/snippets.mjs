// Writes media/snippets/exchange.code-snippets from the table in src/powershell/snippets.ts; a test holds them together.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { compile, root } from './compile.mjs';

await compile();
const { renderSnippets } = createRequire(import.meta.url)(path.join(root, 'out/src/powershell/snippets.js'));
writeFileSync(path.join(root, 'media/snippets/exchange.code-snippets'), renderSnippets());
