// *Convert for Windows Server 2016*: writes a copy that the older Windows can read into the key folder, never over another file.
import * as crypto from 'node:crypto';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { toTime, type Thumbprint } from '../../model/names';
import { commands } from '../commands';
import { makeKeyFolder, type KeyFolder } from '../keyFolder';
import { register, uriFrom } from '../register';
import { pfxRooms } from '../rooms';
import { requireTrust } from '../trust';
import { askPassword } from '../password';

export interface Converted {
  readonly file: string;
  readonly thumbprint: Thumbprint;
}

export function registerConversion(): vscode.Disposable {
  return register(commands.convertForWindowsServer2016, (argument) => {
    if (!requireTrust()) {
      return undefined;
    }
    const uri = uriFrom(argument);
    if (uri === undefined || !/\.(pfx|p12)$/i.test(uri.path)) {
      void vscode.window.showWarningMessage(vscode.l10n.t('Choose a PFX file first.'));
      return undefined;
    }
    return convert(uri, vscode.l10n.t('It is needed to write the copy, which keeps it, and is not kept here.'));
  });
}

/** Asks for the password, converts in the worker, writes; undefined when the user leaves or the file can't be converted (which is told). */
export async function convert(uri: vscode.Uri, why: string): Promise<Converted | undefined> {
  const fileName = uri.path.split('/').at(-1) ?? '';
  const password = await askPassword(fileName, why);
  if (password === undefined) {
    return undefined;
  }
  const { exchangeProvider, openInThread } = await pfxRooms();
  const answer = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Converting {0}', fileName),
      cancellable: true,
    },
    async (_, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const bytes = await vscode.workspace.fs.readFile(uri);
      return openInThread(
        {
          bytes,
          password,
          now: toTime(new Date()),
          conversion: { options: { target: 'windows-2016', provider: exchangeProvider } },
        },
        { signal: abort.signal },
      );
    },
  );
  if (answer.kind === 'cancelled') {
    return undefined;
  }
  if (answer.kind === 'failed') {
    throw new Error(answer.message);
  }
  const [owner] = answer.view.inspection.certificates;
  if (answer.written === null || owner?.hasPrivateKey !== true) {
    const message =
      answer.view.inspection.outcome === 'opened'
        ? vscode.l10n.t('The file holds no certificate with its private key.')
        : answer.view.inspection.message;
    void vscode.window.showErrorMessage(vscode.l10n.t('{0} was not converted. {1}', fileName, message));
    return undefined;
  }
  const folder = await makeKeyFolder();
  const file = path.join(folder.path, `${owner.thumbprint}-converted.pfx`);
  if (!(await writeNew(file, answer.written))) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'A converted copy of this certificate is there already: {0}. Delete it first if its password is another.',
        file,
      ),
    );
    return { file, thumbprint: owner.thumbprint };
  }
  void vscode.window.showInformationMessage(written(file, folder));
  return { file, thumbprint: owner.thumbprint };
}

function written(file: string, { protection }: KeyFolder): string {
  return protection === 'acl'
    ? vscode.l10n.t('Written: {0}. An access control list keeps it to you. Delete it when the rotation is done.', file)
    : vscode.l10n.t('Written: {0}. The mode 0600 keeps it to you. Delete it when the rotation is done.', file);
}

/** Complete or absent, and never over another file: false when one is there. */
async function writeNew(file: string, bytes: Uint8Array): Promise<boolean> {
  const partial = `${file}.${crypto.randomUUID()}.tmp`;
  await fs.writeFile(partial, bytes, { flag: 'wx', mode: 0o600 });
  try {
    // link fails where the name is taken; rename would overwrite
    await fs.link(partial, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw error;
  } finally {
    await fs.rm(partial, { force: true });
  }
}
