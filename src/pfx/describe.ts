// Says what the parts of a PKCS#12 file are written with, and judges what each would cost before anything is derived.
import type { Bag, Container } from './container';
import type { Deriver } from './deriver';
import type { Oddity, PfxSummary } from './outcome';
import { describeMac, describeScheme, type Scheme } from './scheme';

/** Where descriptions are gathered while a file is opened. */
export interface Described {
  readonly deriver: Deriver;
  readonly encryption: PfxSummary['encryption'][number][];
  readonly oddities: Set<Oddity>;
}

/** Describes every part that is in the open, and judges all their iteration counts before anything is derived. */
export function summarize({ safes, mac }: Container, opening: Described): PfxSummary {
  for (const safe of safes) {
    if (safe.kind === 'encrypted') {
      opening.encryption.push(describeScheme('certificates', safe.scheme));
      noteScheme(safe.scheme, safe.isInPieces, 'certificates', opening.oddities);
      opening.deriver.judge(safe.scheme);
    } else {
      describeBags(safe.bags, true, opening);
    }
  }
  if (mac !== null) opening.deriver.judge(mac);
  return {
    encryption: opening.encryption,
    mac: mac === null ? null : describeMac(mac),
    oddities: [...opening.oddities],
  };
}

/** For whom the password is protected in the file; undefined where it is not. */
export function principalsOf({ safes }: Container): readonly string[] | undefined {
  const found = safes.flatMap((safe) =>
    safe.kind === 'plain'
      ? safe.bags.flatMap((bag) => (bag.kind === 'protected-password' ? [bag.principals] : []))
      : [],
  );
  return found.length === 0 ? undefined : found.flat();
}

/** The longest salt of PBKDF2 with which Windows 10 and 11 were seen to import a file; with 64 bytes they do not (PKI.js#300). */
const longestSalt = 32;

function noteScheme(scheme: Scheme, isInPieces: boolean, part: 'key' | 'certificates', oddities: Set<Oddity>): void {
  if (isInPieces) oddities.add(`${part}-in-pieces`);
  if (scheme.kind === 'pbes2' && scheme.derivation.salt.length > longestSalt) oddities.add('long-salt');
}

/** Describes the keys among `bags`, of those in the open (`plain`) everything else as well. */
export function describeBags(bags: readonly Bag[], plain: boolean, { encryption, oddities, deriver }: Described): void {
  const bare = { hash: null, iterations: null };
  for (const bag of bags) {
    if (bag.kind === 'encrypted-key') {
      encryption.push(describeScheme('key', bag.scheme));
      noteScheme(bag.scheme, bag.isInPieces, 'key', oddities);
      deriver.judge(bag.scheme);
    } else if (bag.kind === 'skipped' && bag.isSecret === true) {
      oddities.add('secret');
    } else if (bag.kind === 'unsupported-key') {
      encryption.push({ part: 'key', algorithm: bag.problem.algorithm, ...bare });
    } else if (plain && bag.kind === 'key') {
      encryption.push({ part: 'key', algorithm: 'none', ...bare });
    }
  }
  if (plain && bags.some(({ kind }) => kind === 'certificate'))
    encryption.push({ part: 'certificates', algorithm: 'none', ...bare });
}
