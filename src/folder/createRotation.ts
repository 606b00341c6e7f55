// A new rotation's folder: the intent, the baseline that is never written over, and the journal's first lines.
import type { Snapshot } from '../model/snapshot';
import type { Rotation } from '../model/rotation';
import { appendJournal, type Author } from './journal';
import { snapshotPath } from './names';
import { type FolderPort, toBytes, writeText } from './port';
import { renderJson } from './renderJson';
import { sha256 } from './sha256';

export const rotationPath = 'rotation.json';
export const attributesPath = '.gitattributes';

/** Git must not touch a line end: files are known by their hashes. */
export const attributes = '* -text\n';

export const ignorePath = '.gitignore';

/** A lock that came by Git would keep everybody out who is on another computer. */
export const ignored = '/rotation.lock\n';

export interface NewRotation extends Omit<Rotation, 'baseline'> {
  readonly baseline: { readonly snapshot: Snapshot; readonly text: string };
}

/** Writes the folder and returns the intent as written; undefined where a rotation lies there already. */
export async function createRotation(port: FolderPort, made: NewRotation): Promise<Rotation | undefined> {
  const path = snapshotPath(made.baseline.snapshot.taken);
  const rotation: Rotation = { ...made, baseline: { path, sha256: sha256(made.baseline.text) } };
  if (!(await port.create(rotationPath, toBytes(renderJson(rotation))))) return undefined;
  await writeText(port, attributesPath, attributes);
  await writeText(port, ignorePath, ignored);
  await writeText(port, path, made.baseline.text);
  const author = { at: made.created, by: made.by };
  await appendJournal(
    port,
    [
      { event: 'created', rotation: rotation.name },
      { event: 'snapshot', path, sha256: rotation.baseline.sha256 },
    ],
    author,
  );
  return rotation;
}

/** Adds a snapshot under a name of its own, and says so in the journal. Returns its path. */
export async function addSnapshot(
  port: FolderPort,
  { taken }: Snapshot,
  text: string,
  author: Author,
): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const path = snapshotPath(taken, attempt);
    if (await port.create(path, toBytes(text))) {
      await appendJournal(port, [{ event: 'snapshot', path, sha256: sha256(text) }], author);
      return path;
    }
  }
}

/** Writes a decision of a person into the intent, and into the journal. Returns the new intent. */
export async function decide(
  port: FolderPort,
  rotation: Rotation,
  { question, answer }: { readonly question: string; readonly answer: string },
  author: Author,
): Promise<Rotation> {
  const decided = { ...rotation, decisions: [...rotation.decisions, { question, answer, ...author }] };
  await writeText(port, rotationPath, renderJson(decided));
  await appendJournal(port, [{ event: 'decision', question, answer }], author);
  return decided;
}
