// Says in plain words what an outcome and a note mean.
import type { AdvisedFinding } from '../model/certificate';
import { own } from '../model/own';
import { isLostCertificate, isLostKey } from './losses';
import type { PfxLimit, PfxNote, PfxOutcome } from './outcome';
import type { FileKind } from './recognize';

/** What the file is, and what to do next. */
const fileKinds: Readonly<Record<FileKind, readonly [what: string, next: string]>> = {
  empty: ['it is empty', 'Copy or export it again.'],
  pem: ['it is PEM text', 'Open it with the Certificate Inspector, or make a PFX of certificate and key with OpenSSL.'],
  certificate: [
    'it is a certificate (DER) without a key',
    'Open it with the Certificate Inspector; to import it with its key, export a PFX where the key is.',
  ],
  pkcs7: [
    'it is PKCS#7 (certificates or a signature, without a key)',
    'Open it with the Certificate Inspector; to import with the key, complete the request where it was made and export a PFX there.',
  ],
  'certificate-request': [
    'it is a certificate request (PKCS#10)',
    'Have it signed, complete the request where it was made, and export a PFX there.',
  ],
  'private-key': ['it is a bare private key', 'Make a PFX of it and its certificate with OpenSSL.'],
  'encrypted-private-key': ['it is an encrypted private key', 'Make a PFX of it and its certificate with OpenSSL.'],
  'pem-pkcs12': [
    'it is a PKCS#12 file as text between lines of dashes, as Cisco devices export it',
    'Take these two lines away and decode the rest (certutil -decode, or base64 -d), then open the result.',
  ],
  'base64-pkcs12': [
    'it is a PKCS#12 file written as base64 text',
    'Take away what stands around the base64, if anything does, and decode it (certutil -decode, or base64 -d), then open the result.',
  ],
  base64: ['it is base64 text', 'Decode it first (certutil -decode, or base64 -d), then open the result.'],
  'text-transfer': ['it was damaged by a transfer as text', 'Copy it again as binary from where it was made.'],
  'git-lfs-pointer': ['it is a Git LFS pointer', 'Fetch the file itself with git lfs pull.'],
  html: ['it is an HTML page, perhaps a failed download', 'Sign in where it comes from and download it again.'],
  jks: ['it is a Java keystore (JKS)', javaNext('JKS')],
  jceks: ['it is a Java keystore (JCEKS)', javaNext('JCEKS')],
  bks: ['it is a Bouncy Castle keystore (BKS)', 'Export it as PKCS#12 with the tool that made it.'],
  zip: ['it is a ZIP archive', 'Unpack it and open the PFX inside.'],
  'putty-key': ['it is a PuTTY private key', 'It is meant for SSH; look for the PFX of the certificate.'],
  text: ['it is text', 'Check that it is the right file.'],
  'other-asn1': ['it is ASN.1 of another kind', 'Check that it is the right file, or export it again as PKCS#12.'],
  unknown: ['it is of no kind known here', 'Check that it is the right file, or copy it again as binary.'],
};

function javaNext(type: string): string {
  return `Turn it into PKCS#12 with keytool -importkeystore -srcstoretype ${type} -deststoretype PKCS12.`;
}

