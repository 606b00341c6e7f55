// Whether a certificate covers the name a client asked for (RFC 9525).
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import type { CertificateFacts } from '../model/certificate';

/** Only the subject alternative name counts: RFC 9525 section 2 has done with the common name. */
export function coversName(
  certificate: Pick<CertificateFacts, 'dnsNames' | 'ipAddresses'>,
  servername: string,
): boolean {
  // Section 6.5: an address matches an iPAddress entry bit by bit, never a DNS name.
  if (isIP(servername)) return certificate.ipAddresses.some((address) => sameAddress(address, servername));
  const wanted = referenceName(servername);
  return wanted !== '' && certificate.dnsNames.some((presented) => matches(presented.toLowerCase(), wanted));
}

/** A-labels in lower case, without the root's dot (section 6.3: names compare as ASCII); '' where `name` is none. */
function referenceName(name: string): string {
  return domainToASCII(name).toLowerCase().replace(/\.$/u, '');
}

function matches(presented: string, wanted: string): boolean {
  if (presented === wanted) return !wanted.includes('*');
  // Section 6.3: a wildcard is the whole left-most label and stands for exactly one label.
  if (!presented.startsWith('*.') || presented.includes('*', 1)) return false;
  const dot = wanted.indexOf('.');
  return dot > 0 && wanted.slice(dot) === presented.slice(1);
}

/** Addresses in one spelling each: the URL parser's, which is RFC 5952's for IPv6. */
function sameAddress(one: string, other: string): boolean {
  return isIP(one) !== 0 && canonical(one) === canonical(other);
}

function canonical(address: string): string {
  return isIP(address) === 6 ? new URL(`http://[${address}]`).hostname : address;
}
