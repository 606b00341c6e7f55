// The corpus of PFX files and what other tools said of each.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const corpusFolder = path.resolve(__dirname, '../../../test/fixtures/pfx');

export interface TruthCertificate {
  readonly thumbprint: string;
  readonly sha256: string;
  readonly subject: string;
  readonly issuer: string;
  readonly serialNumber: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly hasPrivateKey: boolean;
  readonly keySize: number | null;
  readonly dnsNames: readonly string[];
  readonly friendlyName: string | null;
}

export interface Truth {
  readonly file: string;
  readonly password: string;
  readonly outcome: 'opened' | 'wrong-password' | 'not-pkcs12' | 'damaged' | 'unsupported' | 'refused';
  readonly what?: string;
  readonly limit?: string;
  readonly finding?: string;
  /** Keys this product can't read, although openssl can. */
  readonly lostKeys?: number;
  /** Another file that holds the same. */
  readonly same?: string;
  /** Attributes were taken off, names with them. */
  readonly noNames?: boolean;
  readonly privateKeys?: number;
  readonly certificates?: readonly TruthCertificate[];
}

export const corpus = (
  JSON.parse(readFileSync(path.join(corpusFolder, 'truth.json'), 'utf8')) as { files: readonly Truth[] }
).files;

export function corpusFile(file: string): Uint8Array {
  const made = path.join(corpusFolder, 'files', file);
  return new Uint8Array(readFileSync(existsSync(made) ? made : path.join(corpusFolder, 'reported', file)));
}

export function utf8(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'utf8'));
}
