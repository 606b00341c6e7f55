// What opening a PKCS#12 file can come to: six outcomes, and what was seen on the way.
import { deepest } from '../certificate/der';
import type { CertificateFacts } from '../model/certificate';
import type { FileKind } from './recognize';

/** One encrypted (or bare) part of the file, as the file declares it. */
export interface Encryption {
  readonly part: 'certificates' | 'key';
  /** `AES-256-CBC`, `PBE-SHA1-3DES`, … or `none`. */
  readonly algorithm: string;
  /** The key derivation's hash; null where nothing is derived. */
  readonly hash: string | null;
  readonly iterations: number | null;
}

export interface MacFacts {
  readonly algorithm: string;
  readonly iterations: number;
}

/** What is odd about how the file is written, and makes Windows refuse it by public reports (importsOn.ts). */
export type Oddity = 'key-in-pieces' | 'certificates-in-pieces' | 'secret' | 'long-salt';

/** What can be read without the password; parts inside an encrypted part are added when that is opened. */
export interface PfxSummary {
  readonly encryption: readonly Encryption[];
  readonly mac: MacFacts | null;
  readonly oddities: readonly Oddity[];
}

export interface BagNames {
  readonly friendlyName: string | null;
  /** Upper-case hexadecimal. Wrong, missing or repeated in real files: shown, never relied on where the key itself can tell. */
  readonly localKeyId: string | null;
}

export interface PfxCertificate extends BagNames {
  readonly der: Uint8Array;
  readonly facts: CertificateFacts;
  /** Index into `keys`; null where no key of the file is this certificate's. */
  readonly key: number | null;
}

/** A private key as PKCS#8. It stays in the process (or worker) that opened the file. */
export interface PfxKey extends BagNames {
  readonly pkcs8: Uint8Array;
  readonly algorithm: CertificateFacts['keyAlgorithm'];
  /** Microsoft's key provider attribute, 1.3.6.1.4.1.311.17.1; null where the file names none. */
  readonly provider: string | null;
  /** Windows is told to import it as AT_SIGNATURE (`openssl pkcs12 -keysig`): with such a key it can sign and not decrypt. */
  readonly isForSigning: boolean;
  /** True when a certificate of the file has this key. */
  readonly owned: boolean;
}

/** What was odd, or could not be read although the file opened. */
export type PfxNote =
  | { readonly code: 'other-version'; readonly version: number | null }
  | { readonly code: 'trailing-bytes'; readonly count: number }
  | { readonly code: 'no-mac' }
  | { readonly code: 'null-password' }
  | { readonly code: 'old-password-encoding' }
  | { readonly code: 'bag-skipped'; readonly bag: string }
  | { readonly code: 'protected-for'; readonly principals: readonly string[] }
  | { readonly code: 'certificate-trailing'; readonly count: number }
  | { readonly code: 'certificate-unreadable'; readonly where: string }
  | { readonly code: 'key-other-password' }
  | { readonly code: 'key-unsupported'; readonly algorithm: string; readonly oid: string }
  | { readonly code: 'key-unreadable'; readonly where: string }
  | { readonly code: 'key-owner-by-id' };

export interface OpenedPfx extends PfxSummary {
  readonly kind: 'opened';
  /** Owners of keys first, each followed by its chain, then the rest. */
  readonly certificates: readonly PfxCertificate[];
  readonly keys: readonly PfxKey[];
  readonly notes: readonly PfxNote[];
}

export type PfxLimit =
  | {
      readonly limit: 'size' | 'elements' | 'depth' | 'certificates';
      readonly allowed: number;
      readonly found: number | null;
    }
  | { readonly limit: 'iterations' | 'total-iterations' | 'memory'; readonly allowed: number; readonly found: number }
  | { readonly limit: 'pbmac1-key-length'; readonly allowed: number; readonly found: number | null };

export type PfxOutcome =
  | OpenedPfx
  | ({ readonly kind: 'wrong-password'; readonly endsInLineBreak: boolean } & PfxSummary)
  | { readonly kind: 'not-pkcs12'; readonly what: FileKind }
  | ({ readonly kind: 'damaged'; readonly where: string } & PfxSummary)
  | ({ readonly kind: 'unsupported'; readonly algorithm: string; readonly oid: string } & PfxSummary)
  /** Protected for users, computers or groups of a domain, as their security identifiers tell; no password opens it, or another than the one tried. */
  | ({ readonly kind: 'protected-for'; readonly principals: readonly string[] } & PfxSummary)
  | ({ readonly kind: 'refused' } & PfxLimit & PfxSummary);

export const nothingSeen: PfxSummary = { encryption: [], mac: null, oddities: [] };

export interface PfxLimits {
  readonly bytes: number;
  readonly elements: number;
  readonly depth: number;
  /** And keys: parts that cost work. */
  readonly certificates: number;
  /** Of one derivation, and of all derivations of the file together. */
  readonly iterations: number;
  readonly totalIterations: number;
  /** Bytes one derivation may ask for (scrypt). */
  readonly memory: number;
}

/** A real Firefox export has 600,000 iterations for each part (docs/facts-pfx.md#iterations). */
export const defaultLimits: PfxLimits = {
  bytes: 10_000_000,
  elements: 100_000,
  depth: deepest,
  certificates: 1_000,
  iterations: 5_000_000,
  totalIterations: 10_000_000,
  memory: 100_000_000,
};
