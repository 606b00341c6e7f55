// Judges one certificate for use by Exchange; what no one can tell from the file alone is asked of the context.
import type { AdvisedFinding, CertificateFacts } from '../model/certificate';
import { coversHostname } from '../model/hostnames';
import { isKeyStorageProvider } from '../model/keyProvider';
import { isKnownDate, type Time } from '../model/names';

/** What is known besides the certificate; null is unknown, and then nothing is said about it. */
export interface SuitabilityContext {
  readonly now: Time;
  readonly hasPrivateKey: boolean | null;
  readonly hostnames: readonly string[] | null;
  readonly services: readonly string[] | null;
  /** The key provider named in the file; null where none is named, undefined where that is not known. */
  readonly provider: string | null | undefined;
  /** The certificate this one is to replace. */
  readonly replaces: CertificateFacts | null;
}

export interface SuitabilityFinding extends AdvisedFinding {
  readonly code: SuitabilityCode;
  readonly remedy: string;
}

export type SuitabilityCode =
  | 'no-private-key'
  | 'key-not-rsa'
  | 'key-too-small'
  | 'weak-signature'
  | 'unusual-signature'
  | 'no-server-auth'
  | 'no-client-auth'
  | 'no-alternative-names'
  | 'hostname-missing'
  | 'wildcard-pop-imap'
  | 'date-unknown'
  | 'expired'
  | 'not-yet-valid'
  | 'expires-soon'
  | 'is-authority'
  | 'provider-cng'
  | 'provider-not-named'
  | 'empty-subject'
  | 'name-long'
  | 'name-too-long'
  | 'name-ambiguous'
  | 'name-not-certain'
  | 'same-name'
  | 'shorter-life';

const serverAuth = '1.3.6.1.5.5.7.3.1';
const clientAuth = '1.3.6.1.5.5.7.3.2';
const anyUsage = '2.5.29.37.0';
const day = 86_400_000;
/** Days before the end from which a certificate is not worth rolling out. */
const soon = 14;
/** Lengths of `TlsCertificateName`: Exchange stores 256 characters (docs/facts-exchange.md#name-length). */
const longName = 200;
const longestName = 256;

/** Everything that speaks against, or should be known about, `facts` serving Exchange; [] when nothing does. */
export function suitability(facts: CertificateFacts, context: SuitabilityContext): readonly SuitabilityFinding[] {
  return [
    ...keyFindings(facts, context),
    ...signatureFindings(facts),
    ...usageFindings(facts),
    ...nameFindings(facts, context),
    ...dateFindings(facts, context),
    ...tlsNameFindings(facts),
    ...replacementFindings(facts, context.replaces),
  ];
}

function finding(
  code: SuitabilityCode,
  severity: AdvisedFinding['severity'],
  message: string,
  remedy: string,
): SuitabilityFinding {
  return { code, severity, message, remedy };
}

function* keyFindings(
  facts: CertificateFacts,
  { hasPrivateKey, provider }: SuitabilityContext,
): Iterable<SuitabilityFinding> {
  if (hasPrivateKey === false) {
    yield finding(
      'no-private-key',
      'error',
      'There is no private key for this certificate.',
      'Export it again with its private key.',
    );
  }
  if (facts.keyAlgorithm !== 'RSA') {
    const remedy = 'Have the certificate issued for an RSA key of 2048 bits or more.';
    yield finding(
      'key-not-rsa',
      'error',
      `The key is ${facts.keyAlgorithm}; Exchange by default works with RSA only.`,
      remedy,
    );
  } else if (facts.keySize !== null && facts.keySize < 2048) {
    const remedy = 'Have it issued for an RSA key of 2048 bits or more.';
    yield finding('key-too-small', 'error', `The RSA key has ${facts.keySize} bits; 2048 is the least.`, remedy);
  }
  if (provider === null && facts.keyAlgorithm === 'RSA') {
    const message = 'The file names no key provider; Windows may then choose a CNG one, which Exchange cannot use.';
    const remedy = 'Convert it and name the provider, or check on the server before the certificate is enabled.';
    yield finding('provider-not-named', 'information', message, remedy);
  } else if (provider != null && isKeyStorageProvider(provider)) {
    const remedy = 'Convert the file and have it name the Microsoft RSA SChannel Cryptographic Provider.';
    yield finding('provider-cng', 'error', `The file asks for a CNG key provider; Exchange needs a CSP.`, remedy);
  }
  if (facts.isCertificateAuthority) {
    const remedy = 'Use an end-entity certificate.';
    yield finding('is-authority', 'warning', 'This is the certificate of a certification authority.', remedy);
  }
}

function* signatureFindings({ signatureAlgorithm, isSelfIssued }: CertificateFacts): Iterable<SuitabilityFinding> {
  if (isSelfIssued) return;
  if (/^(?:sha1|md[245])With|SHA1$/i.test(signatureAlgorithm)) {
    const remedy = 'Have it issued with a SHA-2 signature.';
    yield finding('weak-signature', 'error', `It is signed with ${signatureAlgorithm}, which clients refuse.`, remedy);
  } else if (signatureAlgorithm === 'rsassaPss') {
    const remedy = 'Prefer a certificate signed with sha256WithRSAEncryption.';
    yield finding('unusual-signature', 'warning', 'It is signed with RSA-PSS, which not every client reads.', remedy);
  }
}

