// npm start: the sample organization and a real editor on its workspace; prints the password and the address, and stays until Ctrl+C.
// With --no-editor it keeps the workspace in test/.artifacts/sample for an editor of your own (.vscode/launch.json).
import { createRequire } from 'node:module';
import path from 'node:path';
import { installAll, installCodeServer } from './install.mjs';

installAll();
const { build, compile, root } = await import('./compile.mjs');
const { buildLab } = await import('./lab.mjs');
await compile();
build();
buildLab();

process.env.CODE_SERVER_FOLDER = installCodeServer();
const require = createRequire(import.meta.url);
const { startEditor } = require(path.join(root, 'out/test/editor/server.js'));
const { keepWorkspace, prepareWorkspace } = require(path.join(root, 'out/test/editor/workspace.js'));
const { samplePassword } = require(path.join(root, 'out/test/lab/organization.js'));

const ended = new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
});
/** Waits for Ctrl+C; a pending promise alone does not keep Node running. */
async function untilEnded() {
  const awake = setInterval(() => {}, 1 << 30);
  await ended;
  clearInterval(awake);
}

const sample = await prepareWorkspace();
const password = `The password of the sample's PFX files is ${samplePassword}`;
try {
  if (process.argv.includes('--no-editor')) {
    const workspace = path.join(root, 'test/.artifacts/sample');
    await keepWorkspace(sample, workspace);
    console.log(`${password}\nready ${workspace}`);
    await untilEnded();
  } else {
    await openEditor();
  }
} finally {
  await sample.stop();
}

async function openEditor() {
  const settings = { ...sample.settings, 'workbench.reduceMotion': 'auto' };
  const editor = await startEditor({ ...sample, extension: root, settings });
  try {
    console.log(`workspace ${sample.workspace}\n${password}\nready ${editor.url()}`);
    await untilEnded();
  } finally {
    await editor.stop();
  }
}
