// Where Windows put the private key: OWA and ECP fail with a key storage provider (docs/facts-exchange.md#key-provider).
import { isKeyStorageProvider } from '../model/keyProvider';
import type { Rotation } from '../model/rotation';
import { changedAt } from './lastChange';
import type { ServerView, View } from './view';

/** True where the new certificate is installed with a key that Exchange can't use. */
export function isInKeyStorage({ certificates }: ServerView, { to }: Rotation): boolean {
  return isKeyStorageProvider(certificates?.get(to.thumbprint)?.provider);
}

/** Whether the PFX as it is has led to such a key anywhere in this rotation: the copy names its provider and does not. */
export function leadsToKeyStorage(view: View, rotation: Rotation): boolean {
  const servers = rotation.servers.flatMap((name) => view.server(name) ?? []);
  return servers.some(
    (there) =>
      isInKeyStorage(there, rotation) ||
      changedAt(view.found, 'take-back-import', { server: there.row.name }, rotation) !== null,
  );
}
