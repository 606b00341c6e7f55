// PFX files that Git tracks: whoever has the repository has the keys in them, now and in every commit.
import * as vscode from 'vscode';
import { commands } from '../commands';
import type { Handlers } from '../handlers';
import { entriesNaming, folderOf } from '../state/judgingConfig';
import { diagnosticAt } from '../face/diagnostic';
import { type Said, say, words } from '../face/say';
import { rangesIn } from '../face/textRange';
import { requireTrust } from '../trust';
import type { ConfigFile, Workspace } from '../workspace';
import { ignoreKeys } from './ignoreKeys';
import { type Removal, stopTrackingBelow, type Tracked, trackedKeys, type TrackedProblem } from './repository';

const code = 'pfx-tracked';

/** Shows what is tracked below each configuration, anew with each change of the workspace, until it is disposed. */
export function showTrackedKeys(workspace: Workspace): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('exchange-certificates-git');
  let latest = 0;
  const show = async (): Promise<void> => {
    const turn = ++latest;
    const tracked = await trackedKeys(
      workspace.configs
        .map(({ uri }) => folderOf(uri))
        .filter(isAsked)
        .map(pathOf),
    );
    const found = await Promise.all(
      workspace.configs.map(async (file) => {
        const there = tracked.get(pathOf(folderOf(file.uri)));
        return [file.uri, there === undefined ? [] : await warningsOf(file, there)] as const;
      }),
    );
    if (turn === latest) {
      collection.clear();
      collection.set(found.map(([uri, warnings]) => [uri, [...warnings]]));
    }
  };
  void show();
  return vscode.Disposable.from(
    collection,
    workspace.onDidChange(() => void show()),
  );
}

export function trackingCommand(workspace: Workspace): Handlers<'stopTrackingKeys'> {
  return {
    stopTrackingKeys: async (argument) => {
      if (!requireTrust()) {
        return;
      }
      const config = argument instanceof vscode.Uri ? argument : workspace.config?.uri;
      if (config !== undefined) {
        await stopTracking(folderOf(config));
        await workspace.refresh();
      }
    },
  };
}

/** The quick fix for those of `diagnostics` that are ours. */
export function trackingFixes(
  config: vscode.Uri,
  diagnostics: readonly vscode.Diagnostic[],
): readonly vscode.CodeAction[] {
  const ours = diagnostics.filter((one) => one.code === code);
  if (ours.length === 0) {
    return [];
  }
  const title = vscode.l10n.t('Stop tracking PFX files; they stay on disk');
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = ours;
  action.command = { command: commands.stopTrackingKeys, title, arguments: [config] };
  return [action];
}

/** At the entry that names the file, else at the beginning of the configuration. */
async function warningsOf(file: ConfigFile, tracked: Tracked): Promise<readonly vscode.Diagnostic[]> {
  const rangeOf = rangesIn(file.text);
  const start = rangeOf({ start: 0, end: 0 });
  if ('problem' in tracked) {
    const message = vscode.l10n.t(
      'Whether Git tracks a PFX file here is not known: {0} ({1}). Run "git ls-files" to see what it tracks.',
      problemText(tracked.problem),
      tracked.place,
    );
    return [diagnosticAt(start, { severity: 'information', code: 'pfx-tracked-unknown', message })];
  }
  const warnings = tracked.names.map(async (name) => {
    const [entry] = await entriesNaming(file, vscode.Uri.joinPath(folderOf(file.uri), name));
    const place = file.parsed.positions.find((one) => one.kind === 'certificate' && one.name === entry?.name);
    return diagnosticAt(place === undefined ? start : rangeOf(place.nameRange), {
      severity: 'warning',
      code,
      message: vscode.l10n.t(
        '{0} is tracked by Git: whoever has the repository has the key in it. Stop tracking it, and where commits with it were shared, have the certificate issued anew with another key.',
        name,
      ),
    });
  });
  return [...(await Promise.all(warnings)), ...(tracked.more > 0 ? [moreOf(start, tracked.more)] : [])];
}

function moreOf(range: vscode.Range, more: number): vscode.Diagnostic {
  const message = vscode.l10n.t('The repository tracks {0} more PFX files than are listed here.', more);
  return diagnosticAt(range, { severity: 'warning', code, message });
}

/** Why it is not known, as a part of a sentence. */
function problemText(problem: TrackedProblem): string {
  const texts: Readonly<Record<TrackedProblem, string>> = {
    'no-repository': vscode.l10n.t('this leads to no repository on this computer'),
    'no-file': vscode.l10n.t('this is not a file'),
    large: vscode.l10n.t('the index is larger than 16 MiB'),
    unreadable: vscode.l10n.t('this could not be read'),
    damaged: vscode.l10n.t('the index is damaged'),
    version: vscode.l10n.t('the index has a format that is not supported'),
    split: vscode.l10n.t('the index is split'),
    sparse: vscode.l10n.t('the index is sparse'),
  };
  return texts[problem];
}

async function stopTracking(folder: vscode.Uri): Promise<void> {
  await ignoreKeys(vscode.Uri.joinPath(folder, '.gitignore'));
  if (!isAsked(folder)) {
    return;
  }
  const removal = await stopTrackingBelow(pathOf(folder));
  if ('problem' in removal) {
    void say.warning(notStopped(removal.problem));
  } else if (removal.removed.length > 0) {
    void say.information(
      words(
        'No longer tracked from the next commit on: {0}. Earlier commits still hold the key.',
        removal.removed.join(', '),
      ),
    );
  }
}

function notStopped(problem: (Removal & { problem: unknown })['problem']): Said {
  return problem === 'changed'
    ? words('Another program is writing to the repository now. Try again; if no Git runs, delete .git/index.lock.')
    : words(
        'The files are in .gitignore now but still tracked: this repository is of a kind that only Git itself changes. Run "git rm --cached" with each PFX file.',
      );
}

/** What lies on this computer, in a trusted workspace. */
function isAsked(folder: vscode.Uri): boolean {
  return vscode.workspace.isTrusted && folder.scheme === 'file';
}

const pathOf = (folder: vscode.Uri): string => folder.fsPath;
