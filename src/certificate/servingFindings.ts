// The inspector's rules that hold for a certificate at work: what a client that connects may refuse.
import type { CertificateFacts } from '../model/certificate';
import type { Time } from '../model/names';
import { suitability, type SuitabilityFinding } from './suitability';

const ofLeaf = ['key-too-small', 'weak-signature', 'unusual-signature', 'no-server-auth', 'is-authority'] as const;
const ofIssuer = ['key-too-small', 'weak-signature'] as const;

export type ServingCode = (typeof ofLeaf)[number];
export type ServingFinding = SuitabilityFinding & { readonly code: ServingCode };

/** What speaks against `facts` as the certificate of a server, or as one that issued it; ends and names are judged apart. */
export function servingFindings(
  facts: CertificateFacts,
  role: 'leaf' | 'issuer',
  now: Time,
): readonly ServingFinding[] {
  const codes: readonly ServingCode[] = role === 'leaf' ? ofLeaf : ofIssuer;
  const unknown = { hasPrivateKey: null, hostnames: null, services: null, provider: undefined, replaces: null };
  return suitability(facts, { now, ...unknown }).flatMap((finding) => {
    const code = codes.find((one) => one === finding.code);
    return code === undefined ? [] : [{ ...finding, code }];
  });
}
