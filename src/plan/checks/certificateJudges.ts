// Checks of certificates: in the stores of servers, in backups and in copies.
import { isKeyStorageProvider } from '../../model/keyProvider';
import { sameName } from '../../model/names';
import type { Observation } from '../../model/observation';
import { all, equals, fails, holds, unknown } from '../verdict';
import { changedAt } from '../lastChange';
import { isAcceptedUnseen } from '../withoutProbe';
import { usesOf } from '../uses';
import { inStore, type Judges } from './judges';

export const certificateJudges: Judges<
  | 'certificate-installed'
  | 'certificate-absent'
  | 'friendly-name'
  | 'backup-verified'
  | 'copy-present'
  | 'copies-deleted'
  | 'unused'
> = {
  'certificate-installed': (check, world) =>
    inStore(check, world, (certificate) => {
      const seen = world.view.found.taken;
      if (certificate === undefined) return fails(seen, 'absent');
      const key =
        certificate.hasPrivateKey === null
          ? unknown('not-told')
          : certificate.hasPrivateKey
            ? holds(seen)
            : fails(seen, 'no-private-key');
      return all([key, ...(check.provider === 'any' ? [] : [provider(certificate.provider, seen)])], seen);
    }),
  'certificate-absent': (check, world) =>
    inStore(check, world, (certificate) => {
      const seen = world.view.found.taken;
      return certificate === undefined ? holds(seen) : fails(seen, 'installed');
    }),
  'friendly-name': (check, world) =>
    inStore(check, world, (certificate) => {
      const seen = world.view.found.taken;
      return certificate === undefined ? fails(seen, 'absent') : equals(certificate.friendlyName, check.name, seen);
    }),
  'backup-verified': ({ server, thumbprint }, { view }) => {
    const backup = view.found.backups.find((one) => sameName(one.server, server) && one.thumbprint === thumbprint);
    if (backup === undefined) return fails(null, 'absent');
    return backup.verified ? holds(backup.at) : fails(backup.at, 'not-verified');
  },
  'copy-present': ({ thumbprint }, { view }) =>
    view.found.copies.includes(thumbprint) ? holds(null) : fails(null, 'absent'),
  'copies-deleted': (_check, { view: { found } }) => {
    const left = found.backups.length + found.copies.length;
    return left === 0 ? holds(null) : fails(null, String(left));
  },
  unused: ({ server, thumbprint, endpoints, instead = null }, { view: { found }, rotation }) => {
    const unseen = (look: Observation): boolean => isAcceptedUnseen(look, server, rotation);
    // a look from before the certificate came says nothing of it
    const since = instead === null ? null : changedAt(found, 'import', { server }, rotation);
    const uses = usesOf(found, server, thumbprint, { endpoints, unseen, since, instead });
    const certain = uses.filter((use) => use.certain);
    if (certain.length > 0)
      return fails(found.taken, certain.map(({ code, what }) => `${code} ${what}`.trim()).join(', '));
    return uses.length > 0 ? unknown('use-not-told') : holds(found.taken);
  },
};

/** Keys of a key storage provider (`CNG`) break forms logon of OWA and ECP (docs/facts-exchange.md#key-provider). */
function provider(name: string | null, seen: string): ReturnType<typeof holds> {
  if (name === null) return unknown('not-told');
  return isKeyStorageProvider(name) ? fails(seen, name) : holds(seen);
}
