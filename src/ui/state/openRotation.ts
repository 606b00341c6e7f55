// The rotation that is open: its folder read whole, its plan and states now, and the one way to write into it.
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Author } from '../../folder/journal';
import type { LoadedRotation } from '../../folder/loadRotation';
import type { FolderPort } from '../../folder/port';
import type { FileProblem } from '../../folder/readFile';
import type { Situation } from '../../evidence/situation';
import { toTime } from '../../model/names';
import type { Plan } from '../../model/plan';
import type { JournalEvent } from '../../model/result';
import type { Wanted } from '../../model/wanted';
import { words, type Said } from '../face/say';
import { configChange, type ConfigChange } from './configWitness';
import { organizationRooms } from '../rooms';
import { readConfigOnDisk } from './readConfig';
import { lockedBy, requireLock } from './rotationLock';
import { inTurn, isWitnessed, owesSnapshot, rotationFolder, type Witness } from './rotationWitness';

export interface OpenRotation {
  /** Full path of the folder. */
  readonly folder: string;
  readonly port: FolderPort;
  /** What a person of this window would believe by going on with it. */
  readonly seen: Witness;
  /** Intent or journal are not as this window left them: nothing is run or written until a person goes on with them. */
  readonly isForeign: boolean;
  /** A person went on with what was written elsewhere: nothing begins before a snapshot came. */
  readonly owesSnapshot: boolean;
  /** The configuration is on disk otherwise than this window last saw it: nothing is run or written until a person says that it is used. */
  readonly configChange: ConfigChange | undefined;
  /** Who else writes into it, in words. */
  readonly lockedBy: Said | undefined;
  /** Nothing of that but an owed snapshot, and the workspace is trusted. */
  readonly mayWrite: boolean;
  readonly config: vscode.Uri;
  readonly loaded: LoadedRotation;
  readonly wanted: Wanted;
  readonly plan: Plan;
  readonly situation: Situation;
  /** What stands in each file that is made from the plan, by path within the folder. */
  readonly rendered: ReadonlyMap<string, string>;
  /** Adds lines to the journal, in order. Rejects in plain words when another window holds the lock. */
  readonly journal: (events: readonly JournalEvent[]) => Promise<void>;
}

/** A rotation that was chosen and can't be shown. */
export interface ClosedRotation {
  /** Why, in words. */
  readonly problem: Said;
  /** Its configuration, where that much is known. */
  readonly config?: vscode.Uri;
}

/** `user@host` and the time: who writes, and when. */
export function author(now = new Date()): Author {
  return { at: toTime(now), by: `${os.userInfo().username}@${os.hostname()}` };
}

/** The rotation at `folder` as it is on disk now; undefined where there is none. */
export async function openRotation(
  folder: vscode.Uri,
  memento: vscode.Memento,
  readConfig = readConfigOnDisk,
): Promise<OpenRotation | ClosedRotation | undefined> {
  if (folder.scheme !== 'file') {
    return undefined;
  }
  const rooms = await organizationRooms();
  const port = await rotationFolder(folder.fsPath, memento);
  const intent = await rooms.readRotation(port);
  if ('problem' in intent) {
    return intent.problem.code === 'missing' ? undefined : { problem: unreadable(folder.fsPath, intent.problem) };
  }
  const config = vscode.Uri.file(path.join(folder.fsPath, intent.value.config.path));
  const configured = await readConfig(config);
  if (configured === undefined) {
    return {
      problem: words(
        'The rotation {0} names the configuration {1}, which is not there: nothing is planned without it.',
        intent.value.name,
        config.fsPath,
      ),
    };
  }
  const { text: configText, parsed } = configured;
  const readers = { ...rooms, parseConfig: () => parsed };
  const place = { folder: folder.fsPath, port };
  const now = toTime(new Date());
  const { read, isForeign } = await inTurn(place.folder, async () => {
    const here = await rooms.loadRotation(port, { readers, configText, now });
    return { read: here, isForeign: !('value' in here) || !isWitnessed(place.folder, witnessOf(here.value), memento) };
  });
  // what this window never saw is believed only of a rotation that is as this window left it
  const change = await configChange(config, configText, memento, isForeign);
  if ('problem' in read) {
    return { problem: unreadable(folder.fsPath, read.problem), config };
  }
  const loaded = read.value;
  if (loaded.intent.config.path !== intent.value.config.path) {
    return {
      problem: words(
        '{0} was changed while it was read: it names another configuration than before. Refresh to read it again.',
        path.join(folder.fsPath, rooms.rotationPath),
      ),
    };
  }
  const { baseline, found, rotation, runs, wanted } = loaded;
  if (wanted === null) {
    return {
      problem: words(
        'The configuration of the rotation {0} has errors: nothing is planned until they are mended.',
        rotation.name,
      ),
      config,
    };
  }
  const other = await lockedBy(place);
  const plan = rooms.plan({ wanted, baseline, found, rotation, inputs: loaded.inputs(now) });
  return {
    ...place,
    seen: witnessOf(loaded),
    isForeign,
    owesSnapshot: owesSnapshot(place.folder, memento),
    configChange: change,
    lockedBy: other,
    mayWrite: vscode.workspace.isTrusted && !isForeign && change === undefined && other === undefined,
    config,
    loaded,
    wanted,
    plan,
    situation: { plan, found, rotation, now, runs },
    rendered: rooms.renderFolder(plan, { rotation, wanted, found }),
    journal: async (events) => {
      await requireLock(place);
      await rooms.appendJournal(port, events, author());
    },
  };
}

function witnessOf({ journalHead, intentHash }: LoadedRotation): Witness {
  return { journal: journalHead, intent: intentHash };
}

function unreadable(folder: string, { path: file, code, detail }: FileProblem): Said {
  if (code === 'newer-version') {
    return words(
      '{0} was written by a newer version of Exchange Certificates (format {1}). Update the extension, then continue this rotation.',
      path.join(folder, file),
      detail,
    );
  }
  return words('{0} cannot be read: {1}.', path.join(folder, file), detail === '' ? code : detail);
}
