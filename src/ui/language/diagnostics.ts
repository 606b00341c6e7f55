// The problems of each configuration as diagnostics, at the range where they stand; the rooms judge, this only translates.
import * as vscode from 'vscode';
import { positionOf, type EntryPosition } from '../../config/positions';
import type { Difference } from '../../snapshot/difference';
import { differenceWords } from '../face/detailWords';
import { diagnosticAt } from '../face/diagnostic';
import { rangesIn } from '../face/textRange';
import type { ConfigFile, Workspace } from '../workspace';
import { problemWords } from './problemWords';

/** Shows what is known now, and anew with each change of the workspace, until it is disposed. */
export function showDiagnostics(workspace: Workspace): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('exchange-certificates');
  const show = (): void => {
    collection.clear();
    for (const file of workspace.configs) {
      collection.set(file.uri, [
        ...ofText(file),
        ...ofSnapshot(file, file === workspace.config ? workspace.differences : []),
      ]);
    }
  };
  show();
  return vscode.Disposable.from(collection, workspace.onDidChange(show));
}

function ofText({ parsed, text }: ConfigFile): vscode.Diagnostic[] {
  const rangeOf = rangesIn(text);
  return parsed.problems.map((problem) => {
    const { severity, code } = problem;
    return diagnosticAt(rangeOf(problem.range), { severity, code, message: problemWords(problem) });
  });
}

/** What the snapshot says of an entry stands at the entry's name. */
function ofSnapshot({ parsed, text }: ConfigFile, differences: readonly Difference[]): vscode.Diagnostic[] {
  const rangeOf = rangesIn(text);
  return differences.flatMap((difference) => {
    const position = placeOf(difference, parsed.positions);
    if (position === undefined) {
      return [];
    }
    const { severity, code, subject } = difference;
    const words = differenceWords(difference);
    const message = subject.kind === 'receive-connector' ? `${subject.identity}: ${words}` : words;
    return [diagnosticAt(rangeOf(position.nameRange), { severity, code, message })];
  });
}

/** The entry a difference is about; undefined where it is about none. */
export function placeOf({ subject }: Difference, positions: readonly EntryPosition[]): EntryPosition | undefined {
  if (subject.kind === 'organization') {
    return undefined;
  }
  return subject.name === null ? undefined : positionOf(positions, subject.kind, subject.name);
}
