// npm start [ORGANIZATION]: the sample organization, or the one named, and a real editor on its workspace; prints how to break it and the
// address, and stays until Ctrl+C. With --no-editor it keeps the workspace in test/.artifacts/sample, and in test/.artifacts/profile the settings
// that name the lab's shell, for an editor of your own (.vscode/launch.json).
import { createRequire } from 'node:module';
import path from 'node:path';
import { installAll, installCodeServer } from './install.mjs';

await installAll();
const { build, compile, root } = await import('./compile.mjs');
const { buildLab } = await import('./lab.mjs');
await compile();
build();
buildLab();

process.env.CODE_SERVER_FOLDER = installCodeServer();
const require = createRequire(import.meta.url);
const { startEditor } = require(path.join(root, 'out/test/editor/server.js'));
const { keepWorkspace, prepareOrganization } = require(path.join(root, 'out/test/editor/workspace.js'));
const { organizationNamed, startText } = require(path.join(root, 'out/test/lab/command/labCommand.js'));
const { noteRunning } = require(path.join(root, 'out/test/lab/command/runningLab.js'));

const ended = new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
});
/** Waits for Ctrl+C; a pending promise alone does not keep Node running. */
async function untilEnded() {
  const awake = setInterval(() => {}, 1 << 30);
  await ended;
  clearInterval(awake);
}

const made = organizationNamed(process.argv.slice(2).find((word) => !word.startsWith('-')));
const sample = await prepareOrganization(made);
const forget = await noteRunning({ data: sample.lab.data, organization: made.name });
const say = (workspace) => console.log(startText(made, workspace, process.stdout.columns ?? 120));
try {
  if (process.argv.includes('--no-editor')) {
    const workspace = path.join(root, 'test/.artifacts/sample');
    await keepWorkspace(sample, workspace, path.join(root, 'test/.artifacts/profile'));
    say(workspace);
    console.log(`ready ${workspace}`);
    await untilEnded();
  } else {
    await openEditor();
  }
} finally {
  await forget();
  await sample.stop();
}

async function openEditor() {
  const settings = { ...sample.settings, 'workbench.reduceMotion': 'auto' };
  const editor = await startEditor({ ...sample, extension: root, settings });
  try {
    say(sample.workspace);
    console.log(`ready ${editor.url()}`);
    await untilEnded();
  } finally {
    await editor.stop();
  }
}
