// The one hash by which a script is known: what it says, whether or not somebody signed it since.
import { createHash } from 'node:crypto';

/**
 * SHA-256 (64 lower-case hexadecimal digits) of a script's text as UTF-8, without its byte order mark, its signature
 * block and the blanks at its end; `session.ps1` computes the same of the file it runs from.
 */
export function scriptHash(text: string): string {
  const [unsigned = ''] = text.replace(/^\uFEFF/, '').split('# SIG # Begin signature block');
  return createHash('sha256').update(unsigned.trimEnd(), 'utf8').digest('hex');
}