/** Two or three sentences for a person, without any secret: what it came to, and what to do next. */
export function outcomeMessage(outcome: PfxOutcome): string {
  switch (outcome.kind) {
    case 'opened': {
      const { certificates, keys, notes } = outcome;
      const found = `Opened: ${count(certificates.length, 'certificate')}, ${count(keys.length, 'private key')}.`;
      const isPartial = notes.some(({ code }) => isLostKey(code) || isLostCertificate(code));
      return isPartial ? `${found} Not all of it could be read: see the findings.` : found;
    }
    case 'wrong-password':
      return outcome.endsInLineBreak
        ? 'The password is wrong. It ends in a line break, which was taken as part of it; give it without one, or let the command ask for it: leave --password-stdin out.'
        : 'The password is wrong. Check capitals, the keyboard layout, and blanks copied with it.';
    case 'not-pkcs12': {
      const [what, next] = fileKinds[outcome.what];
      return `This is not a PKCS#12 file: ${what}. ${next}`;
    }
    case 'damaged':
      return `The file is damaged: ${outcome.where}. Copy it again as binary, or export it again.`;
    case 'unsupported': {
      const oid = outcome.oid === '' ? '' : ` (${outcome.oid})`;
      return `The file uses ${outcome.algorithm}${oid}, which is not supported. Export it again with a password, AES-256 and SHA-256.`;
    }
    case 'protected-for':
      return `The file has no password for you to type: Windows protected it for ${principalsText(outcome.principals)}. Import it on a computer of that domain, signed in as one of them, or export it again with a password.`;
    case 'refused':
      return `The file is refused: ${limitWords(outcome)}. ${limitNext[outcome.limit]}`;
  }
}

const limitNext: Readonly<Record<PfxLimit['limit'], string>> = {
  size: 'Check that it is the right file: a PFX has a few thousand bytes.',
  elements: 'No tool is known to write such a file: get it again from where it was made.',
  depth: 'No tool is known to write such a file: get it again from where it was made.',
  certificates: 'Export it again with the certificates that are needed.',
  iterations: 'Export it again with 600,000 iterations or fewer.',
  'total-iterations': 'Export it again with fewer iterations.',
  memory: 'Export it again with PBKDF2 in place of scrypt.',
  'pbmac1-key-length': 'Export it again, or have it written with a newer version of the tool that made it.',
};

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
      // a count that no number here can hold is told as the largest one
      return `it asks for ${found === Number.MAX_SAFE_INTEGER ? 'more than ' : ''}${number(found)} iterations, more than the limit of ${number(allowed)}`;
    case 'total-iterations':
      return `it asks for ${number(found)} iterations in all, more than the limit of ${number(allowed)}`;
    case 'memory':
      return `its scrypt asks for ${number(found)} bytes of memory, more than the limit of ${number(allowed)}`;
    case 'pbmac1-key-length':
      return found === null
        ? 'its PBMAC1 names no key length, which RFC 9579 forbids'
        : `its PBMAC1 has a key length of ${number(found)} bytes; RFC 9579 wants ${number(allowed)} or more`;
  }
}

export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** The groups and users that every domain has, by the last number of their identifier (Microsoft's page "Security identifiers"). */
const wellKnown: Readonly<Record<string, string>> = {
  500: 'Administrator',
  512: 'Domain Admins',
  513: 'Domain Users',
  515: 'Domain Computers',
  516: 'Domain Controllers',
  519: 'Enterprise Admins',
};

/** Most identifiers that one sentence tells. */
const mostTold = 10;

function principalsText(principals: readonly string[]): string {
  if (principals.length === 0) return 'users, computers or groups of a domain, which it does not tell in the open';
  const told = principals.slice(0, mostTold).map((sid) => {
    const name = /^S-1-5-21-.*-(\d+)$/.exec(sid)?.[1];
    return name !== undefined && own(wellKnown, name) !== undefined ? `${sid} (${own(wellKnown, name)})` : sid;
  });
  const more = principals.length - told.length;
  return `these users, computers or groups of a domain: ${told.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
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
    case 'other-version':
      return [
        'warning',
        `The file says it is of version ${note.version ?? 'beyond any number'}; PKCS#12 has 3. Other programs may refuse it.`,
        'Convert it, or export it again.',
      ];
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
    case 'protected-for':
      return [
        'information',
        `Windows protected it for ${principalsText(note.principals)}, too: they import it without a password.`,
      ];
    case 'certificate-trailing':
      return [
        'warning',
        `${count(note.count, 'byte')} stand behind a certificate in its part of the file and are not read.`,
        exportAgain,
      ];
    case 'certificate-unreadable':
      return ['error', `A part of the file could not be read: ${note.where}.`, exportAgain];
    case 'key-other-password':
      return [
        'error',
        'A private key could not be decrypted: it has another password than the file, or is damaged.',
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
