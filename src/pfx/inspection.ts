// Turns the outcome of opening a file into what is printed and shown of it.
import { certificateDetails } from '../certificate/details';
import { readingFindings } from '../certificate/readingFindings';
import { suitability } from '../certificate/suitability';
import type { AdvisedFinding, CertificateFacts } from '../model/certificate';
import type { InspectedCertificate, Inspection } from '../model/inspection';
import { isKnownDate, type Time } from '../model/names';
import { fileFindings } from './fileFindings';
import { importsOn } from './importsOn';
import { nothingSeen, type OpenedPfx, type PfxOutcome } from './outcome';
import { noteFinding, outcomeMessage } from './words';

/** The object `inspect --json` prints; public facts only. */
export function inspection(outcome: PfxOutcome, now: Time): Inspection {
  const summary =
    outcome.kind === 'not-pkcs12'
      ? nothingSeen
      : { encryption: outcome.encryption, mac: outcome.mac, oddities: outcome.oddities };
  const imports = importsOn(outcome.kind === 'opened' ? outcome : summary);
  return {
    // one of the words that there always were: nothing here opens it, as with an algorithm that is not supported
    outcome: outcome.kind === 'protected-for' ? 'unsupported' : outcome.kind,
    message: outcomeMessage(outcome),
    certificates:
      outcome.kind === 'opened'
        ? outcome.certificates.map(({ facts, friendlyName, key }) =>
            inspectedCertificate(facts, friendlyName, key !== null),
          )
        : [],
    privateKeys: outcome.kind === 'opened' ? outcome.keys.length : 0,
    encryption: summary.encryption,
    mac: summary.mac,
    importsOn: imports.importsOn,
    findings: [
      ...(outcome.kind === 'opened' ? openedFindings(outcome, now) : []),
      ...(outcome.kind === 'protected-for' ? [passwordBeside] : []),
      ...imports.findings,
    ],
  };
}

/** PFXExportCertStoreEx (wincrypt.h): what it protects for the principals is the file's password, whoever chose it. */
const passwordBeside: AdvisedFinding = {
  code: 'protected-for',
  severity: 'information',
  message: 'Where a password was chosen beside the groups or users, it opens the file, too.',
  remedy: null,
};

/** The facts of a certificate that are printed and shown of each. */
export function inspectedCertificate(
  facts: CertificateFacts,
  friendlyName: string | null,
  hasPrivateKey: boolean,
): InspectedCertificate {
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
  const told = (time: Time) => (isKnownDate(time) ? time : null);
  return {
    ...names,
    notBefore: told(notBefore),
    notAfter: told(notAfter),
    dnsNames,
    keyAlgorithm,
    keySize,
    hasPrivateKey,
    friendlyName,
  };
}

function openedFindings(opened: OpenedPfx, now: Time): readonly AdvisedFinding[] {
  return once([...opened.notes.map(noteFinding), ...fileFindings(opened), ...certificateFindings(opened, now)]);
}

/** The same sentence once: a file may hold a thousand bags of a kind that is not shown. */
function once(findings: readonly AdvisedFinding[]): readonly AdvisedFinding[] {
  return [...new Map(findings.map((finding) => [finding.code + finding.message, finding])).values()];
}

function* certificateFindings({ certificates, keys }: OpenedPfx, now: Time): Iterable<AdvisedFinding> {
  for (const { facts, der, key } of certificates) {
    if (key === null) continue;
    const provider = keys[key]?.provider ?? null;
    const context = { now, hasPrivateKey: true, hostnames: null, services: null, provider, replaces: null };
    yield* suitability(facts, context);
    yield* readingFindings(certificateDetails(der));
  }
}
