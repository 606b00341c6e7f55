// Whether a certificate's names cover a host name, as RFC 9525 section 6.3 has it.

/** True when one of `dnsNames` is `hostname`, or a wildcard for exactly its first label. Compared as ASCII, without regard to case. */
export function coversHostname(dnsNames: readonly string[], hostname: string): boolean {
  const wanted = bare(hostname);
  const parent = wanted.slice(wanted.indexOf('.'));
  const wildcard = wanted.startsWith('*') || !parent.startsWith('.') ? undefined : `*${parent}`;
  return dnsNames.some((name) => bare(name) === wanted || bare(name) === wildcard);
}

/** Lower case, without the root's dot. */
function bare(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
