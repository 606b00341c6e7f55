// Whether a certificate covers the name a client asked for (RFC 9525).
import { isIP } from 'node:net';
import type { CertificateFacts } from '../model/certificate';
import { coversHostname } from '../model/hostnames';

/** Only the subject alternative name counts: RFC 9525 section 2 has done with the common name. */
export function coversName(
  certificate: Pick<CertificateFacts, 'dnsNames' | 'ipAddresses'>,
  servername: string,
): boolean {
  // Section 6.5: an address matches an iPAddress entry bit by bit, never a DNS name.
  if (isIP(servername)) return certificate.ipAddresses.some((address) => sameAddress(address, servername));
  return !servername.startsWith('*') && coversHostname(certificate.dnsNames, servername);
}

/** Addresses in one spelling each: the URL parser's, which is RFC 5952's for IPv6. */
function sameAddress(one: string, other: string): boolean {
  return isIP(one) !== 0 && canonical(one) === canonical(other);
}

function canonical(address: string): string {
  return isIP(address) === 6 ? new URL(`http://[${address}]`).hostname : address;
}
