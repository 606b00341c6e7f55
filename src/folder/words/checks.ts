// What each check says must hold.
import type { Check, Verdict } from '../../model/plan';
import { replication } from '../../plan/replication';
import type { Unknown } from '../../plan/verdict';

type CheckOf<C extends Check['check']> = Extract<Check, { readonly check: C }>;

const sentences: { readonly [C in Check['check']]: (check: CheckOf<C>) => string } = {
  'snapshot-taken': ({ after }) => `a snapshot was taken after ${after}`,
  'certificate-installed': ({ server, provider }) =>
    `the certificate is installed on ${server} with its key${provider === 'csp' ? ', not in a key storage provider' : ''}`,
  'certificate-absent': ({ server }) => `the certificate is not installed on ${server}`,
  'copy-present': () => 'the converted copy is there',
  'copies-deleted': () => 'no backup and no copy is left',
  'backup-verified': ({ server }) => `the backup of ${server} was opened again and holds the certificate`,
  'friendly-name': ({ server, name }) => `the friendly name on ${server} is ${name}`,
  'services-enabled': ({ server, services }) => `the certificate serves ${services.join(', ')} on ${server}`,
  binding: ({ server, port, thumbprint }) => `port ${String(port)} of ${server} is bound to ${thumbprint}`,
  'internal-transport': ({ server, thumbprint }) =>
    thumbprint === null
      ? `it is known which internal transport certificate ${server} had before the rotation`
      : `the internal transport certificate of ${server} is ${thumbprint}`,
  'services-restarted': ({ server, services }) =>
    `${services.join(' and ')} on ${server} restarted since, or present the certificate`,
  'receive-connector': ({ connector, tlsCertificateName }) => `${connector} names ${nameOf(tlsCertificateName)}`,
  'send-connector': ({ connector, tlsCertificateName }) => `${connector} names ${nameOf(tlsCertificateName)}`,
  'source-servers-ready': ({ connector }) => `every source server of ${connector} has the certificate enabled for SMTP`,
  'hybrid-configuration': ({ tlsCertificateName }) => `the hybrid configuration names ${nameOf(tlsCertificateName)}`,
  presents: ({ server, endpoint, thumbprint }) => `${server} presents ${thumbprint} on ${endpoint}`,
  observed: ({ server, endpoint }) => `${endpoint} of ${server} was looked at`,
  // whether mail went is not counted anywhere: a queue without mail stays clear as well
  watched: ({ name, minutes }) =>
    name === replication
      ? `every domain controller told the same, within ${String(minutes)} minutes`
      : `no queue of ${name} said for ${String(minutes)} minutes that the certificate could not be used; whether mail went is not known`,
  'days-passed': ({ days, since }) => `${String(days)} days have passed since ${since ?? 'the cutover'}`,
  reached: ({ server }) => `${server} answers`,
  unused: ({ server, instead }) => `nothing uses the ${instead === undefined ? 'old' : 'new'} certificate on ${server}`,
  decided: ({ question, answer }) => `decided: ${question} is ${answer}`,
};

/** A clause in plain English; names in it may be a stranger's text. */
export function checkSentence(check: Check): string {
  const sentence = sentences[check.check] as (check: Check) => string;
  return sentence(check);
}

const whys: Readonly<Record<Unknown, string>> = {
  'server-not-found': 'the snapshot does not tell of this server',
  'server-not-reached': 'the server was not reached',
  'not-told': 'it was not told',
  'not-observed': 'nobody has looked yet',
  'observed-before-the-last-change': 'the last look was before the last change',
  'decided-before-the-last-change': 'it was decided before the first server had changed. Decide again',
  'not-in-the-baseline':
    'no snapshot taken before its services were changed tells it. Take one; where they were changed already, begin a new rotation',
  'not-begun': 'the cutover has not ended, or no result tells when',
  'use-not-told': 'not every use of the certificate was told, and what is unknown counts as use',
};

/** What a check came to: `holds`, what was found instead, or why it can't be said. */
export function verdictSentence(verdict: Verdict): string {
  if (verdict.verdict === 'holds') return 'holds';
  if (verdict.verdict === 'fails') return verdict.found === '' ? 'does not hold' : `found: ${verdict.found}`;
  return Object.hasOwn(whys, verdict.why) ? `not known: ${whys[verdict.why as Unknown]}` : 'not known';
}

function nameOf(tlsCertificateName: string): string {
  return tlsCertificateName === '' ? 'no certificate' : tlsCertificateName;
}
