// npm start: the sample organization and a real editor on its workspace; prints the password and the address, and stays until Ctrl+C.
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
const { prepareWorkspace } = require(path.join(root, 'out/test/editor/workspace.js'));
const { samplePassword } = require(path.join(root, 'out/test/lab/organization.js'));

const ended = new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
});
const sample = await prepareWorkspace();
try {
  const editor = await startEditor({
    ...sample,
    extension: root,
    settings: { ...sample.settings, 'workbench.reduceMotion': 'auto' },
  });
  try {
    console.log(`workspace ${sample.workspace}`);
    console.log(`The password of the sample's PFX files is ${samplePassword}`);
    console.log(`ready ${editor.url()}`);
    // A pending promise alone does not keep Node running.
    const awake = setInterval(() => {}, 1 << 30);
    await ended;
    clearInterval(awake);
  } finally {
    await editor.stop();
  }
} finally {
  await sample.stop();
}
