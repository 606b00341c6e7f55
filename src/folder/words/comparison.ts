// What the new certificate has otherwise than the old one, in English.
import type { Difference } from '../../model/compareCertificates';
import type { Plan } from '../../model/plan';
import { usageName } from '../../model/usageName';

const terms: Readonly<Record<Difference['code'], string>> = {
  names: 'names',
  usage: 'extended key usage',
  subject: 'subject',
  issuer: 'issuer',
  key: 'key',
  signature: 'signature',
  end: 'valid until',
};

export function comparisonSentences(comparison: Plan['comparison']): readonly string[] {
  if (comparison === null) return ['not known: no store tells of the old certificate'];
  if (comparison.length === 0) return ['nothing: names, usage, subject, issuer, key, signature and end are the same'];
  return comparison.map((difference) => `${terms[difference.code]}: ${changed(difference)}`);
}

function changed(difference: Difference): string {
  if (!('lost' in difference)) return `${difference.to}, was ${difference.from}`;
  const told = (word: string, values: readonly string[]) =>
    values.length === 0 ? [] : [`${word} ${values.map(difference.code === 'usage' ? usageName : String).join(', ')}`];
  return [...told('lost', difference.lost), ...told('added', difference.added)].join('; ');
}
