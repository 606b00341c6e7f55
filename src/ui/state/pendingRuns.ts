// The runs of a rotation whose results may still come: kept outside its folder, so that no file in it can pass for one of theirs.
import * as fs from 'node:fs/promises';
import type * as vscode from 'vscode';
import type { ExpectedResult } from '../../evidence/believe';
import type { OwnResult } from '../../folder/takeInResults';
import { organizationRooms } from '../rooms';

/** A run that this window began, or a script that it prepared for a person to run by hand: then nothing is expected of it. */
export interface PendingRun {
  /** Full path of its folder. */
  readonly folder: string;
  readonly expected: ExpectedResult | null;
}

const key = (rotation: string): string => `runs:${rotation}`;

/** Those of the rotation at that folder, in the order in which they were begun. */
export function pendingRuns(memento: vscode.Memento, rotation: string): readonly PendingRun[] {
  const kept: unknown = memento.get(key(rotation));
  // an earlier version kept them by their ids, without a folder: their results are in nobody's
  return Array.isArray(kept) ? (kept as readonly PendingRun[]) : [];
}

export async function addPendingRun(memento: vscode.Memento, rotation: string, run: PendingRun): Promise<void> {
  await memento.update(key(rotation), [...pendingRuns(memento, rotation), run]);
}

export async function forgetRuns(
  memento: vscode.Memento,
  rotation: string,
  gone: (run: PendingRun) => boolean,
): Promise<void> {
  const left = pendingRuns(memento, rotation).filter((run) => !gone(run));
  await memento.update(key(rotation), left.length === 0 ? undefined : left);
}

/** What the run's script has written so far, one result where one is expected. */
export async function resultsOf({ folder, expected }: PendingRun): Promise<readonly OwnResult[]> {
  const { nodeFolder, resultsIn } = await organizationRooms();
  const found = (await resultsIn(nodeFolder(folder, fs))).map((one) => ({ ...one, expected: expected ?? undefined }));
  return expected === null ? found : found.slice(0, 1);
}
