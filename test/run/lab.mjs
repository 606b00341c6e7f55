// Builds the lab's program, the simulated organization, where its sources are newer than it.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { root } from './compile.mjs';
import { dotnetEnvironment } from './install.mjs';

const folder = path.join(root, 'test/lab');
const program = path.join(folder, 'engine/bin/Release/net10.0/lab');

/** Builds in Release, as labProgram() in test/lab/organization.ts expects; ends the process where it does not compile. */
export function buildLab() {
  if (existsSync(program) && newestSource() < statSync(`${program}.dll`).mtimeMs) return;
  const project = path.join(folder, 'engine/Lab.csproj');
  const built = spawnSync('dotnet', ['build', '-c', 'Release', '--nologo', '-v', 'quiet', project], {
    encoding: 'utf8',
    env: dotnetEnvironment(),
  });
  if (built.status === 0) return;
  console.error((built.stdout ?? '') + (built.stderr ?? '') + (built.error ? built.error.message : ''));
  console.error('the lab does not build');
  process.exit(1);
}

function newestSource() {
  return readdirSync(folder, { recursive: true })
    .filter((file) => /\.(cs|csproj|psm1|psd1)$/.test(file) && !/(^|[\\/])(bin|obj)[\\/]/.test(file))
    .reduce((newest, file) => Math.max(newest, statSync(path.join(folder, file)).mtimeMs), 0);
}
