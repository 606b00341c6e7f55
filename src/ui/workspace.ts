// The one mutable object of the editor: the configurations, what was found, and the open rotation, as they are now.
import * as vscode from 'vscode';
import type { ParsedConfig } from '../config/parseConfig';
import type { Difference } from '../snapshot/difference';
import type { Found } from '../model/found';
import type { Observation } from '../model/observation';
import type { Snapshot } from '../model/snapshot';
import { organizationRooms } from './rooms';
import { showFailure } from './output';
import { collectResults } from './collectResults';
import { openRotation, requireLock, type OpenRotation } from './openRotation';
import { readSnapshot } from './snapshotStore';

export interface ConfigFile {
  readonly uri: vscode.Uri;
  readonly text: string;
  readonly parsed: ParsedConfig;
}

export interface Workspace {
  readonly dispose: () => void;
  readonly context: vscode.ExtensionContext;
  readonly onDidChange: vscode.Event<void>;
  /** Every configuration of the workspace, in the order of their paths. */
  readonly configs: readonly ConfigFile[];
  /** The one that the tree shows; undefined where there is none. */
  readonly config: (ConfigFile & { readonly wanted: ParsedConfig['wanted'] }) | undefined;
  readonly snapshot: Snapshot | undefined;
  readonly found: Found | undefined;
  readonly differences: readonly Difference[];
  /** The newest look at each endpoint: the open rotation's, else this window's. */
  readonly observations: readonly Observation[];
  readonly rotation: OpenRotation | undefined;
  /** Reads everything again from disk; concurrent calls share one reading. */
  refresh(): Promise<void>;
  /** Reads again, then writes what the plan says now: plan.json, plan.md and the scripts of the open rotation. */
  publish(): Promise<void>;
  useConfig(uri: vscode.Uri): Promise<void>;
  /** `folder` is the rotation's own; undefined closes the open one. */
  useRotation(folder: vscode.Uri | undefined): Promise<void>;
  /** Keeps what probes saw: in the open rotation's journal, else for this window. */
  observed(observations: readonly Observation[]): Promise<void>;
}

const configPattern = '**/exchange-certificates.{yaml,yml}';
const configKey = 'config';
const rotationKey = 'rotation';

export function createWorkspace(context: vscode.ExtensionContext): Workspace {
  const changed = new vscode.EventEmitter<void>();
  let state = nothing;
  let seen: readonly Observation[] = [];
  let last: Promise<void> = Promise.resolve();
  let queued: Promise<void> | undefined;

  const read = async (): Promise<void> => {
    queued = undefined;
    state = await readState(context, seen, state.configs);
    await setContexts(state);
    changed.fire();
  };
  /** One reading at a time; whoever asks while one waits for its turn shares that one. */
  const refresh = (): Promise<void> => {
    if (queued === undefined) {
      queued = last.then(read).catch((error: unknown) => {
        showFailure(vscode.l10n.t('The workspace could not be read.'), error);
      });
      last = queued;
    }
    return queued;
  };

  const publish = async (): Promise<void> => {
    await refresh();
    const { rotation } = state;
    if (rotation !== undefined && !rotation.isForeign && vscode.workspace.isTrusted) {
      await requireLock(rotation.port);
      const { writeFolder } = await organizationRooms();
      await writeFolder(rotation.port, rotation.rendered);
    }
  };

  // Watchers are hints (design section 7): whatever they miss is read on focus, after a run, and on Refresh.
  const watcher = vscode.workspace.createFileSystemWatcher(configPattern);
  const hint = (): void => void refresh();
  const subscriptions = vscode.Disposable.from(
    changed,
    watcher,
    watcher.onDidChange(hint),
    watcher.onDidCreate(hint),
    watcher.onDidDelete(hint),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (isConfig(document.uri)) {
        hint();
      }
    }),
    // closed without saving, the file says again what the disk says
    vscode.workspace.onDidCloseTextDocument((document) => {
      if (isConfig(document.uri)) {
        hint();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(hint),
    // thresholds and ages are settings: what is shown follows them
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('exchangeCertificates')) {
        hint();
      }
    }),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) {
        hint();
      }
    }),
  );
  return {
    context,
    onDidChange: changed.event,
    get configs() {
      return state.configs;
    },
    get config() {
      return state.config === undefined ? undefined : { ...state.config, wanted: state.config.parsed.wanted };
    },
    get snapshot() {
      return state.snapshot;
    },
    get found() {
      return state.found;
    },
    get differences() {
      return state.differences;
    },
    get rotation() {
      return state.rotation;
    },
    get observations() {
      return state.rotation?.loaded.found.observations ?? seen;
    },
    refresh,
    publish,
    async useConfig(uri) {
      await context.workspaceState.update(configKey, uri.toString());
      await refresh();
    },
    async useRotation(folder) {
      await context.workspaceState.update(rotationKey, folder?.toString());
      await publish();
    },
    async observed(observations) {
      if (state.rotation !== undefined && vscode.workspace.isTrusted) {
        await state.rotation.journal(observations.map((observation) => ({ event: 'observation', observation })));
      } else {
        seen = newestOf([...seen, ...observations]);
      }
      await refresh();
    },
    dispose: () => {
      subscriptions.dispose();
    },
  };
}

