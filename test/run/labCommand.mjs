// npm run lab [ORGANIZATION]: the simulated organization and a workspace for it, until Ctrl+C; npm run lab -- COMMAND: a command for the one that runs.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { demandTools, installNodeModules } from './install.mjs';

demandTools();
installNodeModules();
const { compileIfOld, root } = await import('./compile.mjs');
const { buildLab } = await import('./lab.mjs');
const words = process.argv.slice(2);
const isForRunning = ['fault', 'state', 'log', 'reset', 'shell'].includes(words[0]);
await compileIfOld();
const require = createRequire(import.meta.url);
const out = (file) => require(path.join(root, 'out/test', file));
const command = out('lab/command/labCommand.js');
const { UsageError } = out('lab/command/faults.js');
const width = process.stdout.columns ?? 120;

try {
  if (words[0] === 'list') console.log(command.organizationList(width));
  else if (words[0] === 'shell') await shell();
  else if (isForRunning) console.log(await command.runLabCommand(words, width));
  else await start(command.organizationNamed(words[0]));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 64;
}

async function shell() {
  const args = await command.shellArguments(words);
  buildLab();
  const { labProgram } = out('lab/labProgram.js');
  process.exitCode = spawnSync(labProgram(), args, { stdio: 'inherit' }).status ?? 1;
}

async function start(made) {
  buildLab();
  const { keepWorkspace, prepareOrganization } = out('editor/workspace.js');
  const { noteRunning } = out('lab/command/runningLab.js');
  const ended = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
  });
  const sample = await prepareOrganization(made);
  const workspace = path.join(root, 'test/.artifacts/lab', made.name);
  const profile = path.join(root, 'test/.artifacts/profile');
  await keepWorkspace(sample, workspace, profile);
  const forget = await noteRunning({ data: sample.lab.data, organization: made.name });
  console.log(command.startText(made, workspace, width));
  console.log(`VS Code with the lab's shell: code --user-data-dir ${profile} ${workspace}\nready`);
  const awake = setInterval(() => {}, 1 << 30);
  await ended;
  clearInterval(awake);
  await forget();
  await sample.stop();
}
