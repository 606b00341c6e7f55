// Whether a certificate's names cover a host name, as RFC 9525 section 6.3 has it.

/**
 * True when one of `dnsNames` is `hostname`, or a wildcard for exactly its first label. Compared as A-labels, without regard to
 * case and to the root's dot; false where `hostname` is no name.
 */
export function coversHostname(dnsNames: readonly string[], hostname: string): boolean {
  const wanted = asciiName(hostname);
  if (wanted === '') return false;
  const parent = wanted.slice(wanted.indexOf('.'));
  const wildcard = wanted.startsWith('*') || !parent.startsWith('.') ? undefined : `*${parent}`;
  // section 6.3: a wildcard is the whole left-most label and stands for exactly one; a name with one is itself no host's
  return dnsNames.some((name) => bare(name) === wanted || bare(name) === wildcard);
}

/** A-labels in lower case, without the root's dot, as the URL parser makes them; '' where it is none. */
function asciiName(hostname: string): string {
  const plain = bare(hostname);
  if (/[/?#@:\\]/.test(plain)) return '';
  // every host name that is written in ASCII is its own A-label
  return /^[\x21-\x7e]*$/.test(plain)
    ? plain
    : URL.canParse(`http://${plain}/`)
      ? new URL(`http://${plain}/`).hostname
      : '';
}

/** Lower case, without the root's dot. */
function bare(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
