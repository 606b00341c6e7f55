// Which of the wanted services a certificate can be enabled for.
import type { CertificateFacts } from '../model/certificate';
import type { Service } from '../model/wanted';

/** A wildcard certificate is not assigned to POP and IMAP: they find it by the host name they are set to (docs/facts-exchange.md#pop-imap). */
export function assignable(services: readonly Service[], { subject, dnsNames }: CertificateFacts): readonly Service[] {
  const isWildcard =
    /^CN=\*\./i.test(subject) || (dnsNames.length > 0 && dnsNames.every((name) => name.startsWith('*.')));
  return isWildcard ? services.filter((service) => service !== 'POP' && service !== 'IMAP') : services;
}
