// npm run test:windows: the engine tests that can run in the real Windows PowerShell 5.1; says what it skips. Never run by its authors.
import { existsSync } from 'node:fs';
import path from 'node:path';

const program = path.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32\\WindowsPowerShell\\v1.0\\powershell.exe');
if (process.platform !== 'win32' || !existsSync(program)) {
  console.error('test:windows needs Windows with Windows PowerShell 5.1');
  process.exit(1);
}

const { installNodeModules } = await import('./install.mjs');
installNodeModules();
const { compile } = await import('./compile.mjs');
const { runMocha } = await import('./suite.mjs');
await compile();
console.log(
  'Skipped: every engine test but windowsPowerShell.test.ts. They need the lab, its state or its listeners, and run on Linux by npm run engine.',
);
runMocha('windows', {
  named: process.argv.slice(2),
  fallback: 'out/test/engine/windowsPowerShell.test.js',
  timeout: 60_000,
  environment: { POWERSHELL: program },
});
