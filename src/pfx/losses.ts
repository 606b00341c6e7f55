// Which findings tell of something in the file that could not be read, and so would be missing from a copy.

/** Codes of notes (words.ts) of a private key that could not be read. A copy without it would be taken for the whole file. */
export function isLostKey(code: string): boolean {
  return code === 'key-other-password' || code === 'key-unsupported' || code === 'key-unreadable';
}

/** Codes of notes of a certificate, or of a part that may hold one, that could not be read. */
export function isLostCertificate(code: string): boolean {
  return code === 'certificate-unreadable';
}

/** Codes of notes of what a copy leaves out by design: revocation lists, secrets, bytes behind a certificate. */
export function isLeftOut(code: string): boolean {
  return (
    code === 'bag-skipped' || code === 'certificate-trailing' || code === 'trailing-bytes' || code === 'protected-for'
  );
}
