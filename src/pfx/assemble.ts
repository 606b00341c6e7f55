// Puts what was found in the bags together: whose key is whose, chains in order, nothing left out.
import { certificatePool, chainOf } from '../certificate/chain';
import { DerError } from '../certificate/der';
import { certificateFields, sameBytes } from '../certificate/fields';
import { readCertificate } from '../certificate/readCertificate';
import { encoding } from '../certificate/der';
import type { Bag } from './container';
import type { OpenedPfx, PfxCertificate, PfxKey, PfxNote } from './outcome';
import { publicKeyBits, readPrivateKey, runtimeSaysOwner, type PrivateKeyFacts } from './privateKey';

export interface KeyBag {
  readonly bag: Bag;
  readonly pkcs8: Uint8Array;
}

interface FoundKey extends KeyBag {
  readonly facts: PrivateKeyFacts;
}

interface FoundCertificate extends Omit<PfxCertificate, 'key'> {
  readonly publicKey: Uint8Array;
}

/** Certificates with their keys, owners first, each followed by its chain; `notes` as given and what is added here. */
export function assemble(
  bags: readonly Bag[],
  keyBags: readonly KeyBag[],
  notes: readonly PfxNote[],
): Pick<OpenedPfx, 'certificates' | 'keys' | 'notes'> {
  const added: PfxNote[] = [...notes];
  const certificates = bags.flatMap((bag) => found(bag, added));
  const keys = keyBags.flatMap((key) => readKey(key, added));
  const owners = keys.map((key) => ownersOf(key, certificates, added));
  const withKeys = certificates.map(({ der, facts, friendlyName, localKeyId }, at): PfxCertificate => {
    const key = owners.findIndex((indices) => indices.includes(at));
    return { der, facts, friendlyName, localKeyId, key: key === -1 ? null : key };
  });
  return {
    certificates: inOrder(withKeys),
    keys: keys.map(({ bag, pkcs8, facts }, at): PfxKey => {
      const { friendlyName, localKeyId, provider } = bag;
      return {
        pkcs8,
        algorithm: facts.algorithm,
        friendlyName,
        localKeyId,
        provider,
        isForSigning: facts.isForSigning,
        owned: (owners[at]?.length ?? 0) > 0,
      };
    }),
    notes: added,
  };
}

function found(bag: Bag, notes: PfxNote[]): readonly FoundCertificate[] {
  if (bag.kind === 'skipped') notes.push({ code: 'bag-skipped', bag: bag.bag });
  if (bag.kind === 'unreadable') notes.push({ code: 'certificate-unreadable', where: bag.where });
  if (bag.kind !== 'certificate') return [];
  const facts = readCertificate(bag.der);
  if ('problem' in facts) {
    notes.push({ code: 'certificate-unreadable', where: facts.where });
    return [];
  }
  const fields = certificateFields(bag.der);
  const behind = bag.der.length - fields.encoding.length;
  if (behind > 0) notes.push({ code: 'certificate-trailing', count: behind });
  const publicKey = publicKeyBits(encoding(fields.publicKey));
  const { friendlyName, localKeyId } = bag;
  return [{ der: Uint8Array.from(fields.encoding), facts, friendlyName, localKeyId, publicKey }];
}

function readKey(key: KeyBag, notes: PfxNote[]): readonly FoundKey[] {
  try {
    return [{ ...key, facts: readPrivateKey(key.pkcs8) }];
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    notes.push({ code: 'key-unreadable', where: error.message });
    return [];
  }
}

/** More certificates than this are not asked one by one whether a key is theirs. */
const mostAsked = 50;

/** By public key; where this runtime can't compute one, by local key id, and said so. */
function ownersOf(
  { bag, pkcs8, facts }: FoundKey,
  certificates: readonly FoundCertificate[],
  notes: PfxNote[],
): readonly number[] {
  const indices = certificates.map((_, at) => at);
  const { publicKey } = facts;
  const byKey =
    publicKey === undefined
      ? []
      : indices.filter((at) => sameBytes(certificates[at]?.publicKey ?? new Uint8Array(0), publicKey));
  if (byKey.length > 0) return byKey;
  const asked = indices.slice(0, mostAsked).filter((at) => {
    const certificate = certificates[at];
    return certificate?.facts.keyAlgorithm === facts.algorithm && runtimeSaysOwner(certificate.der, pkcs8);
  });
  if (asked.length > 0 || publicKey !== undefined || bag.localKeyId === null) return asked;
  notes.push({ code: 'key-owner-by-id' });
  return indices.filter((at) => certificates[at]?.localKeyId === bag.localKeyId);
}

function inOrder(certificates: readonly PfxCertificate[]): readonly PfxCertificate[] {
  const pool = certificatePool(certificates.map(({ der }) => der));
  const order = new Set<number>();
  certificates.forEach(({ key }, at) => {
    if (key !== null) for (const index of chainOf(pool, at).order) order.add(index);
  });
  // then those that could be servers', each with its chain, and what is left
  certificates.forEach(({ facts }, at) => {
    if (!facts.isCertificateAuthority) for (const index of chainOf(pool, at).order) order.add(index);
  });
  certificates.forEach((_, at) => order.add(at));
  return [...order].flatMap((at) => certificates[at] ?? []);
}
