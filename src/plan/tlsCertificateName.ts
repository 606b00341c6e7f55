// Compares what connectors hold with what a certificate is called.
import type { TlsCertificateName } from '../model/names';

/** The tags in capitals, the names as they stand: `<i>CN=R12<s>CN=www` is `<I>CN=R12<S>CN=www` (docs/facts-exchange.md#name-format). */
export function withCapitalTags(name: TlsCertificateName): TlsCertificateName {
  return name.replace(/^<i>/, '<I>').replace(/<s>/i, '<S>');
}

/** Whether a read-back is what was to be set: tags without regard to case, names to the letter. */
export function isSetTo(found: TlsCertificateName, wanted: TlsCertificateName): boolean {
  return withCapitalTags(found) === withCapitalTags(wanted);
}

/** Whether `value` may select a certificate called `name`: without regard to case, because a reference missed is worse than one too many. */
export function refersTo(value: TlsCertificateName, name: TlsCertificateName): boolean {
  return value !== '' && value.toUpperCase() === name.toUpperCase();
}
