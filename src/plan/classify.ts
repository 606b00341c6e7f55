// Which kind of rotation this is: what transport would do with both certificates side by side (docs/facts-exchange.md#selection).
import type { CertificateFacts } from '../model/certificate';
import type { TlsCertificateName } from '../model/names';
import type { Plan } from '../model/plan';
import { refersTo } from './tlsCertificateName';

/**
 * `new-name` where the issuer's or subject's text differs; else the later expiry decides which one is chosen. `expected` is what the old one's
 * DER lets expect, as a file is judged. Names that differ in case alone count as the same: taken for different, an import would be in use at once.
 */
export function classify(
  old: CertificateFacts,
  fresh: CertificateFacts,
  expected: TlsCertificateName = old.tlsCertificateName,
): Plan['class'] {
  if (![old.tlsCertificateName, expected].some((name) => refersTo(name, fresh.tlsCertificateName))) return 'new-name';
  return fresh.notAfter > old.notAfter ? 'same-name' : 'shorter-life';
}
