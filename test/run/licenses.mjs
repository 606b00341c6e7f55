// npm run licenses: lists the packages that ship in the bundle and writes THIRD-PARTY-NOTICES, which the VSIX carries.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { installNodeModules } from './install.mjs';

installNodeModules();
const { compile, root } = await import('./compile.mjs');
await compile();
const { noticesText, shippedPackages } = createRequire(import.meta.url)(path.join(root, 'out/test/notices.js'));
const packages = shippedPackages();
for (const { name, version, license } of packages) console.log(`${name} ${version}, ${license}`);
writeFileSync(path.join(root, 'THIRD-PARTY-NOTICES'), noticesText(packages));
