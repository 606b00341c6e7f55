// Reads the certificates of a .pem, .cer, .crt, .der or .p7b file in whatever encoding, and says of each part that it does not show.
import type { CertificateFacts } from '../model/certificate';
import { own } from '../model/own';
import { DerError, encoding, isContext, isUniversal, newBudget, readDer, Tag, type Element } from './der';
import { readOid } from './derValues';
import { cutBlocks, isBundleBlock, isCertificateBlock, pemBlocks, type PemBlock } from './pem';
import { readCertificate } from './readCertificate';
import { fromBase64, textOf, unwrapped } from './wrappedText';

export interface CertificateFile {
  readonly kind: 'pem' | 'der' | 'pkcs7' | 'none';
  readonly certificates: readonly { readonly der: Uint8Array; readonly facts: CertificateFacts }[];
  /** What could not be read or is not shown, a sentence each: cut blocks, blocks of other kinds, bytes behind a certificate. */
  readonly problems: readonly string[];
}

const signedData = '1.2.840.113549.1.7.2';
/** More than this is not read: no certificate file of a server is as large. */
const mostBytes = 10_000_000;
/** As many as of a PFX: each costs work, and none of a server's files has as many. */
const mostCertificates = 1_000;
const mostProblems = 100;

interface Collected {
  readonly ders: readonly Uint8Array[];
  readonly problems: readonly string[];
}

/** Never throws; `none` when the file is in none of the encodings. */
export function readCertificateFile(bytes: Uint8Array): CertificateFile {
  if (bytes.length > mostBytes) return { kind: 'none', certificates: [], problems: ['The file is too large.'] };
  // a digit 0 may begin a text, too, such as what `openssl s_client -showcerts` prints of a chain
  if (bytes[0] === 0x30 && !Buffer.from(bytes).includes('-----BEGIN ')) return fromDer(bytes);
  const found = unwrapped(textOf(bytes)).map(fromText);
  const [one = nothing] = found.filter(({ kind }) => kind !== 'none');
  return {
    kind: one.kind,
    certificates: found.flatMap(({ certificates }) => certificates).slice(0, mostCertificates),
    problems: first(found.flatMap(({ problems }) => problems)),
  };
}

const nothing: CertificateFile = { kind: 'none', certificates: [], problems: [] };

function fromText(text: string): CertificateFile {
  const [blocks, cut] = [pemBlocks(text), cutBlocks(text)];
  if (blocks.length + cut.length > 0) {
    const parts = blocks.map(inBlock);
    // the line of each costs a look at all before it
    const lost = cut
      .slice(0, mostProblems)
      .map(
        ({ label, from }) =>
          `The block ${label} that begins in line ${text.slice(0, from).split('\n').length} has no end: it was cut off, or another text was mixed in. Copy the file again.`,
      );
    return collected('pem', {
      ders: parts.flatMap(({ ders }) => ders),
      problems: [
        ...(cut.length === lost.length ? [] : [`More blocks that were cut off: ${cut.length - lost.length}.`]),
        ...parts.flatMap(({ problems }) => problems),
        ...lost,
      ],
    });
  }
  const bytes = fromBase64(text);
  return bytes?.[0] === 0x30 ? fromDer(bytes) : nothing;
}

/** A certificate and whatever stands behind it, or a PKCS#7. */
function fromDer(bytes: Uint8Array): CertificateFile {
  const bundle = pkcs7(bytes);
  return bundle === undefined ? collected('der', inARow(bytes)) : collected('pkcs7', bundle);
}

function inBlock(block: PemBlock): Collected {
  const { label, der } = block;
  if (block.isOldEncrypted)
    return {
      ders: [],
      problems: [`A block ${label} is an encrypted key of OpenSSL's old form (Proc-Type, DEK-Info); it is not shown.`],
    };
  if (der === undefined) return { ders: [], problems: [`A block ${label} is not readable as base64.`] };
  const isBundle = isBundleBlock(block);
  const bundle = isBundle || isCertificateBlock(block) ? pkcs7(der) : undefined;
  // also under the label of a certificate, as some tools write a chain
  if (bundle !== undefined) return bundle;
  if (isBundle) return { ders: [], problems: [`A block ${label} holds no PKCS#7.`] };
  // behind a trusted certificate OpenSSL writes for what it is trusted
  if (isCertificateBlock(block)) return label === 'TRUSTED CERTIFICATE' ? { ders: [der], problems: [] } : inARow(der);
  return { ders: [], problems: [`A block ${label} is not shown${own(blockKinds, label) ?? ''}.`] };
}

