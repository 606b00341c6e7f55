// *Forget*: takes back a remembered password, or all of them.
import { say, words, type Said } from '../face/say';
import type { Handlers } from '../handlers';
import { readPfxFile } from '../password/pfxInspection';
import { uriFrom } from '../uriFrom';
import { rememberedPasswords } from '../password/rememberedPasswords';
import type { Workspace } from '../workspace';

export function forgettingCommands({ context }: Workspace): Handlers<'forgetPassword' | 'forgetAllPasswords'> {
  const passwords = rememberedPasswords(context);
  const tell = (message: Said): void => say.briefly(message, 4000);
  return {
    forgetPassword: async (argument) => {
      const uri = uriFrom(argument);
      if (uri === undefined || !/\.(pfx|p12)$/i.test(uri.path)) {
        void say.warning(words('Choose a PFX file first.'));
        return;
      }
      const { sha256 } = await readPfxFile(uri);
      tell(
        (await passwords.forget(sha256))
          ? words('The password was forgotten')
          : words('No password of this file was remembered'),
      );
    },
    forgetAllPasswords: async () => {
      tell(words('{0} passwords were forgotten', await passwords.forgetAll()));
    },
  };
}
