// PFX files that Git tracks: whoever has the repository has the keys in them, now and in every commit.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { commands } from '../commands';
import type { Handlers } from '../handlers';
import { entriesNaming, folderOf } from '../state/judgingConfig';
import { diagnosticAt } from '../face/diagnostic';
import { say, words } from '../face/say';
import { rangesIn } from '../face/textRange';
import { requireTrust } from '../trust';
import type { ConfigFile, Workspace } from '../workspace';
import { ignoreKeys } from './ignoreKeys';

const code = 'pfx-tracked';

/** Shows what is tracked below each configuration, anew with each change of the workspace, until it is disposed. */
export function showTrackedKeys(workspace: Workspace): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('exchange-certificates-git');
  let latest = 0;
  const show = async (): Promise<void> => {
    const turn = ++latest;
    const found = await Promise.all(workspace.configs.map(async (file) => [file.uri, await warningsOf(file)] as const));
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
async function warningsOf(file: ConfigFile): Promise<readonly vscode.Diagnostic[]> {
  const folder = folderOf(file.uri);
  const rangeOf = rangesIn(file.text);
  return Promise.all(
    (await trackedBelow(folder)).map(async (name) => {
      const [entry] = await entriesNaming(file, vscode.Uri.joinPath(folder, name));
      const place = file.parsed.positions.find((one) => one.kind === 'certificate' && one.name === entry?.name);
      return diagnosticAt(rangeOf(place?.nameRange ?? { start: 0, end: 0 }), {
        severity: 'warning',
        code,
        message: vscode.l10n.t(
          '{0} is tracked by Git: whoever has the repository has the key in it. Stop tracking it, and where commits with it were shared, have the certificate issued anew with another key.',
          name,
        ),
      });
    }),
  );
}

async function stopTracking(folder: vscode.Uri): Promise<void> {
  const tracked = await trackedBelow(folder);
  await ignoreKeys(vscode.Uri.joinPath(folder, '.gitignore'));
  if (tracked.length > 0) {
    await git(folder, ['rm', '--cached', '--quiet', '--', ...tracked.map((name) => `:(literal)${name}`)]);
    void say.information(
      words('No longer tracked from the next commit on: {0}. Earlier commits still hold the key.', tracked.join(', ')),
    );
  }
}

/** Paths from `folder`; none where there is no repository or no Git. A repository may say what Git runs: it is asked in trusted workspaces alone. */
async function trackedBelow(folder: vscode.Uri): Promise<readonly string[]> {
  if (!vscode.workspace.isTrusted || folder.scheme !== 'file') {
    return [];
  }
  const listed = await git(folder, ['ls-files', '-z', '--', ':(icase)*.pfx', ':(icase)*.p12']).catch(() => '');
  return listed.split('\0').filter((name) => name !== '');
}

async function git(folder: vscode.Uri, given: readonly string[]): Promise<string> {
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0' };
  const { stdout } = await promisify(execFile)('git', given, { cwd: folder.fsPath, env, maxBuffer: 1 << 24 });
  return stdout;
}
