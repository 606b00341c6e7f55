// What is to be said of a certificate's own encoding: names that Windows prints otherwise, extensions that can't be read.
import type { AdvisedFinding } from '../model/certificate';
import type { CertificateDetails } from './details';

/** [] for a certificate without oddities. */
export function readingFindings({ differsOnWindows, unreadable }: CertificateDetails): readonly AdvisedFinding[] {
  const names: readonly AdvisedFinding[] =
    differsOnWindows.length === 0
      ? []
      : [
          {
            code: 'name-differs-on-windows',
            severity: 'information',
            message: `Windows is said to print ${differsOnWindows.join(', ')} in names as OID.….`,
            remedy: 'Compare TlsCertificateName on the server.',
          },
        ];
  return [
    ...names,
    ...unreadable.map((extension) => ({
      code: 'extension-unreadable',
      severity: 'error' as const,
      message: `Its extension ${extension} is not what it should be and counts as empty here.`,
      remedy: 'Have the certificate issued again.',
    })),
  ];
}
