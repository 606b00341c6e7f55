// *Convert for Windows Server 2016* and *Convert to AES-256*: a copy in the key folder, never over another file.
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ConvertOptions } from '../../pfx/convertPfx';
import type { WorkerAnswer } from '../../pfx/openInThread';
import { toTime, type Thumbprint } from '../../model/names';
import { copyText } from '../face/copy';
import { nameOf } from '../face/nameOf';
import { ask, say, sentence, showProgress, together, words } from '../face/say';
import type { Handler, Handlers } from '../handlers';
import { makeKeyFolder, type KeyFolder } from '../shell/keyFolder';
import { askPassword } from '../password/password';
import { readPfxFile } from '../password/pfxInspection';
import { uriFrom } from '../uriFrom';
import { rememberedPasswords, type RememberedPasswords } from '../password/rememberedPasswords';
import { pfxRooms } from '../rooms';
import { requireTrust } from '../trust';
import type { Workspace } from '../workspace';
import { askWishes, type Wishes } from './convertOptions';
import { writeNew } from './writeNew';

export interface Converted {
  readonly file: string;
  readonly thumbprint: Thumbprint;
}

type Target = ConvertOptions['target'];

/** A step of a rotation looks for its copy by the first of these. */
const endings: Readonly<Record<Target, string>> = { 'windows-2016': 'converted', modern: 'aes256' };

export function conversionCommands(workspace: Workspace): Handlers<'convertForWindowsServer2016' | 'convertToAes256'> {
  const passwords = rememberedPasswords(workspace.context);
  const to =
    (target: Target): Handler =>
    async (argument) => {
      if (!requireTrust()) {
        return undefined;
      }
      const uri = uriFrom(argument);
      if (uri === undefined || !/\.(pfx|p12)$/i.test(uri.path)) {
        void say.warning(words('Choose a PFX file first.'));
        return undefined;
      }
      const { exchangeProvider } = await pfxRooms();
      const wishes = isForPlan(argument)
        ? { options: { target, provider: exchangeProvider }, newPassword: undefined }
        : await askWishes(nameOf(uri), target, exchangeProvider);
      return wishes === undefined ? undefined : convert(uri, wishes, isForPlan(argument), passwords);
    };
  return { convertForWindowsServer2016: to('windows-2016'), convertToAes256: to('modern') };
}

/** A step of a rotation asks for the copy that its scripts expect, and for no choice. */
function isForPlan(argument: unknown): boolean {
  return typeof argument === 'object' && argument !== null && 'isForPlan' in argument && argument.isForPlan === true;
}

/** Converts in the worker and writes; undefined when the user leaves or the file can't be converted (which is told). */
async function convert(
  uri: vscode.Uri,
  wishes: Wishes,
  isStep: boolean,
  passwords: RememberedPasswords,
): Promise<Converted | undefined> {
  const fileName = nameOf(uri);
  const { bytes, sha256 } = await readPfxFile(uri);
  const password = await passwordOf(fileName, await passwords.get(sha256));
  if (password === undefined) {
    wishes.newPassword?.fill(0);
    return undefined;
  }
  const answer = await runWithProgress(fileName, bytes, password, wishes);
  if (answer.kind === 'cancelled') {
    return undefined;
  }
  if (answer.kind === 'failed') {
    throw new Error(answer.message);
  }
  const { inspection } = answer.view;
  const [owner] = inspection.certificates;
  const { isLostCertificate, isLostKey } = await pfxRooms();
  const lost = inspection.findings.find(({ code }) => isLostKey(code));
  if (answer.written === null || owner?.hasPrivateKey !== true || lost !== undefined) {
    const why =
      lost === undefined && inspection.outcome === 'opened'
        ? words('The file holds no certificate with its private key.')
        : sentence(lost?.message ?? inspection.message);
    void say.error(words('{0} was not converted. {1}', fileName, why));
    return undefined;
  }
  const missing = inspection.findings.flatMap(({ code, message }) => (isLostCertificate(code) ? [message] : []));
  if (missing.length > 0 && !(await isAcceptedWithout(fileName, missing))) {
    return undefined;
  }
  const folder = await makeKeyFolder();
  const stem = path.join(folder.path, `${owner.thumbprint}-${endings[wishes.options.target]}`);
  for (let count = 1; ; count++) {
    const file = count === 1 ? `${stem}.pfx` : `${stem}-${count}.pfx`;
    if (await writeNew(file, answer.written)) {
      tellWritten(file, folder);
      return { file, thumbprint: owner.thumbprint };
    }
    if (isStep) {
      void say.information(
        words(
          'A converted copy of this certificate is there already: {0}. Delete it first if its password is another.',
          file,
        ),
      );
      return { file, thumbprint: owner.thumbprint };
    }
  }
}

/** A copy that lacks a certificate would be taken for the whole file: only a person who saw what is missing has it written. */
async function isAcceptedWithout(fileName: string, missing: readonly string[]): Promise<boolean> {
  const convertWithout = vscode.l10n.t('Convert without It');
  const choice = await ask.warning({
    message: words('A part of {0} could not be read and will be missing in the copy.', fileName),
    detail: together(...missing.map(sentence)),
    buttons: [convertWithout],
  });
  return choice === convertWithout;
}

async function passwordOf(fileName: string, remembered: Uint8Array | undefined): Promise<Uint8Array | undefined> {
  const prompt = words('It is needed to write the copy, and is not kept here.');
  return remembered ?? (await askPassword({ fileName, prompt }))?.password;
}

function runWithProgress(
  fileName: string,
  bytes: Uint8Array,
  password: Uint8Array,
  { options, newPassword }: Wishes,
): Thenable<WorkerAnswer> {
  return showProgress(words('Converting {0}', fileName), async (report, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    const { openInThread } = await pfxRooms();
    let told = 0;
    return openInThread(
      {
        bytes,
        password,
        now: toTime(new Date()),
        conversion: newPassword === undefined ? { options } : { options, newPassword },
      },
      {
        signal: abort.signal,
        progress: (done, total) => {
          const share = total === 0 ? 0 : (100 * done) / total;
          report({ increment: Math.max(0, share - told) });
          told = Math.max(told, share);
        },
      },
    );
  });
}

function tellWritten(file: string, { protection }: KeyFolder): void {
  const message =
    protection === 'acl'
      ? words('Written: {0}. An access control list keeps it to you. Delete it when the rotation is done.', file)
      : words('Written: {0}. The mode 0600 keeps it to you. Delete it when the rotation is done.', file);
  const copy = vscode.l10n.t('Copy Path');
  void say.information(message, copy).then(async (choice) => {
    if (choice === copy) {
      await copyText(vscode.l10n.t('Path'), file);
    }
  });
}
