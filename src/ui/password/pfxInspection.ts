// Looks into a PFX for the inspector and the wizard: a remembered password and the empty one first, in the worker, then the user's.
import * as crypto from 'node:crypto';
import * as vscode from 'vscode';
import type { PfxView } from '../../pfx/view';
import type { PfxThread } from '../../pfx/openInThread';
import { toTime } from '../../model/names';
import { nameOf } from '../face/nameOf';
import { sentence, words } from '../face/say';
import { pfxRooms } from '../rooms';
import { boundedFile } from '../state/boundedFile';
import { askFirst, type Ask } from './firstPassword';
import { askPassword } from './password';
import { spareThread } from './spareThread';
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
  const read = await boundedFile(uri, largestFile);
  if ('refused' in read) {
    throw new RangeError(
      read.refused === 'not-a-file'
        ? vscode.l10n.t('{0} is not a regular file.', nameOf(uri))
        : vscode.l10n.t('{0} has {1} bytes; a PFX has a few thousand.', nameOf(uri), read.size),
    );
  }
  const { bytes } = read;
  return { bytes, sha256: crypto.createHash('sha256').update(bytes).digest('hex') };
}

/** Undefined where the file can't be read. */
export function sha256Of(uri: vscode.Uri): Promise<string | undefined> {
  return readPfxFile(uri).then(
    ({ sha256 }) => sha256,
    () => undefined,
  );
}

export interface InspectOptions {
  /** Where a password is looked for first, and kept if the person says so. */
  readonly passwords?: RememberedPasswords;
  /** Asks although the file does not: where Windows protected it for groups, and it may have a password as well. */
  readonly mustAsk?: boolean;
  /** Ends once nothing of the caller's takes the focus from the box. */
  readonly beforeAsking?: () => Promise<unknown>;
  /** Called once the box is there, or stands in line behind another file's. */
  readonly onAsked?: () => void;
}

/**
 * The file's contents as far as they are public. Rejects when the file can't be read or the worker failed; a wrong
 * password is asked again and is an outcome only when the box is closed after it.
 */
export async function inspect(
  uri: vscode.Uri,
  signal: AbortSignal,
  tell: Tell,
  { passwords, mustAsk = false, beforeAsking, onAsked }: InspectOptions = {},
): Promise<InspectEnd> {
  const { asksForPassword, startThread } = await pfxRooms();
  const file = await readPfxFile(uri);
  const derive = deriver(file, tell);
  const remembered = await passwords?.get(file.sha256);
  if (remembered !== undefined) {
    const view = await derive(startThread(), remembered, signal);
    if (view?.inspection.outcome !== 'wrong-password') {
      return ended(view, file);
    }
    // it stopped working
    await passwords?.forget(file.sha256);
  }
  const spare = spareThread(startThread);
  try {
    const asks = asksForPassword(file.bytes);
    const tryEmpty = (until: AbortSignal): Promise<PfxView | undefined> =>
      derive(spare.take(), new Uint8Array(), until, { isSilent: asks });
    const ask: Ask = async (prompt, until) => {
      tell(vscode.l10n.t('Waiting for the password…'));
      await beforeAsking?.();
      const offersToRemember = passwords !== undefined;
      const typed = askPassword({ fileName: nameOf(uri), prompt, signal: until, offersToRemember });
      onAsked?.();
      return typed;
    };
    const first = mustAsk
      ? { typed: await ask(words('It is used to look into the file here and is not kept.'), signal) }
      : await askFirst({ asks, tryEmpty, ask, prepare: spare.prepare, signal });
    if ('view' in first) {
      return ended(first.view, file);
    }
    let view: PfxView | undefined;
    for (let { typed } = first; typed !== undefined; typed = await ask(sentence(view.inspection.message), signal)) {
      const kept = typed.remember ? Uint8Array.from(typed.password) : undefined;
      view = await derive(spare.take(), typed.password, signal);
      if (kept !== undefined && view?.inspection.outcome === 'opened') {
        await passwords?.remember(file.sha256, kept);
      }
      kept?.fill(0);
      if (view?.inspection.outcome !== 'wrong-password') {
        break;
      }
      spare.prepare();
    }
    return ended(view, file);
  } finally {
    spare.dispose();
  }
}

/** The certificates of a file that holds no keys and asks for no password. */
export async function inspectCertificates(uri: vscode.Uri, signal: AbortSignal, tell: Tell): Promise<InspectEnd> {
  const file = await readPfxFile(uri);
  const { startThread } = await pfxRooms();
  const derive = deriver(file, tell);
  return ended(await derive(startThread(), new Uint8Array(), signal, { isCertificateFile: true }), file);
}

/** Undefined where it was cancelled. */
function deriver({ bytes }: FileRead, tell: Tell) {
  return async (
    thread: PfxThread,
    password: Uint8Array,
    signal: AbortSignal,
    { isSilent = false, isCertificateFile = false } = {},
  ): Promise<PfxView | undefined> => {
    const answer = await thread.run(
      { bytes, password, now: toTime(new Date()), isCertificateFile },
      {
        signal,
        progress: (done, total) => {
          if (!isSilent) {
            tell(vscode.l10n.t('Deriving the key: {0} of {1} iterations', done, total), { done, total });
          }
        },
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
