// Reads the configurations, what was found, and the open rotation from disk, and writes what the rotation's plan says now.
import * as vscode from 'vscode';
import type { FileProblem } from '../../folder/readFile';
import { collectResults, emptyRunFolders } from './collectResults';
import { configChange, configSaved, type ConfigChange } from './configWitness';
import { fileText } from './fileText';
import { openRotation, type ClosedRotation, type OpenRotation } from './openRotation';
import { say, words } from '../face/say';
import { organizationRooms } from '../rooms';
import { releaseLocks, requireLock } from './rotationLock';
import { log } from '../output';
import { removeStaleRuns } from '../shell/runFolders';
import { readSnapshot } from './snapshotStore';
import type { ConfigFile, WorkspaceFiles } from '../workspace';

export function workspaceFiles(context: vscode.ExtensionContext): WorkspaceFiles {
  let removing: Promise<void> | undefined;
  return {
    async read({ configs: uris, chosen, rotation: folder, seen, before }) {
      const rooms = await organizationRooms();
      const texts = await Promise.all(uris.map(async (uri) => ({ uri, text: await textOf(uri) })));
      // a large configuration takes longer to parse than the host may be held, and is the same after most readings
      const configs = texts.flatMap(({ uri, text }) =>
        text === undefined
          ? []
          : [
              before.configs.find((one) => one.text === text && one.uri.toString() === uri.toString()) ?? {
                uri,
                text,
                parsed: rooms.parseConfig(text),
              },
            ],
      );
      await releaseLocks(folder?.fsPath);
      const opened = folder === undefined ? undefined : await currentRotation(context, folder);
      const rotation = opened !== undefined && 'plan' in opened ? opened : undefined;
      // what is run and looked at is the rotation's own organization, whichever was chosen before
      const shown = opened?.config ?? chosen;
      // several and none chosen, or the chosen one gone: no other takes its place before a person says so
      const config =
        shown === undefined && configs.length === 1
          ? configs[0]
          : configs.find(({ uri }) => uri.toString() === shown?.toString());
      const change = config && (await changeOf(config, context.workspaceState));
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
async function changeOf({ uri, parsed }: ConfigFile, memento: vscode.Memento): Promise<ConfigChange | undefined> {
  const text = await fileText(uri);
  return text === undefined ? undefined : configChange(uri, text, parsed.wanted, memento);
}

/** The rotation with every result taken in that came since it was last read. */
async function currentRotation(
  context: vscode.ExtensionContext,
  folder: vscode.Uri,
): Promise<OpenRotation | ClosedRotation | undefined> {
  const opened = await openRotation(folder, context.workspaceState);
  return opened !== undefined && 'plan' in opened && opened.mayWrite && (await collectResults(context, opened))
    ? openRotation(folder, context.workspaceState)
    : opened;
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

/** The text as the user sees it: an open document may hold what is not saved yet. undefined where the file went away since it was found. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  return open?.getText() ?? fileText(uri);
}
