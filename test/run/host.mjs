// Runs the tests inside a real extension host: VS Code's where there is one, else code-server's with Chromium; says which.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { installCodeServer } from './install.mjs';
import { build, compile, root } from './compile.mjs';
import { buildLab } from './lab.mjs';
import { finish, readResults, resultsFile } from './suite.mjs';

const minutes = 5;
const require = createRequire(import.meta.url);

await compile();
build();
buildLab();

const results = resultsFile('host');
rmSync(results, { force: true });
const { prepareWorkspace, writeUserSettings } = require(path.join(root, 'out/test/editor/workspace.js'));
const sample = await prepareWorkspace();
const environment = { RESULTS_FILE: results, HOST_TESTS: process.argv.slice(2).join(' '), ...sample.environment };
const tests = path.join(root, 'out/test/host/index.js');

// VS Code needs a display, and its download a network: neither is asked for where a run could not use it.
const executable = process.env.VSCODE_EXECUTABLE;
const hasDisplay =
  process.platform !== 'linux' ||
  (Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY) && process.getuid() !== 0);
let status;
try {
  status = executable || hasDisplay ? await runInVsCode() : null;
  if (status === null) status = await runInCodeServer();
} finally {
  await sample.stop();
}
for (const test of readResults('host')?.tests ?? []) {
  if (test.state === 'failed') console.log(`  FAILED ${test.title}\n${test.error.replace(/^/gm, '    ')}`);
}
finish('host', status);

/** Answers the exit code, or null where VS Code cannot be downloaded. */
async function runInVsCode() {
  const { downloadAndUnzipVSCode, runTests } = await import('@vscode/test-electron');
  let program = executable;
  if (!program) {
    try {
      program = await downloadAndUnzipVSCode();
    } catch (error) {
      console.log(`host: VS Code cannot be downloaded (${error.message})`);
      return null;
    }
  }
  console.log(`host: VS Code, ${program}`);
  const profile = mkdtempSync(path.join(os.tmpdir(), 'exchange-certificates-vscode-'));
  try {
    await writeUserSettings(profile, sample.settings);
    return await runTests({
      vscodeExecutablePath: program,
      extensionDevelopmentPath: root,
      extensionTestsPath: tests,
      extensionTestsEnv: environment,
      launchArgs: [sample.workspace, '--disable-workspace-trust', '--disable-extensions', '--user-data-dir', profile],
    });
  } catch (error) {
    console.log(String(error));
    return 1;
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

async function runInCodeServer() {
  process.env.CODE_SERVER_FOLDER = installCodeServer();
  const { version } = require(path.join(process.env.CODE_SERVER_FOLDER, 'node_modules/code-server/package.json'));
  console.log(`host: code-server ${version} with Chromium`);
  const { runInHost } = require(path.join(root, 'out/test/editor/hostRunner.js'));
  const artifacts = path.join(root, 'test/.artifacts');
  const code = await runInHost({
    ...{
      workspace: sample.workspace,
      settings: sample.settings,
      extension: root,
      tests,
      minutes,
      artifacts,
      environment,
    },
  });
  if (code === 124) console.log(`host: the run did not end in ${minutes} minutes; see host-timeout.png`);
  if (code !== 0) console.log(`host: logs are in ${artifacts}: host.log, host-logs/`);
  return code;
}
