// What a run of steps needs of this window: its terminal, its dialogs, its probe and its conversion.
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Thumbprint } from '../../model/names';
import type { Observation } from '../../model/observation';
import type { Step } from '../../model/plan';
import { stepKinds } from '../../model/stepKinds';
import type { GivenFiles, KnownRotation, RunPort, TerminalPort } from '../../runner/port';
import { commands } from '../commands';
import { log } from '../output';
import { freeTerminal } from '../shell/freeTerminal';
import { keyFolderPath, makeKeyFolder } from '../shell/keyFolder';
import { makeRunFolder } from '../shell/runFolders';
import { runIn } from '../shell/runScript';
import type { OpenRotation } from '../state/openRotation';
import { addPendingRun } from '../state/pendingRuns';
import type { Workspace } from '../workspace';
import { confirm } from './confirm';

/** Of whichever rotation is open when it is asked. */
export function windowPort(workspace: Workspace): RunPort {
  /** For what is asked only while one is open. */
  const open = (): OpenRotation => {
    if (workspace.rotation === undefined) {
      throw new Error(vscode.l10n.t('The rotation was closed.'));
    }
    return workspace.rotation;
  };
  return {
    rotation: {
      known: () => {
        const { rotation } = workspace;
        return rotation && { ...rotation, results: rotation.loaded.results, mayBegin: mayBegin(rotation) };
      },
      refresh: () => workspace.refresh(),
      publish: () => workspace.publish(),
      journal: (events) => open().journal(events),
      expect: (result, { path: folder }) =>
        addPendingRun(workspace.context.workspaceState, open().folder, { folder, expected: result }),
    },
    terminal: terminalPort(open, workspace.context),
    confirm: (step) => confirm(step, open()),
    probe: async (step, planned) =>
      (await vscode.commands.executeCommand<readonly Observation[] | undefined>(commands.checkEndpoints, {
        subject: {
          server: step.target.server,
          endpoints: step.endpoints,
          ...(planned !== undefined && { planned }),
        },
      })) ?? [],
    convert: async () =>
      (
        await vscode.commands.executeCommand<{ readonly thumbprint: Thumbprint } | undefined>(
          commands.convertForWindowsServer2016,
          { uri: vscode.Uri.file(pfxOf(open())).toString(), isForPlan: true },
        )
      )?.thumbprint,
    progress: ({ id, kind, target }) => log().info(`step ${id}: ${kind} ${target.server ?? target.connector ?? ''}`),
  };
}

/** As `mayGoOn` asks about it at the command. */
function mayBegin({ configChange, isForeign, owesSnapshot, lockedBy }: OpenRotation): KnownRotation['mayBegin'] {
  if (configChange !== undefined) return 'config-changed';
  if (isForeign) return 'written-elsewhere';
  if (owesSnapshot) return 'owes-snapshot';
  return lockedBy === undefined ? true : 'locked';
}

function terminalPort(open: () => OpenRotation, context: vscode.ExtensionContext): TerminalPort {
  return {
    givenFiles: (step) => givenFiles(step, open()),
    free: async () => {
      const rotation = open();
      const name = terminalName(rotation);
      const terminal = await freeTerminal(name, context.workspaceState);
      return (
        terminal && {
          makeFolder: async (run) => {
            const folder = await makeRunFolder(context, rotation.folder, run, await terminal.processId);
            return 'refused' in folder ? { refused: folder.refused.text } : folder;
          },
          run: async ({ folder, script, ...call }) => {
            const run = {
              ...call,
              terminal: name,
              script: path.join(folder.path, script),
              results: path.join(folder.path, 'results'),
            };
            return (await runIn(terminal, run, context.workspaceState)).end;
          },
        }
      );
    },
  };
}

export function terminalName(rotation: OpenRotation): string {
  return vscode.l10n.t('Rotation {0}', rotation.loaded.rotation.name);
}

/** Files outside the folder are arguments, never paths within a script; `missing` is the converted copy that is not there. */
export async function givenFiles(
  step: Step,
  rotation: OpenRotation,
): Promise<GivenFiles | { readonly missing: string }> {
  const { given } = stepKinds[step.kind];
  if (given === 'pfx') {
    const isConverted = 'source' in step && step.source === 'converted';
    return isConverted ? convertedCopy(step.thumbprint) : { pfx: pfxOf(rotation) };
  }
  return given === 'key-folder' ? { keyFolder: (await makeKeyFolder()).path } : {};
}

async function convertedCopy(thumbprint: Thumbprint): Promise<GivenFiles | { readonly missing: string }> {
  const copy = path.join(keyFolderPath(), `${thumbprint}-converted.pfx`);
  const isThere = await fs.access(copy).then(
    () => true,
    () => false,
  );
  return isThere ? { pfx: copy } : { missing: copy };
}

/** The PFX itself, as the terminal names it. */
function pfxOf(rotation: OpenRotation): string {
  return path.join(rotation.folder, rotation.loaded.rotation.to.pfx.path);
}