/** What is in blocks of other labels, as the end of a sentence. */
const blockKinds: Readonly<Record<string, string>> = {
  'CERTIFICATE REQUEST': ': it is a certificate request, which the authority signs',
  'NEW CERTIFICATE REQUEST': ': it is a certificate request, which the authority signs',
  'ENCRYPTED PRIVATE KEY': ': it is an encrypted private key (PKCS#8)',
  'RSA PRIVATE KEY': ': it is a private key, for all to read who can read the file',
  'EC PRIVATE KEY': ': it is a private key, for all to read who can read the file',
  'PRIVATE KEY': ': it is a private key, for all to read who can read the file',
  'X509 CRL': ': it is a revocation list',
  PKCS12:
    ': it is a PKCS#12 file as Cisco devices export it. Decode what stands between its lines to a .pfx file, and open that',
};

/** Certificates one behind the other, as a wrong concatenation makes them. */
function inARow(bytes: Uint8Array): Collected {
  const ders: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length && ders.length < mostCertificates) {
    const end = endOf(bytes, at);
    if (end === undefined && ders.length > 0) break;
    ders.push(bytes.subarray(at, end));
    at = end ?? bytes.length;
  }
  const left = bytes.length - at;
  return {
    ders,
    problems:
      left === 0 ? [] : [`${left === 1 ? '1 byte stands' : `${left} bytes stand`} behind the last certificate.`],
  };
}

/** Where the SEQUENCE that begins at `start` ends; undefined where there is none. */
function endOf(bytes: Uint8Array, start: number): number | undefined {
  try {
    const element = readDer(bytes, newBudget(), start);
    return isUniversal(element, Tag.sequence) ? element.end : undefined;
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

function collected(kind: CertificateFile['kind'], { ders, problems }: Collected): CertificateFile {
  const read = ders.slice(0, mostCertificates).map((der) => ({ der, facts: readCertificate(der) }));
  const left = ders.length - read.length;
  return {
    kind,
    certificates: read.flatMap(({ der, facts }) => ('problem' in facts ? [] : [{ der, facts }])),
    problems: first([
      ...(left === 0 ? [] : [`More certificates than the first ${mostCertificates} are not read: ${left}.`]),
      ...problems,
      ...read.flatMap(({ facts }) => ('problem' in facts ? [`Not a certificate: ${facts.where}.`] : [])),
    ]),
  };
}

function first(problems: readonly string[]): readonly string[] {
  if (problems.length <= mostProblems) return problems;
  return [
    ...problems.slice(0, mostProblems),
    `More problems than these are not listed: ${problems.length - mostProblems}.`,
  ];
}

/** The certificates of a SignedData (RFC 5652 section 5.1); undefined when `bytes` are none. */
function pkcs7(bytes: Uint8Array): Collected | undefined {
  try {
    const root = readDer(bytes, newBudget());
    const [type, wrapped] = root.children;
    if (!isUniversal(type, Tag.oid) || readOid(type) !== signedData) return undefined;
    const parts = wrapped?.children[0]?.children ?? [];
    const setOf = (tag: number) => parts.find((part: Element) => isContext(part, tag))?.children ?? [];
    const [ders, lists] = [setOf(0).map(encoding), setOf(1).length];
    const behind = bytes.length - root.end;
    return {
      ders,
      problems: [
        ...(ders.length > 0
          ? []
          : [
              `The PKCS#7 holds no certificate${lists === 0 ? '' : `, only ${lists === 1 ? 'a revocation list' : `${lists} revocation lists`}`}.`,
            ]),
        ...(behind === 0 ? [] : [`${behind === 1 ? '1 byte stands' : `${behind} bytes stand`} behind the PKCS#7.`]),
      ],
    };
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}
