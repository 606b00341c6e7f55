// Says in plain words what an outcome and a note mean.
import type { AdvisedFinding } from '../model/certificate';
import type { PfxLimit, PfxNote, PfxOutcome } from './outcome';
import type { FileKind } from './recognize';

const fileKinds: Readonly<Record<FileKind, string>> = {
  empty: 'it is empty',
  pem: 'it is PEM text',
  certificate: 'it is a certificate (DER) without a key',
  pkcs7: 'it is PKCS#7 (certificates or a signature, without a key)',
  'certificate-request': 'it is a certificate request (PKCS#10)',
  'private-key': 'it is a bare private key',
  'encrypted-private-key': 'it is an encrypted private key (PKCS#8)',
  'base64-pkcs12': 'it is a PKCS#12 file written as base64 text; decode it first',
  base64: 'it is base64 text',
  'text-transfer': 'it was damaged by a transfer as text; copy it again as binary',
  'git-lfs-pointer': 'it is a Git LFS pointer; fetch the file itself with git lfs pull',
  html: 'it is an HTML page, perhaps a failed download',
  jks: 'it is a Java keystore (JKS)',
  jceks: 'it is a Java keystore (JCEKS)',
  bks: 'it is a Bouncy Castle keystore (BKS)',
  zip: 'it is a ZIP archive',
  'putty-key': 'it is a PuTTY private key',
  text: 'it is text',
  'other-asn1': 'it is ASN.1 of another kind',
  unknown: 'it is of no kind known here',
};

/** One sentence or two for a person, without any secret. */
export function outcomeMessage(outcome: PfxOutcome): string {
  switch (outcome.kind) {
    case 'opened': {
      const { certificates, keys } = outcome;
      return `Opened: ${count(certificates.length, 'certificate')}, ${count(keys.length, 'private key')}.`;
    }
    case 'wrong-password':
      return outcome.endsInLineBreak
        ? 'The password is wrong. It ends in a line break, which was taken as part of it; give it without one (printf instead of echo).'
        : 'The password is wrong.';
    case 'not-pkcs12':
      return `This is not a PKCS#12 file: ${fileKinds[outcome.what]}.`;
    case 'damaged':
      return `The file is damaged: ${outcome.where}.`;
    case 'unsupported':
      return `The file uses ${outcome.algorithm}${outcome.oid === '' ? '' : ` (${outcome.oid})`}, which is not supported.`;
    case 'refused':
      return `The file is refused: ${limitWords(outcome)}.`;
  }
}

function limitWords({ limit, allowed, found }: PfxLimit): string {
  const number = (value: number) => value.toLocaleString('en-US');
  switch (limit) {
    case 'size':
      return `it has ${number(found ?? 0)} bytes, more than the limit of ${number(allowed)}`;
    case 'elements':
      return `it has more than ${number(allowed)} elements`;
    case 'depth':
      return `its elements are nested more than ${number(allowed)} deep`;
    case 'certificates':
      return `it holds ${number(found ?? 0)} certificates and keys, more than the limit of ${number(allowed)}`;
    case 'iterations':
      return `it asks for ${number(found)} iterations, more than the limit of ${number(allowed)}`;
    case 'total-iterations':
      return `it asks for ${number(found)} iterations in all, more than the limit of ${number(allowed)}`;
    case 'pbmac1-key-length':
      return found === null
        ? 'its PBMAC1 names no key length, which RFC 9579 forbids'
        : `its PBMAC1 has a key length of ${number(found)} bytes; RFC 9579 wants ${number(allowed)} or more`;
  }
}

export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** A note as a finding; the code is the note's. */
export function noteFinding(note: PfxNote): AdvisedFinding {
  const [severity, message, remedy = null] = noteWords(note);
  return { code: note.code, severity, message, remedy };
}

type Words = readonly [severity: AdvisedFinding['severity'], message: string, remedy?: string];

const exportAgain = 'Export the file again.';

function noteWords(note: PfxNote): Words {
  switch (note.code) {
    case 'trailing-bytes':
      return ['warning', `${count(note.count, 'byte')} stand behind the end of the file's content.`, exportAgain];
    case 'no-mac':
      return [
        'warning',
        'The file has no MAC: nothing protects its integrity.',
        'Compare its SHA-256 with that of whoever made it, or have it written again with a MAC.',
      ];
    case 'null-password':
      return ['information', 'The file was made with no password at all, not with an empty one.'];
    case 'old-password-encoding':
      return [
        'information',
        'The password was encoded as OpenSSL before 1.1.0 did; other programs may not open the file.',
        'Convert it: the copy has the usual encoding.',
      ];
    case 'bag-skipped':
      return ['information', `The file also holds ${note.bag}, which is not shown.`];
    case 'certificate-unreadable':
      return ['error', `A part of the file could not be read: ${note.where}.`, exportAgain];
    case 'key-other-password':
      return [
        'error',
        'A private key has another password than the file and could not be read.',
        'Have the file written again with one password for all of it.',
      ];
    case 'key-unsupported':
      return [
        'error',
        `A private key is encrypted with ${note.algorithm} (${note.oid}), which is not supported.`,
        'Export the file again with AES-256 or 3DES.',
      ];
    case 'key-unreadable':
      return ['error', `A private key could not be read: ${note.where}.`, exportAgain];
    case 'key-owner-by-id':
      return ['information', 'A key was matched by its local key id; this runtime cannot compute its public key.'];
  }
}
