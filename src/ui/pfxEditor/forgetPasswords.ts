// *Forget*: takes back a remembered password, or all of them.
import * as vscode from 'vscode';
import type { Handlers } from '../handlers';
import { readPfxFile } from '../password/pfxInspection';
import { uriFrom } from '../uriFrom';
import { rememberedPasswords } from '../password/rememberedPasswords';
import type { Workspace } from '../workspace';

export function forgettingCommands({ context }: Workspace): Handlers<'forgetPassword' | 'forgetAllPasswords'> {
  const passwords = rememberedPasswords(context);
  const tell = (message: string): void => void vscode.window.setStatusBarMessage(message, 4000);
  return {
    forgetPassword: async (argument) => {
      const uri = uriFrom(argument);
      if (uri === undefined || !/\.(pfx|p12)$/i.test(uri.path)) {
        void vscode.window.showWarningMessage(vscode.l10n.t('Choose a PFX file first.'));
        return;
      }
      const { sha256 } = await readPfxFile(uri);
      tell(
        (await passwords.forget(sha256))
          ? vscode.l10n.t('The password was forgotten')
          : vscode.l10n.t('No password of this file was remembered'),
      );
    },
    forgetAllPasswords: async () => {
      tell(vscode.l10n.t('{0} passwords were forgotten', await passwords.forgetAll()));
    },
  };
}
