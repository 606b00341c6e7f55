// Asks how a PFX is to be converted: with which password, and what of the file to change.
import * as crypto from 'node:crypto';
import * as vscode from 'vscode';
import type { ConvertOptions } from '../../pfx/convertPfx';
import { askText, pickOne, pickSome, words, type Said } from '../face/say';
import { askPassword } from '../password/password';

export interface Wishes {
  readonly options: ConvertOptions;
  /** UTF-8; undefined keeps the file's own. */
  readonly newPassword: Uint8Array | undefined;
}

/** Undefined where a question was left. `provider` is the key provider that Exchange wants. */
export async function askWishes(
  fileName: string,
  target: ConvertOptions['target'],
  provider: string,
): Promise<Wishes | undefined> {
  const title = words('Convert {0}', fileName);
  const changes = [
    {
      change: 'provider' as const,
      label: vscode.l10n.t('Name the key provider that Exchange wants'),
      description: provider,
      picked: target === 'windows-2016',
    },
    { change: 'root' as const, label: vscode.l10n.t('Leave out the root certificate') },
    { change: 'name' as const, label: vscode.l10n.t('Change the friendly name…') },
  ];
  const picked = await pickSome(changes, {
    title,
    placeHolder: words('What else is to change in the copy?'),
    staysOpen: true,
  });
  const wants = (change: (typeof changes)[number]['change']): boolean =>
    picked?.some((one) => one.change === change) === true;
  if (picked === undefined) {
    return undefined;
  }
  const friendlyName = wants('name') ? await askText({ title, prompt: words('The friendly name') }) : undefined;
  if (wants('name') && friendlyName === undefined) {
    return undefined;
  }
  const newPassword = await askNewPassword(title, fileName);
  return newPassword === 'left'
    ? undefined
    : {
        newPassword,
        options: {
          target,
          dropRoot: wants('root'),
          ...(wants('provider') ? { provider } : {}),
          ...(friendlyName === undefined ? {} : { friendlyName }),
        },
      };
}

async function askNewPassword(title: Said, fileName: string): Promise<Uint8Array | undefined | 'left'> {
  const ways = [
    { way: 'keep' as const, label: vscode.l10n.t("Keep the file's password") },
    { way: 'type' as const, label: vscode.l10n.t('Type another, twice') },
    { way: 'offer' as const, label: vscode.l10n.t('Take a strong one, made here') },
  ];
  const picked = await pickOne(ways, {
    title,
    placeHolder: words('The password of the copy'),
    staysOpen: true,
  });
  switch (picked?.way) {
    case undefined:
      return 'left';
    case 'keep':
      return undefined;
    case 'type':
      return typeTwice(fileName);
    case 'offer':
      return offerStrong(title);
  }
}

async function typeTwice(fileName: string): Promise<Uint8Array | 'left'> {
  const ask = (prompt: Said) => askPassword({ fileName: words('the copy of {0}', fileName).text, prompt });
  for (let prompt = words('The new password.'); ; prompt = words('The two differ. Once more.')) {
    const first = await ask(prompt);
    const second = first === undefined ? undefined : await ask(words('The same again.'));
    const isSame =
      first !== undefined && second !== undefined && Buffer.from(first.password).equals(Buffer.from(second.password));
    second?.password.fill(0);
    if (isSame) {
      return first.password;
    }
    first?.password.fill(0);
    if (second === undefined) {
      return 'left';
    }
  }
}

/** Shown, since it must be kept by the person: nothing here keeps it. 24 characters of 64 are 144 bits. */
async function offerStrong(title: Said): Promise<Uint8Array | 'left'> {
  const taken = await askText({
    title,
    value: crypto.randomBytes(18).toString('base64url'),
    prompt: words('Copy this password to where you keep passwords: it is not shown again.'),
  });
  return taken === undefined ? 'left' : new TextEncoder().encode(taken);
}
