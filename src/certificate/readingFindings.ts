// What is to be said of a certificate's own encoding: extensions that can't be read.
import type { AdvisedFinding } from '../model/certificate';
import type { CertificateDetails } from './details';

/** [] for a certificate without oddities. */
export function readingFindings({ unreadable }: CertificateDetails): readonly AdvisedFinding[] {
  return unreadable.map((extension) => ({
    code: 'extension-unreadable',
    severity: 'error',
    message: `Its extension ${extension} is not what it should be and counts as empty here.`,
    remedy: 'Have the certificate issued again.',
  }));
}
