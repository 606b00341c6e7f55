// What `inspect --json` prints and the PFX inspector shows of a file; its keys and their order are fixed, since others read it.
import type { AdvisedFinding, CertificateFacts } from './certificate';
import type { Time } from './names';

export interface Inspection {
  readonly outcome: 'opened' | 'wrong-password' | 'not-pkcs12' | 'damaged' | 'unsupported' | 'refused';
  readonly message: string;
  /** The key's owner first, then its chain, then the rest. */
  readonly certificates: readonly InspectedCertificate[];
  readonly privateKeys: number;
  readonly encryption: readonly InspectedEncryption[];
  readonly mac: { readonly algorithm: string; readonly iterations: number } | null;
  /** Null where nothing can be said. */
  readonly importsOn: Readonly<Record<WindowsServer, boolean | null>>;
  readonly findings: readonly AdvisedFinding[];
}

export type WindowsServer = 'windowsServer2016' | 'windowsServer2019' | 'windowsServer2022';

export type InspectedCertificate = Pick<
  CertificateFacts,
  | 'thumbprint'
  | 'sha256'
  | 'subject'
  | 'issuer'
  | 'tlsCertificateName'
  | 'serialNumber'
  | 'dnsNames'
  | 'keyAlgorithm'
  | 'keySize'
> & {
  /** Null where the certificate has a time there that does not exist. */
  readonly notBefore: Time | null;
  readonly notAfter: Time | null;
  readonly hasPrivateKey: boolean;
  readonly friendlyName: string | null;
};

export interface InspectedEncryption {
  readonly part: 'certificates' | 'key';
  readonly algorithm: string;
  readonly hash: string | null;
  readonly iterations: number | null;
}
