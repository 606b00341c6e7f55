// Looks into a PFX for the inspector and the wizard: a remembered password and the empty one first, in the worker, then the user's.
import * as crypto from 'node:crypto';
import * as fs from 'node:fs/promises';
import * as vscode from 'vscode';
import type { PfxView } from '../pfx/view';
import type { PfxThread } from '../pfx/openInThread';
import { toTime } from '../model/names';
import { pfxRooms } from './rooms';
import { askPassword } from './password';
import type { RememberedPasswords } from './rememberedPasswords';

export type InspectEnd =
  | { readonly end: 'inspected'; readonly view: PfxView; readonly sha256: string }
  /** The box was closed, or the derivation stopped: no outcome of the file. */
  | { readonly end: 'cancelled' };

export interface Progress {
  /** Iterations. */
  readonly done: number;
  readonly total: number;
}

export type Tell = (message: string, progress?: Progress) => void;

/** No PFX is that large; a larger file is not read into memory to find that out. */
const largestFile = 32 << 20;

export interface FileRead {
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** Rejects when the file can't be read or is larger than any PFX. */
export async function readPfxFile(uri: vscode.Uri): Promise<FileRead> {
  const { size } = await readerOf(uri).stat();
  if (size > largestFile) {
    throw new RangeError(vscode.l10n.t('{0} has {1} bytes; a PFX has a few thousand.', nameOf(uri), size));
  }
  const bytes = await readerOf(uri).readFile();
  return { bytes, sha256: crypto.createHash('sha256').update(bytes).digest('hex') };
}

/** Undefined where the file can't be read. */
export function sha256Of(uri: vscode.Uri): Promise<string | undefined> {
  return readPfxFile(uri).then(
    ({ sha256 }) => sha256,
    () => undefined,
  );
}

/**
 * A file of this machine is read past the editor, whose file system asks the window first: while that draws a new tab,
 * each call waits some 120 ms.
 */
function readerOf(uri: vscode.Uri): {
  readonly stat: () => Thenable<{ readonly size: number }>;
  readonly readFile: () => Thenable<Uint8Array>;
} {
  const { workspace } = vscode;
  return uri.scheme === 'file'
    ? { stat: () => fs.stat(uri.fsPath), readFile: () => fs.readFile(uri.fsPath) }
    : { stat: () => workspace.fs.stat(uri), readFile: () => workspace.fs.readFile(uri) };
}

/**
 * The file's contents as far as they are public. Rejects when the file can't be read or the worker failed; a wrong
 * password is asked again and is an outcome only when the box is closed after it.
 */
export async function inspect(
  uri: vscode.Uri,
  signal: AbortSignal,
  tell: Tell,
  passwords?: RememberedPasswords,
): Promise<InspectEnd> {
  const { startThread } = await pfxRooms();
  // its code is loaded while the file is read
  const first = startThread();
  const file = await readPfxFile(uri).catch((error: unknown) => {
    first.dispose();
    throw error;
  });
  const derive = deriver(file, signal, tell);
  const remembered = await passwords?.get(file.sha256);
  if (remembered !== undefined) {
    const view = await derive(first, remembered);
    if (view?.inspection.outcome !== 'wrong-password') {
      return ended(view, file);
    }
    // it stopped working
    await passwords?.forget(file.sha256);
  }
  let view = await derive(remembered === undefined ? first : startThread(), new Uint8Array());
  for (let wrong = false; view?.inspection.outcome === 'wrong-password'; wrong = true) {
    tell(vscode.l10n.t('Waiting for the password…'));
    // its code is loaded while the password is typed
    const thread = startThread();
    const typed = await askPassword({
      fileName: nameOf(uri),
      prompt: wrong ? view.inspection.message : vscode.l10n.t('It is used to look into the file here and is not kept.'),
      signal,
      offersToRemember: passwords !== undefined,
    });
    if (typed === undefined) {
      thread.dispose();
      return wrong ? ended(view, file) : { end: 'cancelled' };
    }
    const kept = typed.remember ? Uint8Array.from(typed.password) : undefined;
    view = await derive(thread, typed.password);
    if (kept !== undefined && view?.inspection.outcome === 'opened') {
      await passwords?.remember(file.sha256, kept);
    }
    kept?.fill(0);
  }
  return ended(view, file);
}

/** The certificates of a file that holds no keys and asks for no password. */
export async function inspectCertificates(uri: vscode.Uri, signal: AbortSignal, tell: Tell): Promise<InspectEnd> {
  const file = await readPfxFile(uri);
  const { startThread } = await pfxRooms();
  return ended(await deriver(file, signal, tell)(startThread(), new Uint8Array(), true), file);
}

/** Undefined where it was cancelled. */
function deriver({ bytes }: FileRead, signal: AbortSignal, tell: Tell) {
  return async (thread: PfxThread, password: Uint8Array, isCertificateFile = false): Promise<PfxView | undefined> => {
    const answer = await thread.run(
      { bytes, password, now: toTime(new Date()), isCertificateFile },
      {
        signal,
        progress: (done, total) =>
          tell(vscode.l10n.t('Deriving the key: {0} of {1} iterations', done, total), { done, total }),
      },
    );
    switch (answer.kind) {
      case 'answered':
        return answer.view;
      case 'cancelled':
        return undefined;
      case 'failed':
        throw new Error(answer.message);
    }
  };
}

function ended(view: PfxView | undefined, { sha256 }: FileRead): InspectEnd {
  return view === undefined ? { end: 'cancelled' } : { end: 'inspected', view, sha256 };
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? '';
}
