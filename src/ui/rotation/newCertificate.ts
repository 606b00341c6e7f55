// The wizard's second step: the PFX of the new certificate, opened to learn its public facts.
import * as vscode from 'vscode';
import type { PfxFile } from '../../config/pfxFilesFor';
import type { CertificateFacts } from '../../model/certificate';
import type { ImportsOn } from '../../model/rotation';
import type { WantedCertificate } from '../../model/wanted';
import { day } from '../face/dates';
import { say, sentence, showProgress, words } from '../face/say';
import { inspect } from '../password/pfxInspection';
import { organizationRooms } from '../rooms';
import type { ConfigFile } from '../workspace';
import { folderOf } from './chooseConfig';
import { askOne, type Answer, type Place } from './questions';

export interface NewCertificate {
  readonly facts: CertificateFacts;
  readonly pfx: vscode.Uri;
  readonly sha256: string;
  readonly importsOn: ImportsOn;
}

/** Asks which of the files that the entry's pattern finds, the newest proposed; then opens it, asking for its password. */
export async function openNewCertificate(
  place: Place,
  file: ConfigFile,
  entry: WantedCertificate,
  pfx: vscode.Uri | undefined,
): Promise<Answer<NewCertificate>> {
  const files = await candidates(file, entry, pfx);
  if (files.length === 0) {
    void say.warning(words('No PFX file is found by the pattern {0}.', entry.pfx ?? ''));
    return { answer: 'cancelled' };
  }
  const chosen = await askOne(
    place,
    words('Which PFX holds the new certificate? The newest is listed first.'),
    files.map(({ uri, modified }) => ({
      label: vscode.workspace.asRelativePath(uri),
      description: vscode.l10n.t('changed {0}', day(new Date(modified).toISOString())),
      value: uri,
    })),
    files.find(({ uri }) => uri.toString() === pfx?.toString())?.uri,
  );
  return chosen.answer === 'chosen' ? open(place, chosen.value) : chosen;
}

interface Candidate extends PfxFile {
  readonly uri: vscode.Uri;
}

/** The newest first; the file that was clicked stands before them where the pattern does not name it. */
async function candidates(
  { uri }: ConfigFile,
  entry: WantedCertificate,
  pfx: vscode.Uri | undefined,
): Promise<readonly Candidate[]> {
  const { pfxFilesFor } = await organizationRooms();
  const folder = folderOf(uri);
  const candidate = async (one: vscode.Uri): Promise<Candidate> => ({
    uri: one,
    path: one.path.slice(folder.path.length + 1),
    modified: (await vscode.workspace.fs.stat(one)).mtime,
  });
  const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, '**/*.{[pP][fF][xX],[pP]12}'));
  const named = pfxFilesFor(entry.pfx ?? '', await Promise.all(found.map(candidate)));
  return pfx === undefined || named.some((one) => one.uri.toString() === pfx.toString())
    ? named
    : [await candidate(pfx), ...named];
}

async function open(place: Place, uri: vscode.Uri): Promise<Answer<NewCertificate>> {
  const end = await showProgress(words('Opening {0}', vscode.workspace.asRelativePath(uri)), (report, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    return inspect(uri, abort.signal, (message) => report({ message: sentence(message) }));
  });
  if (end.end === 'cancelled') {
    return { answer: place.step > 1 ? 'back' : 'cancelled' };
  }
  const { inspection, facts } = end.view;
  if (inspection.outcome !== 'opened') {
    void say.error(sentence(inspection.message));
    return { answer: 'cancelled' };
  }
  const owners = facts.filter((_, at) => inspection.certificates[at]?.hasPrivateKey === true);
  if (owners.length === 0) {
    void say.error(words('The file holds no certificate with its private key, so no server could use it.'));
    return { answer: 'cancelled' };
  }
  const chosen: Answer<CertificateFacts> =
    owners.length === 1 && owners[0] !== undefined
      ? { answer: 'chosen', value: owners[0] }
      : await askOne(
          place,
          words('The file holds several certificates with a key. Which one?'),
          owners.map((one) => ({ label: one.subject, description: one.thumbprint, value: one })),
        );
  return chosen.answer === 'chosen'
    ? {
        answer: 'chosen',
        value: { facts: chosen.value, pfx: uri, sha256: end.sha256, importsOn: inspection.importsOn },
      }
    : chosen;
}
