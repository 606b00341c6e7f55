// What one certificate says of itself, read from its DER and from nothing else.
import type { Thumbprint, Time, TlsCertificateName } from './names';

export interface CertificateFacts {
  readonly thumbprint: Thumbprint;
  /** SHA-256 of the DER: 64 upper-case hexadecimal digits. */
  readonly sha256: string;
  /** Names as Windows prints them: predicted from the DER, by what is on record of CertNameToStr. */
  readonly subject: string;
  readonly issuer: string;
  readonly tlsCertificateName: TlsCertificateName;
  /**
   * Attributes of issuer or subject of which no record tells how Windows prints them; absent where the names are certain.
   * With any, no comparison with a name that Windows printed proves or refuses anything.
   */
  readonly uncertainNames?: readonly string[];
  /** As .NET's `SerialNumber`: upper-case hexadecimal of the encoded bytes. */
  readonly serialNumber: string;
  readonly notBefore: Time;
  readonly notAfter: Time;
  /** dNSName entries of the subject alternative name, in order; [] where there are none. */
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  readonly keyAlgorithm: 'RSA' | 'RSA-PSS' | 'EC' | 'Ed25519' | 'Ed448' | 'DSA' | 'unknown';
  /** Bits of the modulus or of the curve's field; null where it can't be told. */
  readonly keySize: number | null;
  /** Named where known (`sha256WithRSAEncryption`), else the OID. */
  readonly signatureAlgorithm: string;
  /** OIDs of the extended key usage; null where the extension is absent (any use). */
  readonly extendedKeyUsage: readonly string[] | null;
  readonly isCertificateAuthority: boolean;
  readonly isSelfIssued: boolean;
}

/** One thing to know about a certificate or file; `code` is stable, `message` is an English sentence of the room that found it. */
export interface Finding {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
}

/** A finding with what to do about it, in a sentence; null where nothing need be done. */
export interface AdvisedFinding extends Finding {
  readonly remedy: string | null;
}
