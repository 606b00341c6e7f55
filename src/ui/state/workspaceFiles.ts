// Reads the configurations, what was found, and the open rotation from disk, and writes what the rotation's plan says now.
import type * as vscode from 'vscode';
import type { FileProblem } from '../../folder/readFile';
import { collectResults, emptyRunFolders } from './collectResults';
import { configChange, configSaved, configSaving, wasSeen, type ConfigChange } from './configWitness';
import { fileText } from './fileText';
import { openRotation, type ClosedRotation, type OpenRotation } from './openRotation';
import { say, words } from '../face/say';
import { log } from '../output';
import { organizationRooms } from '../rooms';
import { readConfig } from './readConfig';
import { releaseLocks, requireLock } from './rotationLock';
import { removeStaleRuns } from '../shell/runFolders';
import { readSnapshot } from './snapshotStore';
import type { ConfigFile, WorkspaceFiles } from '../workspace';

export function workspaceFiles(context: vscode.ExtensionContext): WorkspaceFiles {
  let removing: Promise<void> | undefined;
  return {
    async read({ configs: uris, chosen, rotation: folder, seen, before }) {
      const rooms = await organizationRooms();
      await releaseLocks(folder?.fsPath).catch((error: unknown) => {
        log().error(error instanceof Error ? error.message : String(error));
      });
      const opened = folder === undefined ? undefined : await currentRotation(context, folder);
      const rotation = opened !== undefined && 'plan' in opened ? opened : undefined;
      // the rotation's own is read wherever it lies: nothing is shown or run by another's
      const isFound = uris.some((uri) => uri.toString() === opened?.config?.toString());
      const wantedUris = opened?.config === undefined || isFound ? uris : [...uris, opened.config];
      const configs = await readConfigs(wantedUris, before.configs);
      // what is run and looked at is the rotation's own organization, whichever was chosen before
      const shown = opened?.config ?? chosen;
      // several and none chosen, or the chosen one gone: no other takes its place before a person says so
      const config =
        shown === undefined && configs.length === 1
          ? configs[0]
          : configs.find(({ uri }) => uri.toString() === shown?.toString());
      const change = config && (await changeOf(config, context.workspaceState));
      // of the others, too: what is saved over a change that came by the disk is no answer to it
      const others = configs.filter((other) => other !== config && wasSeen(other.uri, context.workspaceState));
      await Promise.all(others.map((other) => changeOf(other, context.workspaceState)));
      const snapshot = config === undefined ? undefined : await readSnapshot(context, config.uri);
      const found =
        rotation?.loaded.found ??
        (snapshot === undefined ? undefined : { ...rooms.foundFrom(snapshot), observations: seen });
      const wanted = config?.parsed.wanted;
      const differences = wanted && found ? rooms.compareWithConfig(wanted, found) : [];
      // after the results of the open rotation were taken in; nobody waits for it
      removing ??= removeStaleRuns(context).catch((error: unknown) =>
        log().warn('old runs could not be removed', error),
      );
      const rotationProblem = opened !== undefined && 'problem' in opened ? opened.problem : undefined;
      return { configs, config, configChange: change, snapshot, found, differences, rotation, rotationProblem };
    },
    saving: (document) => configSaving(document, context.workspaceState),
    saved: (document) => configSaved(document, context.workspaceState),
    async write({ folder, port, rendered, loaded, situation }) {
      await requireLock({ folder, port });
      const { reportMarkdown, reportPath, writeFolder } = await organizationRooms();
      const report = reportMarkdown(situation, loaded.journal);
      const { problems } = await writeFolder(port, new Map([...rendered, [reportPath, report]]));
      // what runs is compared before it runs: a plan or a report that another program holds ends no run
      if (problems.length > 0) {
        sayUnwritten(problems);
      }
    },
    close: ({ folder }) => emptyRunFolders(context, folder),
  };
}

/** By what is on disk: what a person types here and has not saved is no change from elsewhere. */
async function changeOf({ uri }: ConfigFile, memento: vscode.Memento): Promise<ConfigChange | undefined> {
  // what can't be read is no longer what was seen
  const text = await fileText(uri).catch(() => '');
  return text === undefined ? undefined : configChange(uri, text, memento);
}

/** The rotation with every result taken in that came since it was last read. */
async function currentRotation(
  context: vscode.ExtensionContext,
  folder: vscode.Uri,
): Promise<OpenRotation | ClosedRotation | undefined> {
  try {
    const opened = await openRotation(folder, context.workspaceState);
    return opened !== undefined && 'plan' in opened && opened.mayWrite && (await collectResults(context, opened))
      ? await openRotation(folder, context.workspaceState)
      : opened;
  } catch (error) {
    // whatever its files hold: the window goes on, and another rotation can be opened
    const why = error instanceof Error ? error.message : String(error);
    log().error(`rotation ${folder.fsPath}`, error instanceof Error ? (error.stack ?? why) : why);
    return { problem: words('The rotation {0} cannot be read: {1}', folder.fsPath, why) };
  }
}

function sayUnwritten(problems: readonly FileProblem[]): void {
  const [{ path, code, detail } = { path: '', code: '', detail: '' }] = problems;
  void say.warning(
    words(
      '{0} of the rotation could not be written: {1}. Files that could not be written: {2}. What this window shows is right; Refresh writes again.',
      path,
      detail === '' ? code : detail,
      problems.length,
    ),
  );
}

/** Those that are there still since they were found. */
async function readConfigs(uris: readonly vscode.Uri[], before: readonly ConfigFile[]): Promise<readonly ConfigFile[]> {
  const read = await Promise.all(
    uris.map(async (uri): Promise<readonly ConfigFile[]> => {
      const known = before.find((one) => one.uri.toString() === uri.toString());
      const config = await readConfig(uri, known);
      return config === undefined ? [] : config === known ? [known] : [{ ...config, uri }];
    }),
  );
  return read.flat();
}
