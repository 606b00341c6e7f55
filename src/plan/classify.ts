// Which kind of rotation this is: what transport would do with both certificates side by side (facts exchange.md 2.4).
import type { CertificateFacts } from '../model/certificate';
import type { Plan } from '../model/plan';
import { refersTo } from './tlsCertificateName';

/** `new-name` where the issuer's or subject's text differs; else the later expiry decides which one is chosen. */
export function classify(old: CertificateFacts, fresh: CertificateFacts): Plan['class'] {
  if (!sameText(old, fresh)) return 'new-name';
  return fresh.notAfter > old.notAfter ? 'same-name' : 'shorter-life';
}

/** Names that differ in case alone count as the same: a plan that takes them for different would import into live use. */
function sameText(old: CertificateFacts, fresh: CertificateFacts): boolean {
  return refersTo(old.tlsCertificateName, fresh.tlsCertificateName);
}
