// What the inspector's editor gets to know of an opened file: public facts, never a key.
import { certificatePool, chainOf } from '../certificate/chain';
import { certificateDetails, type CertificateDetails } from '../certificate/details';
import type { CertificateFacts } from '../model/certificate';
import type { Inspection } from '../model/inspection';
import type { Time } from '../model/names';
import { inspection } from './inspection';
import type { PfxOutcome } from './outcome';

export interface PfxView {
  readonly inspection: Inspection;
  /** One for each of `inspection.certificates`, with what that leaves out. */
  readonly facts: readonly CertificateFacts[];
  readonly details: readonly CertificateDetails[];
  /** For each owner of a key the indices of its chain, itself first. */
  readonly chains: readonly (readonly number[])[];
  /** The key provider named with each certificate's key. */
  readonly providers: readonly (string | null)[];
}

export function pfxView(outcome: PfxOutcome, now: Time): PfxView {
  const certificates = outcome.kind === 'opened' ? outcome.certificates : [];
  const keys = outcome.kind === 'opened' ? outcome.keys : [];
  const pool = certificatePool(certificates.map(({ der }) => der));
  return {
    inspection: inspection(outcome, now),
    facts: certificates.map(({ facts }) => facts),
    details: certificates.map(({ der }) => certificateDetails(der)),
    chains: certificates.flatMap(({ key }, at) => (key === null ? [] : [chainOf(pool, at).order])),
    providers: certificates.map(({ key }) => (key === null ? null : (keys[key]?.provider ?? null))),
  };
}
