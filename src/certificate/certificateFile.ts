// Reads the certificates of a .pem, .cer, .crt, .der or .p7b file, whichever of the three encodings it is in.
import type { CertificateFacts } from '../model/certificate';
import { content, DerError, encoding, isContext, isUniversal, newBudget, readDer, Tag, type Element } from './der';
import { readOid } from './derValues';
import { isCertificateBlock, pemBlocks } from './pem';
import { readCertificate } from './readCertificate';

export interface CertificateFile {
  readonly kind: 'pem' | 'der' | 'pkcs7' | 'none';
  readonly certificates: readonly { readonly der: Uint8Array; readonly facts: CertificateFacts }[];
  /** What could not be read, a sentence each; PEM blocks of other kinds are named, private keys among them. */
  readonly problems: readonly string[];
}

const signedData = '1.2.840.113549.1.7.2';
/** More than this is not read: no certificate file of a server is as large. */
const mostBytes = 10_000_000;
/** As many as of a PFX: each costs work, and none of a server's files has as many. */
const mostCertificates = 1_000;
const mostProblems = 100;

/** Never throws; `none` when the file is in none of the encodings. */
export function readCertificateFile(bytes: Uint8Array): CertificateFile {
  if (bytes.length > mostBytes) return { kind: 'none', certificates: [], problems: ['The file is too large.'] };
  if (bytes[0] !== 0x30) return fromPem(Buffer.from(bytes).toString(isWide(bytes) ? 'utf16le' : 'latin1'));
  const inside = pkcs7Certificates(bytes);
  return inside === undefined ? collected('der', [bytes], []) : collected('pkcs7', inside, []);
}

function isWide(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xfe;
}

function fromPem(text: string): CertificateFile {
  const problems: string[] = [];
  const ders: Uint8Array[] = [];
  const blocks = pemBlocks(text);
  for (const block of blocks) {
    const bundle = block.label === 'PKCS7' || block.label === 'CMS';
    if (block.der === undefined) problems.push(`A block ${block.label} is not readable as base64.`);
    else if (isCertificateBlock(block)) ders.push(block.der);
    else if (bundle) for (const der of pkcs7Certificates(block.der) ?? []) ders.push(der);
    else problems.push(`A block ${block.label} is not shown.`);
  }
  return collected(blocks.length === 0 ? 'none' : 'pem', ders, problems);
}

function collected(
  kind: CertificateFile['kind'],
  ders: readonly Uint8Array[],
  problems: readonly string[],
): CertificateFile {
  const read = ders.slice(0, mostCertificates).map((der) => ({ der, facts: readCertificate(der) }));
  const left = ders.length - read.length;
  return {
    kind,
    certificates: read.flatMap(({ der, facts }) => ('problem' in facts ? [] : [{ der, facts }])),
    problems: first([
      ...problems,
      ...read.flatMap(({ facts }) => ('problem' in facts ? [`Not a certificate: ${facts.where}.`] : [])),
      ...(left === 0 ? [] : [`More certificates than the first ${mostCertificates} are not read: ${left}.`]),
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
function pkcs7Certificates(bytes: Uint8Array): readonly Uint8Array[] | undefined {
  try {
    const [type, wrapped] = readDer(bytes, newBudget()).children;
    if (!isUniversal(type, Tag.oid) || readOid(type) !== signedData) return undefined;
    const signed = wrapped?.children[0];
    const set = signed?.children.find((part: Element) => isContext(part, 0) && content(part).length > 0);
    return (set?.children ?? []).map(encoding);
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}
