// The one mutable object of the editor: the configurations, what was found, and the open rotation, as they are now.
import * as vscode from 'vscode';
import type { ParsedConfig } from '../config/parseConfig';
import type { Difference } from '../snapshot/difference';
import type { Found } from '../model/found';
import { newestLooks } from '../model/newestLooks';
import type { Observation } from '../model/observation';
import type { Snapshot } from '../model/snapshot';
import { words, type Said } from './face/say';
import type { ConfigChange } from './state/configWitness';
import { configPattern, findConfigs, sayLeft } from './state/findConfigs';
import { isConfig } from './state/isConfig';
import type { OpenRotation } from './state/openRotation';
import { tellFailure } from './startFailure';

export interface ConfigFile {
  readonly uri: vscode.Uri;
  readonly text: string;
  readonly parsed: ParsedConfig;
}

export interface Workspace {
  readonly dispose: () => void;
  readonly context: vscode.ExtensionContext;
  readonly onDidChange: vscode.Event<void>;
  /** No configuration and no rotation: there is nothing to show. */
  readonly isEmpty: boolean;
  /** Every configuration of the workspace, in the order of their paths. */
  readonly configs: readonly ConfigFile[];
  /** The one that the tree shows: the first one used, or the one chosen since; undefined where there is none, or none was chosen yet. */
  readonly config: (ConfigFile & { readonly wanted: ParsedConfig['wanted'] }) | undefined;
  /** How it was changed outside this window; nothing uses it before a person was asked. */
  readonly configChange: ConfigChange | undefined;
  readonly snapshot: Snapshot | undefined;
  readonly found: Found | undefined;
  readonly differences: readonly Difference[];
  /** The newest look at each endpoint: the open rotation's and this window's. */
  readonly observations: readonly Observation[];
  readonly rotation: OpenRotation | undefined;
  /** Why the rotation that was chosen is not open, in words. */
  readonly rotationProblem: Said | undefined;
  /** Reads for the first time, and from then on whenever something changes. */
  begin(): Promise<void>;
  /** Reads everything again from disk; concurrent calls share one reading. */
  refresh(): Promise<void>;
  /** Reads again, then writes what the plan says now: plan.json, plan.md and the scripts of the open rotation. */
  publish(): Promise<void>;
  useConfig(uri: vscode.Uri): Promise<void>;
  /** `folder` is the rotation's own; undefined closes the open one. */
  useRotation(folder: vscode.Uri | undefined): Promise<void>;
  /** Keeps what probes saw for this window, and in the journal of the open rotation where it may be written. */
  observed(observations: readonly Observation[]): Promise<void>;
}

/** Milliseconds without a key, after which a configuration that is being written is read again: a large one takes longer than a key. */
const calm = 150;
/** Under which the workspace's state keeps which configuration, and which rotation, was chosen. */
const configKey = 'config';
const rotationKey = 'rotation';

export type State = Pick<
  Workspace,
  'configs' | 'configChange' | 'snapshot' | 'found' | 'differences' | 'rotation' | 'rotationProblem'
> & {
  readonly config: ConfigFile | undefined;
};

/** What is to be read. */
export interface Reading {
  readonly configs: readonly vscode.Uri[];
  /** The configuration that the person chose to be shown. */
  readonly chosen: vscode.Uri | undefined;
  /** The folder of the open rotation. */
  readonly rotation: vscode.Uri | undefined;
  readonly seen: readonly Observation[];
  readonly before: State;
}

/** Loaded once there is something to read. */
export interface WorkspaceFiles {
  read(reading: Reading): Promise<State>;
  /** A configuration is about to be saved in this window. */
  saving(document: vscode.TextDocument): Promise<void>;
  /** A configuration was saved in this window. */
  saved(document: vscode.TextDocument): Promise<void>;
  /** Writes what the rotation's plan says now into its folder. */
  write(rotation: OpenRotation): Promise<void>;
  /** Empties what this window keeps of the rotation outside its folder, once it is open no more. */
  close(rotation: OpenRotation): Promise<void>;
}