function* usageFindings({ extendedKeyUsage }: CertificateFacts): Iterable<SuitabilityFinding> {
  if (extendedKeyUsage === null || extendedKeyUsage.includes(anyUsage)) return;
  if (!extendedKeyUsage.includes(serverAuth)) {
    const remedy = 'Have it issued with serverAuth.';
    yield finding('no-server-auth', 'error', 'Its extended key usage leaves out server authentication.', remedy);
  }
  if (!extendedKeyUsage.includes(clientAuth)) {
    const remedy = 'Ask Microsoft 365 whether your connectors rely on it; public authorities no longer issue it.';
    const message =
      'Its extended key usage leaves out client authentication, which connectors to Microsoft 365 may need.';
    yield finding('no-client-auth', 'warning', message, remedy);
  }
}

function* nameFindings(
  facts: CertificateFacts,
  { hostnames, services }: SuitabilityContext,
): Iterable<SuitabilityFinding> {
  if (facts.dnsNames.length === 0) {
    const remedy = 'Have it issued with every published host name as a DNS name.';
    yield finding('no-alternative-names', 'error', 'It has no DNS names in its subject alternative name.', remedy);
  }
  for (const hostname of hostnames ?? []) {
    if (coversHostname(facts.dnsNames, hostname)) continue;
    const remedy = `Have it issued with ${hostname} among its names, or take the name out of the configuration.`;
    yield finding('hostname-missing', 'error', `Its names do not cover ${hostname}.`, remedy);
  }
  if (!facts.dnsNames.some((name) => name.startsWith('*.'))) return;
  const wanted = services === null || services.some((service) => /^(?:pop|imap)$/i.test(service));
  if (wanted) {
    const remedy = 'For POP and IMAP set X509CertificateName with Set-PopSettings and Set-ImapSettings.';
    const severity = services === null ? 'information' : 'warning';
    yield finding(
      'wildcard-pop-imap',
      severity,
      'Exchange does not assign a wildcard certificate to POP and IMAP.',
      remedy,
    );
  }
}

function* dateFindings(
  { notBefore, notAfter }: CertificateFacts,
  { now }: SuitabilityContext,
): Iterable<SuitabilityFinding> {
  for (const [what, time] of [
    ['start', notBefore],
    ['end', notAfter],
  ] as const) {
    if (isKnownDate(time)) continue;
    const message = `Its ${what} is not known: the certificate has a time there that does not exist.`;
    yield finding('date-unknown', 'error', message, 'Have it issued again.');
  }
  if (!isKnownDate(notBefore) || !isKnownDate(notAfter)) return;
  const [from, until, at] = [notBefore, notAfter, now].map((time) => Date.parse(time)) as [number, number, number];
  if (until < at) {
    yield finding('expired', 'error', `It ended on ${notAfter}.`, 'Get a new certificate.');
  } else if (from > at) {
    yield finding(
      'not-yet-valid',
      'error',
      `It begins on ${notBefore}; here it is ${now}.`,
      'Wait, or check the clocks.',
    );
  } else if (until - at < soon * day) {
    yield finding(
      'expires-soon',
      'warning',
      `It ends on ${notAfter}, in less than ${soon} days.`,
      'Get a new certificate.',
    );
  }
}

function* tlsNameFindings({
  subject,
  issuer,
  tlsCertificateName: name,
  uncertainNames,
}: CertificateFacts): Iterable<SuitabilityFinding> {
  if (subject === '') {
    const message =
      'Its subject is empty: its TlsCertificateName ends in <S>, and a connector cannot tell it from others.';
    yield finding('empty-subject', 'warning', message, 'Have it issued with a subject (a common name is enough).');
  }
  if (uncertainNames !== undefined) {
    const message = `How Windows prints ${uncertainNames.join(', ')} in names is not known, so its TlsCertificateName may differ from the one shown.`;
    const remedy = 'Compare with Issuer and Subject of Get-ExchangeCertificate once it is imported.';
    yield finding('name-not-certain', 'warning', message, remedy);
  }
  if (name.length > longestName && uncertainNames === undefined) {
    const message = `Its TlsCertificateName has ${name.length} characters; Exchange takes ${longestName}.`;
    yield finding(
      'name-too-long',
      'error',
      message,
      'It can serve no connector; have it issued with a shorter subject.',
    );
  } else if (name.length > longName) {
    const message =
      uncertainNames === undefined
        ? `Its TlsCertificateName has ${name.length} characters, close to Exchange's limit of ${longestName}.`
        : `Its TlsCertificateName may have some ${name.length} characters; Exchange takes ${longestName}.`;
    yield finding('name-long', 'warning', message, 'Check the connectors after they are set.');
  }
  if (/<[IS]>/i.test(subject + issuer)) {
    const message = 'A name contains <I> or <S>, which Exchange uses to part issuer and subject.';
    yield finding(
      'name-ambiguous',
      'warning',
      message,
      'Compare thumbprints, and check the connectors after they are set.',
    );
  }
}

function* replacementFindings(facts: CertificateFacts, old: CertificateFacts | null): Iterable<SuitabilityFinding> {
  if (old?.tlsCertificateName !== facts.tlsCertificateName || old.thumbprint === facts.thumbprint) return;
  if (facts.notAfter <= old.notAfter) {
    const message = `It has the same name as the one it replaces and ends no later (${facts.notAfter}): Exchange goes on choosing the old one.`;
    yield finding('shorter-life', 'error', message, 'Remove the old certificate first, or get one that lives longer.');
  } else {
    const message = 'It has the same name as the one it replaces: connectors choose it from the moment it is imported.';
    yield finding('same-name', 'information', message, 'Import and enable it on each server in one go.');
  }
}
