// The one hash by which a script is known: what it says, whether or not somebody signed it since.
import { createHash } from 'node:crypto';

/**
 * A signature block at the very end, of base64 as Set-AuthenticodeSignature writes it and of nothing else: `#requires`
 * loads modules out of a comment, a lone CR ends a line for PowerShell too, and what stands behind a false block would be
 * run, so all that counts. The same pattern, with `\z` for `$`, stands in the scripts.
 */
const signatureBlock =
  /(^|\n)# SIG # Begin signature block\r?\n(# [A-Za-z0-9+/]+={0,2}\r?\n)*# SIG # End signature block\s*$/;

/** The pattern as PowerShell's `-creplace` takes it. */
export const signaturePattern = signatureBlock.source.replace(/\$$/, '\\z');

/** Whether somebody signed it: a signature block is at its end. */
export function isSigned(text: string): boolean {
  return signatureBlock.test(text);
}

/** A script's text as it was rendered: without byte order mark, signature block and blanks at the end. */
export function withoutSignature(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replace(signatureBlock, '')
    .trimEnd();
}

/**
 * SHA-256 (64 lower-case hexadecimal digits) of `withoutSignature(text)` as UTF-8; `session.ps1` computes the same of
 * the file it runs from.
 */
export function scriptHash(text: string): string {
  return createHash('sha256').update(withoutSignature(text), 'utf8').digest('hex');
}