/** The last of each endpoint. */
function newestOf(observations: readonly Observation[]): readonly Observation[] {
  const newest = new Map(
    observations.map((one) => {
      const { protocol, host, port } = one.endpoint;
      return [`${one.server ?? ''} ${protocol} ${host} ${port}`, one] as const;
    }),
  );
  return [...newest.values()];
}

type State = Pick<Workspace, 'configs' | 'snapshot' | 'found' | 'differences' | 'rotation'> & {
  readonly config: ConfigFile | undefined;
};

const nothing: State = {
  configs: [],
  config: undefined,
  snapshot: undefined,
  found: undefined,
  differences: [],
  rotation: undefined,
};

/** Whether `uri` is a configuration by its name. */
export function isConfig(uri: vscode.Uri): boolean {
  return /\/exchange-certificates\.ya?ml$/i.test(uri.path);
}

async function readState(
  context: vscode.ExtensionContext,
  seen: readonly Observation[],
  before: readonly ConfigFile[],
): Promise<State> {
  const uris = (await vscode.workspace.findFiles(configPattern, '**/node_modules/**')).sort((one, other) =>
    one.path < other.path ? -1 : 1,
  );
  const folder = context.workspaceState.get<string>(rotationKey);
  // After the search, so that start-up loads neither yaml nor zod, and a folder without a configuration never does.
  if (uris.length === 0 && folder === undefined) return nothing;
  const rooms = await organizationRooms();
  const texts = await Promise.all(uris.map(async (uri) => ({ uri, text: await textOf(uri) })));
  // a large configuration takes longer to parse than the host may be held, and is the same after most readings
  const configs = texts.flatMap(({ uri, text }) =>
    text === undefined
      ? []
      : [
          before.find((one) => one.text === text && one.uri.toString() === uri.toString()) ?? {
            uri,
            text,
            parsed: rooms.parseConfig(text),
          },
        ],
  );
  const chosen = context.workspaceState.get<string>(configKey);
  const config = configs.find(({ uri }) => uri.toString() === chosen) ?? configs[0];
  const rotation = folder === undefined ? undefined : await currentRotation(context, vscode.Uri.parse(folder, true));
  const snapshot = config === undefined ? undefined : await readSnapshot(context, config.uri);
  const found =
    rotation?.loaded.found ??
    (snapshot === undefined ? undefined : { ...rooms.foundFrom(snapshot), observations: seen });
  const wanted = config?.parsed.wanted;
  const differences = wanted && found ? rooms.compareWithConfig(wanted, found) : [];
  return { configs, config, snapshot, found, differences, rotation };
}

/** The rotation with every result taken in that came since it was last read. */
async function currentRotation(
  context: vscode.ExtensionContext,
  folder: vscode.Uri,
): Promise<OpenRotation | undefined> {
  const rotation = await openRotation(folder, context.workspaceState);
  const mayWrite = rotation !== undefined && !rotation.isForeign && vscode.workspace.isTrusted;
  return mayWrite && (await collectResults(context, rotation))
    ? openRotation(folder, context.workspaceState)
    : rotation;
}

/** The text as the user sees it: an open document may hold what is not saved yet. undefined where the file went away since it was found. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) {
    return open.getText();
  }
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') {
      return undefined;
    }
    throw error;
  }
}

/** What welcome texts and menus ask for. */
async function setContexts({ config, rotation }: State): Promise<void> {
  const set = (key: string, value: unknown): Thenable<unknown> =>
    vscode.commands.executeCommand('setContext', `exchangeCertificates.${key}`, value);
  await set('config', config === undefined ? 'none' : config.parsed.wanted === null ? 'broken' : 'ok');
  await set('hasConfig', config?.parsed.wanted != null);
  await set('hasRotation', rotation !== undefined);
}
