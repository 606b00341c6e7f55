// Looks into a PFX for the inspector and the wizard: the empty password first, in the worker, then the user's.
import * as crypto from 'node:crypto';
import * as vscode from 'vscode';
import type { PfxView } from '../pfx/view';
import { toTime } from '../model/names';
import { pfxRooms } from './rooms';
import { askPassword } from './password';

export type InspectEnd =
  { readonly end: 'inspected'; readonly view: PfxView; readonly sha256: string } | { readonly end: 'cancelled' };

/** No PFX is that large; a larger file is not read into memory to find that out. */
const largestFile = 32 << 20;

/**
 * The file's contents as far as they are public. Rejects when the file can't be read or the worker failed; a wrong
 * password is asked again and is an outcome only when the box is closed after it.
 */
export async function inspect(
  uri: vscode.Uri,
  signal: AbortSignal,
  tell: (message: string) => void,
): Promise<InspectEnd> {
  const fileName = uri.path.split('/').at(-1) ?? '';
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > largestFile) {
    throw new RangeError(vscode.l10n.t('{0} has {1} bytes; a PFX has a few thousand.', fileName, size));
  }
  const bytes = await vscode.workspace.fs.readFile(uri);
  const sha256 = crypto.createHash('sha256').update(bytes).digest('hex');
  let password: Uint8Array = new Uint8Array();
  let wrong = false;
  for (;;) {
    const view = await derive(bytes, password, signal, tell);
    if (view === undefined) {
      return { end: 'cancelled' };
    }
    if (view.inspection.outcome !== 'wrong-password') {
      return { end: 'inspected', view, sha256 };
    }
    tell(vscode.l10n.t('Waiting for the password…'));
    const typed = await askPassword(
      fileName,
      wrong ? view.inspection.message : vscode.l10n.t('It is used to look into the file here and is not kept.'),
      signal,
    );
    if (typed === undefined) {
      return wrong ? { end: 'inspected', view, sha256 } : { end: 'cancelled' };
    }
    password = typed;
    wrong = true;
  }
}

async function derive(
  bytes: Uint8Array,
  password: Uint8Array,
  signal: AbortSignal,
  tell: (message: string) => void,
): Promise<PfxView | undefined> {
  const { openInThread } = await pfxRooms();
  const answer = await openInThread(
    { bytes, password, now: toTime(new Date()) },
    { signal, progress: (done, total) => tell(vscode.l10n.t('Deriving the key: {0} of {1} iterations', done, total)) },
  );
  switch (answer.kind) {
    case 'answered':
      return answer.view;
    case 'cancelled':
      return undefined;
    case 'failed':
      throw new Error(answer.message);
  }
}
