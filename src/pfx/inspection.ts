// Turns the outcome of opening a file into what is printed and shown of it.
import { certificatePool, chainOf, isSelfSigned, type Chain } from '../certificate/chain';
import { readName } from '../certificate/distinguishedName';
import { certificateFields } from '../certificate/fields';
import { suitability } from '../certificate/suitability';
import type { Finding } from '../model/certificate';
import type { InspectedCertificate, Inspection } from '../model/inspection';
import type { Time } from '../model/names';
import { importsOn } from './importsOn';
import type { OpenedPfx, PfxCertificate, PfxOutcome } from './outcome';
import { noteFinding, outcomeMessage } from './words';

/** The object `inspect --json` prints; public facts only. */
export function inspection(outcome: PfxOutcome, now: Time): Inspection {
  const summary =
    outcome.kind === 'not-pkcs12'
      ? { encryption: [], mac: null }
      : { encryption: outcome.encryption, mac: outcome.mac };
  const imports = importsOn(summary);
  return {
    outcome: outcome.kind,
    message: outcomeMessage(outcome),
    certificates: outcome.kind === 'opened' ? outcome.certificates.map(inspected) : [],
    privateKeys: outcome.kind === 'opened' ? outcome.keys.length : 0,
    ...summary,
    importsOn: imports.importsOn,
    findings: outcome.kind === 'opened' ? [...openedFindings(outcome, now), ...imports.findings] : imports.findings,
  };
}

function inspected({ facts, friendlyName, key }: PfxCertificate): InspectedCertificate {
  const {
    thumbprint,
    sha256,
    subject,
    issuer,
    tlsCertificateName,
    serialNumber,
    notBefore,
    notAfter,
    dnsNames,
    keyAlgorithm,
    keySize,
  } = facts;
  const names = { thumbprint, sha256, subject, issuer, tlsCertificateName, serialNumber };
  return { ...names, notBefore, notAfter, dnsNames, keyAlgorithm, keySize, hasPrivateKey: key !== null, friendlyName };
}

function openedFindings(opened: OpenedPfx, now: Time): readonly Finding[] {
  return once([
    ...opened.notes.map(noteFinding),
    ...keyFindings(opened),
    ...chainFindings(opened),
    ...certificateFindings(opened, now),
  ]);
}

/** The same sentence once: a file may hold a thousand bags of a kind that is not shown. */
function once(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [finding.code + finding.message, finding])).values()];
}

function* keyFindings({ certificates, keys }: OpenedPfx): Iterable<Finding> {
  if (certificates.length === 0) {
    yield { code: 'no-certificates', severity: 'error', message: 'The file holds no certificate.' };
  } else if (keys.length === 0) {
    yield { code: 'no-private-key', severity: 'error', message: 'The file holds no private key.' };
  }
  const stray = keys.filter(({ owned }) => !owned).length;
  if (stray > 0) {
    yield {
      code: 'key-without-certificate',
      severity: 'error',
      message: `No certificate of the file belongs to ${stray === 1 ? 'a private key' : `${stray} private keys`} in it.`,
    };
  }
  if (keys.length > 1) {
    yield {
      code: 'several-keys',
      severity: 'warning',
      message: `The file holds ${keys.length} private keys; say which certificate is meant.`,
    };
  }
}

function* chainFindings({ certificates }: OpenedPfx): Iterable<Finding> {
  const pool = certificatePool(certificates.map(({ der }) => der));
  const owners = certificates.flatMap(({ key }, at) => (key === null ? [] : [at]));
  const chains = owners.map((at) => chainOf(pool, at));
  const missing = new Set(chains.flatMap(({ missingIssuer }) => missingIssuer ?? []));
  for (const issuer of missing) {
    yield {
      code: 'chain-incomplete',
      severity: 'information',
      message: `The file does not hold the issuer ${issuer}; a root need not be in it, an intermediate should.`,
    };
  }
  if (chains.some(hasForeignRoot)) {
    yield {
      code: 'root-included',
      severity: 'warning',
      message: 'The file holds a root certificate; roots are not imported from a PFX.',
    };
  }
  const used = new Set(chains.flatMap(({ order }) => order));
  const surplus = owners.length === 0 ? [] : certificates.filter((_, at) => !used.has(at));
  if (surplus.length > 0) {
    const names = surplus.map(({ facts }) => facts.subject || facts.thumbprint).join('; ');
    yield {
      code: 'surplus-certificates',
      severity: 'information',
      message: `Not part of the chain of any key: ${names}.`,
    };
  }
  const thumbprints = certificates.map(({ facts }) => facts.thumbprint);
  if (new Set(thumbprints).size < thumbprints.length) {
    yield {
      code: 'duplicate-certificates',
      severity: 'information',
      message: 'A certificate stands in the file more than once.',
    };
  }
  if (owners.some((at) => isSelfSigned(pool, at))) {
    yield {
      code: 'self-signed',
      severity: 'warning',
      message: 'The certificate is self-signed: only clients that were told so trust it.',
    };
  }
}

/** A root above the certificate; a self-signed certificate is not its own root here. */
function hasForeignRoot({ order, hasRoot }: Chain): boolean {
  return hasRoot && order.length > 1;
}

function* certificateFindings({ certificates, keys }: OpenedPfx, now: Time): Iterable<Finding> {
  for (const { facts, der, key } of certificates) {
    if (key === null) continue;
    const provider = keys[key]?.provider ?? null;
    const context = { now, hasPrivateKey: true, hostnames: null, services: null, provider, replaces: null };
    for (const { code, severity, message, remedy } of suitability(facts, context)) {
      yield { code, severity, message: `${message} ${remedy}` };
    }
    const { subject, issuer } = certificateFields(der);
    const odd = new Set([subject, issuer].flatMap((name) => readName(name).differsOnWindows));
    if (odd.size > 0) {
      const message = `Windows is said to print ${[...odd].join(', ')} in names as OID.…; compare TlsCertificateName on the server.`;
      yield { code: 'name-differs-on-windows', severity: 'information', message };
    }
    if (facts.keyAlgorithm === 'RSA' && provider === null) {
      const message =
        'The file names no key provider; check on the server that the key came into a CSP before it is enabled.';
      yield { code: 'provider-not-named', severity: 'information', message };
    }
  }
}