export function createWorkspace(context: vscode.ExtensionContext, files: () => Promise<WorkspaceFiles>): Workspace {
  const changed = new vscode.EventEmitter<void>();
  let state = nothing;
  let seen: readonly Observation[] = [];
  let saidLeft = 0;
  let last: Promise<void> = Promise.resolve();
  let queued: Promise<void> | undefined;

  const kept = (key: string): vscode.Uri | undefined => {
    const text = context.workspaceState.get<string>(key);
    return text === undefined ? undefined : vscode.Uri.parse(text, true);
  };
  const read = async (): Promise<void> => {
    queued = undefined;
    const rotation = kept(rotationKey);
    try {
      const { configs, left } = await findConfigs(kept(configKey));
      saidLeft = sayLeft(left, saidLeft);
      // Nothing is loaded before the search, and in a folder without a configuration nothing ever is.
      state =
        configs.length === 0 && rotation === undefined
          ? nothing
          : await (await files()).read({ configs, chosen: kept(configKey), rotation, seen, before: state });
      if (kept(configKey) === undefined && state.config !== undefined) {
        // the first one used stays the one used, whatever else comes into the workspace
        await context.workspaceState.update(configKey, state.config.uri.toString());
      }
    } finally {
      // whatever happened: what was chosen can be closed, and another be chosen
      await setContexts(state, rotation !== undefined);
      changed.fire();
    }
  };
  /** One reading at a time; whoever asks while one waits for its turn shares that one. */
  const refresh = (): Promise<void> => {
    if (queued === undefined) {
      queued = last.then(read).catch((error: unknown) => tellFailure(words('The workspace could not be read.'), error));
      last = queued;
    }
    return queued;
  };

  const saved = async (document: vscode.TextDocument): Promise<void> => {
    await (await files()).saved(document);
    await refresh();
  };

  const publish = async (): Promise<void> => {
    await refresh();
    const { rotation } = state;
    if (rotation?.mayWrite === true) {
      await (await files()).write(rotation);
    }
  };

  const subscriptions: { dispose(): unknown }[] = [changed];
  return {
    context,
    onDidChange: changed.event,
    get isEmpty() {
      return state === nothing;
    },
    get configs() {
      return state.configs;
    },
    get config() {
      return state.config === undefined ? undefined : { ...state.config, wanted: state.config.parsed.wanted };
    },
    get configChange() {
      return state.configChange;
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
    get rotationProblem() {
      return state.rotationProblem;
    },
    get observations() {
      // only to be shown: what a rotation was told elsewhere and what was seen here stand in no common order but that of their times
      const looks = [...(state.rotation?.loaded.found.observations ?? []), ...seen];
      return newestLooks(looks.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)));
    },
    async begin() {
      subscriptions.push(
        watch(() => void refresh()),
        vscode.workspace.onWillSaveTextDocument((event) => {
          if (isConfig(event.document.uri)) event.waitUntil(files().then((all) => all.saving(event.document)));
        }),
        vscode.workspace.onDidSaveTextDocument((document) => void (isConfig(document.uri) && saved(document))),
      );
      await refresh();
    },
    refresh,
    publish,
    async useConfig(uri) {
      await context.workspaceState.update(configKey, uri.toString());
      await refresh();
    },
    async useRotation(folder) {
      // what its scripts wrote until now belongs into its record
      await refresh();
      const { rotation: before } = state;
      await context.workspaceState.update(rotationKey, folder?.toString());
      await publish();
      if (before !== undefined && before.folder !== state.rotation?.folder) {
        await (await files()).close(before);
      }
    },
    async observed(observations) {
      const { rotation } = state;
      // first of all: whatever becomes of the journal, nothing that was seen is lost
      seen = newestLooks([...seen, ...observations]);
      if (rotation?.mayWrite === true) {
        await rotation.journal(observations.map((observation) => ({ event: 'observation', observation })));
      }
      await refresh();
    },
    dispose: () => {
      vscode.Disposable.from(...subscriptions).dispose();
    },
  };
}

const nothing: State = {
  configs: [],
  config: undefined,
  configChange: undefined,
  snapshot: undefined,
  found: undefined,
  differences: [],
  rotation: undefined,
  rotationProblem: undefined,
};

/** What welcome texts and menus ask for. */
async function setContexts(
  { configs, config, rotation, rotationProblem }: State,
  choseRotation: boolean,
): Promise<void> {
  const set = (key: string, value: unknown): Thenable<unknown> =>
    vscode.commands.executeCommand('setContext', `exchangeCertificates.${key}`, value);
  const none = configs.length === 0 ? 'none' : 'unchosen';
  await set('config', config === undefined ? none : config.parsed.wanted === null ? 'broken' : 'ok');
  await set('hasConfig', config?.parsed.wanted != null);
  await set('severalConfigs', configs.length > (config === undefined ? 0 : 1));
  await set('hasRotation', rotation !== undefined);
  await set('choseRotation', choseRotation || rotation !== undefined || rotationProblem !== undefined);
}

/** Calls `act` once it was not asked to for so many milliseconds. */
function onceCalm(act: () => void, milliseconds: number): { readonly ask: () => void; readonly dispose: () => void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    ask: () => {
      clearTimeout(timer);
      timer = setTimeout(act, milliseconds);
    },
    dispose: () => {
      clearTimeout(timer);
    },
  };
}

/** Watchers are hints (docs/facts-editor.md#watchers): whatever they miss is read on focus, after a run, and on Refresh. */
function watch(hint: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(configPattern);
  const typed = onceCalm(hint, calm);
  return vscode.Disposable.from(
    watcher,
    typed,
    watcher.onDidChange(hint),
    watcher.onDidCreate(hint),
    watcher.onDidDelete(hint),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (isConfig(document.uri)) {
        typed.ask();
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
}
