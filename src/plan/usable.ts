// Whether transport could use an installed certificate: SMTP needs the key to be readable by Network Service.
import type { InstalledCertificate } from '../model/found';
import type { Thumbprint } from '../model/names';

/** True, false, or null where nothing tells (docs/facts-exchange.md#blank-services). */
export function isEnabledForSmtp(certificate: InstalledCertificate): boolean | null {
  if (certificate.assigned?.includes('SMTP') === true || certificate.services?.includes('SMTP') === true) return true;
  if (certificate.services !== null) return false;
  return certificate.networkServiceCanRead;
}

/** Whether it can take another certificate's place in SMTP: with its key, enabled, and known to last longer, or named `instead`. */
export function canReplaceForSmtp(
  one: InstalledCertificate,
  other: InstalledCertificate,
  instead: Thumbprint | null,
): boolean {
  return (
    one.thumbprint !== other.thumbprint &&
    one.hasPrivateKey === true &&
    isEnabledForSmtp(one) === true &&
    one.facts !== null &&
    other.facts !== null &&
    (one.thumbprint === instead || one.facts.notAfter > other.facts.notAfter)
  );
}
