// Turns the outcome of opening a file into what is printed and shown of it.
import { certificateDetails } from '../certificate/details';
import { readingFindings } from '../certificate/readingFindings';
import { suitability } from '../certificate/suitability';
import type { AdvisedFinding } from '../model/certificate';
import type { InspectedCertificate, Inspection } from '../model/inspection';
import type { Time } from '../model/names';
import { fileFindings } from './fileFindings';
import { importsOn } from './importsOn';
import type { OpenedPfx, PfxCertificate, PfxOutcome } from './outcome';
import { noteFinding, outcomeMessage } from './words';

/** The object `inspect --json` prints; public facts only. */
export function inspection(outcome: PfxOutcome, now: Time): Inspection {
  const summary =
    outcome.kind === 'not-pkcs12'
      ? { encryption: [], mac: null }
      : { encryption: outcome.encryption, mac: outcome.mac };
  const imports = importsOn(outcome.kind === 'opened' ? outcome : summary);
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
