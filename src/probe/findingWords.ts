// The words of each finding: what is so, and what to do next.
import { own } from '../model/own';
import { chainWords } from './chainWords';
import type { Failure, FindingWords, ProbeFinding, Words } from './finding';

/** Named in one sentence, which each of the nodes says: there may be hundreds. */
const mostNames = 4;

/** The system's codes that people meet, in words; the code stays, to be looked up. */
const systemCodes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  ETIMEDOUT: 'no answer',
  ENOTFOUND: 'the name is not known',
  EAFNOSUPPORT: 'the address is of the other version of IP',
  EAI_AGAIN: 'the name could not be looked up',
  EHOSTUNREACH: 'no way there',
  ENETUNREACH: 'no way there',
};

function said(detail: string | null): string {
  if (detail === null || detail === '') return '.';
  const words = own(systemCodes, detail);
  const text = words === undefined ? detail : `${words} (${detail})`;
  return `: ${text}${/[.!?]$/u.test(text) ? '' : '.'}`;
}

/** What the look could not find out; the server may speak it. */
function notTried(versions: readonly string[]): string {
  return versions.length === 0 ? '' : ` (Not tried, since it cannot be spoken from there: ${versions.join(', ')}.)`;
}

const failures: { readonly [Code in Failure]: (finding: Extract<ProbeFinding, { code: Code }>) => FindingWords } = {
  // docs/facts-exchange.md#starttls-missing (KB2989382)
  'starttls-not-offered': ({ protocol, detail }) => ({
    message: `STARTTLS is not offered${said(detail)}`,
    remedy:
      protocol === 'smtp'
        ? 'Look for event 12014 (MSExchangeFrontEndTransport) on the server: no certificate matches the TlsCertificateName of the receive connector, or its chain or key is not usable. AuthMechanism must contain Tls.'
        : // docs/facts-exchange.md#pop-imap
          'Look at the X509CertificateName of Get-PopSettings or Get-ImapSettings, and restart the service after a change.',
  }),
  'starttls-refused': ({ detail }) => ({
    message: `STARTTLS is offered and then refused${said(detail)}`,
    // docs/facts-exchange.md#smtp-key (KB4051498, KB4495258)
    remedy:
      'Look for event 12014 on the server, and whether the certificate is enabled for SMTP: else its private key cannot be read by Network Service.',
  }),
  'injected-before-tls': ({ detail }) => ({
    message: `Clear text came after the reply that lets TLS begin${said(detail)}`,
    remedy:
      "Something between here and the server changes what it says. Look from the server's own network, and at proxies and firewalls that inspect mail.",
  }),
  timeout: ({ detail }) => ({
    message: `The server did not answer in time${said(detail)}`,
    remedy: 'Look again with a longer time-out; a port that expects TLS at once looks like this too.',
  }),
  closed: ({ detail, untried }) => ({
    message: `The server closed the connection${said(detail === 'closed' ? null : detail)}${notTried(untried)}`,
    remedy:
      'Look whether the service runs, whether a certificate is bound to the port, and whether this address may connect.',
  }),
  'not-this-protocol': ({ protocol, detail }) => ({
    message: `The port does not speak ${protocol}${said(detail)}`,
    remedy: 'Look at the port and protocol in the configuration.',
  }),
  'handshake-failed': ({ detail, untried }) => ({
    message: `TLS failed${said(detail)}${notTried(untried)}`,
    remedy: 'Look at the certificate bound to the port, its private key, and the TLS versions enabled on the server.',
  }),
  unreachable: ({ detail }) => ({
    message: `No connection${said(detail)}`,
    remedy: 'Look whether the service runs and whether a firewall lets this computer reach the port.',
  }),
};

/** `A…A by SERVER1, SERVER2; B…B by SERVER3`: the certificate that most present comes first. */
function byCertificate(nodes: Extract<ProbeFinding, { code: 'nodes-differ' }>['nodes']): string {
  const groups = new Map<string, string[]>();
  for (const { node, presented } of nodes) {
    const names = groups.get(presented);
    if (names) names.push(node);
    else groups.set(presented, [node]);
  }
  const sorted = [...groups].sort(([, one], [, other]) => other.length - one.length);
  return some(
    sorted.map(([presented, names]) => `${presented} by ${some(names, ', ')}`),
    '; ',
  );
}

function some(names: readonly string[], between: string): string {
  const more = names.length - mostNames;
  return names.slice(0, mostNames).join(between) + (more > 0 ? ` and ${more} more` : '');
}

const words: Words = {
  ...failures,
  ...chainWords,
  'as-planned': () => ({ message: 'The planned certificate is presented.', remedy: null }),
  'still-old': ({ presented, planned }) => ({
    message: `Still the old certificate ${presented}, not ${planned}.`,
    remedy:
      "Enable the new certificate for the service, set the connector's TlsCertificateName, and restart POP or IMAP where they run.",
  }),
  'third-certificate': ({ presented, planned, old }) => ({
    message:
      old === null
        ? `Not the certificate of the configuration (${planned}) is presented, but ${presented}.`
        : `Neither the old certificate nor the planned one (${planned}) is presented, but ${presented}.`,
    remedy:
      "Look which certificate matches the service's name on the server, and whether the address is the server's own and not a balancer's.",
  }),
  'certificate-unreadable': () => ({
    message: 'The certificate presented cannot be read.',
    remedy: 'Look at it with openssl x509 -text.',
  }),
  expired: ({ notAfter }) => ({ message: `The certificate expired at ${notAfter}.`, remedy: 'Rotate it.' }),
  'not-yet-valid': ({ notBefore }) => ({
    message: `The certificate is not valid before ${notBefore}.`,
    remedy: 'Look at the clocks of the server and of this computer.',
  }),
  expiring: ({ notAfter, days }) => ({
    message: `The certificate expires in ${days} ${days === 1 ? 'day' : 'days'}, at ${notAfter}.`,
    remedy: 'Rotate it.',
  }),
  'name-not-covered': ({ servername, dnsNames }) => ({
    message: `The certificate does not cover ${servername}, but ${dnsNames.join(', ') || 'no DNS name at all'}.`,
    remedy: 'Look whether the right certificate is bound, or order one with this name.',
  }),
  'nodes-differ': ({ nodes }) => ({
    message: `The servers present different certificates: ${byCertificate(nodes)}.`,
    remedy: 'Finish the rotation on the servers that are behind.',
  }),
};

/** The finding's text; parts of it may come from a stranger, with control characters already spelt out. */
export function wordsOf(finding: ProbeFinding): FindingWords {
  // The table's type ties each code to its own data; a union's member cannot be followed through an index.
  const word = words[finding.code] as (finding: ProbeFinding) => FindingWords;
  return word(finding);
}
