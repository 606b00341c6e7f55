// Writes media/exchange-certificates.schema.json from the schema that parsing uses; a test holds the two together.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { compile, root } from './compile.mjs';

await compile();
const { jsonSchema } = createRequire(import.meta.url)(path.join(root, 'out/src/config/schema.js'));
const file = path.join(root, 'media/exchange-certificates.schema.json');
writeFileSync(file, `${JSON.stringify(jsonSchema(), null, 2)}\n`);
console.log(`wrote ${path.relative(root, file)}`);
