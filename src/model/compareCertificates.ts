// Compares a new certificate with the one it replaces, fact by fact.
import type { CertificateFacts } from './certificate';

export type Difference =
  | { readonly code: 'names' | 'usage'; readonly lost: readonly string[]; readonly added: readonly string[] }
  | { readonly code: 'key' | 'issuer' | 'subject' | 'end' | 'signature'; readonly from: string; readonly to: string };

/** What changes from `old` to `fresh`; [] when nothing of interest does. Serial number and thumbprint always change and are left out. */
export function compareCertificates(old: CertificateFacts, fresh: CertificateFacts): readonly Difference[] {
  const key = ({ keyAlgorithm, keySize }: CertificateFacts) =>
    keySize === null ? keyAlgorithm : `${keyAlgorithm} ${keySize}`;
  const lower = ({ dnsNames, ipAddresses }: CertificateFacts) => [
    ...dnsNames.map((name) => name.toLowerCase()),
    ...ipAddresses,
  ];
  const lists: readonly Difference[] = [
    { code: 'names', ...changes(lower(old), lower(fresh)) },
    { code: 'usage', ...changes(old.extendedKeyUsage ?? ['any'], fresh.extendedKeyUsage ?? ['any']) },
  ];
  const values: readonly Difference[] = [
    { code: 'subject', from: old.subject, to: fresh.subject },
    { code: 'issuer', from: old.issuer, to: fresh.issuer },
    { code: 'key', from: key(old), to: key(fresh) },
    { code: 'signature', from: old.signatureAlgorithm, to: fresh.signatureAlgorithm },
    { code: 'end', from: old.notAfter, to: fresh.notAfter },
  ];
  return [...lists, ...values].filter((difference) =>
    'lost' in difference ? difference.lost.length + difference.added.length > 0 : difference.from !== difference.to,
  );
}

function changes(
  from: readonly string[],
  to: readonly string[],
): { readonly lost: readonly string[]; readonly added: readonly string[] } {
  return { lost: from.filter((name) => !to.includes(name)), added: to.filter((name) => !from.includes(name)) };
}
