// Asks whether the name that a connector holds, as a server printed it, is that of a certificate whose name was predicted.
import type { CertificateFacts } from './certificate';
import type { TlsCertificateName } from './names';

/** `unknown` where all that is certain of the prediction agrees, which proves and refuses nothing. */
export type NameReference = 'yes' | 'no' | 'unknown';

/** Whether `value` selects the certificate of `facts`: without regard to case, because a reference missed is worse than one too many. */
export function nameReference(
  value: TlsCertificateName,
  {
    tlsCertificateName: predicted,
    uncertainNames = [],
  }: Pick<CertificateFacts, 'tlsCertificateName' | 'uncertainNames'>,
): NameReference {
  if (value === '') return 'no';
  if (uncertainNames.length === 0) return value.toUpperCase() === predicted.toUpperCase() ? 'yes' : 'no';
  const [told, expected] = [partsOf(value), partsOf(predicted)];
  const agrees =
    told.length === expected.length &&
    expected.every(
      (part, at) => uncertainNames.some((name) => part.includes(`${name.toUpperCase()}=`)) || part === told[at],
    );
  return agrees ? 'unknown' : 'no';
}

/** The attributes of both names in capitals, cut at commas and tags outside of quotes. */
function partsOf(name: TlsCertificateName): readonly string[] {
  return name.toUpperCase().match(/(?:"[^"]*"|<[IS]>|[^",])+/g) ?? [];
}
