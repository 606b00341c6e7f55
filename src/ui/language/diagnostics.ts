// The problems of each configuration as diagnostics, at the range where they stand; the rooms judge, this only translates.
import * as vscode from 'vscode';
import type { Severity } from '../../config/problem';
import { positionOf, type EntryPosition } from '../../config/positions';
import type { Difference } from '../../snapshot/difference';
import { differenceWords } from '../face/detailWords';
import { rangeIn } from '../face/textRange';
import type { ConfigFile, Workspace } from '../workspace';
import { problemWords } from './problemWords';

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

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

function ofText(file: ConfigFile): vscode.Diagnostic[] {
  return file.parsed.problems.map((problem) => {
    const diagnostic = new vscode.Diagnostic(
      rangeIn(file.text, problem.range),
      problemWords(problem),
      severities[problem.severity],
    );
    diagnostic.source = 'Exchange Certificates';
    diagnostic.code = problem.code;
    return diagnostic;
  });
}

/** What the snapshot says of an entry stands at the entry's name. */
function ofSnapshot(file: ConfigFile, differences: readonly Difference[]): vscode.Diagnostic[] {
  return differences.flatMap((difference) => {
    const position = placeOf(difference, file.parsed.positions);
    if (position === undefined) {
      return [];
    }
    const words = differenceWords(difference);
    const subject =
      difference.subject.kind === 'receive-connector' ? `${difference.subject.identity}: ${words}` : words;
    const diagnostic = new vscode.Diagnostic(
      rangeIn(file.text, position.nameRange),
      subject,
      severities[difference.severity],
    );
    diagnostic.source = 'Exchange Certificates';
    diagnostic.code = difference.code;
    return [diagnostic];
  });
}

/** The entry a difference is about; undefined where it is about none. */
export function placeOf({ subject }: Difference, positions: readonly EntryPosition[]): EntryPosition | undefined {
  if (subject.kind === 'organization') {
    return undefined;
  }
  return subject.name === null ? undefined : positionOf(positions, subject.kind, subject.name);
}
