// Which servers are Edge servers: no session reaches them, and no plan tells of them.
import type { Found, FoundServer } from '../model/found';
import { sameName } from '../model/names';

/** By its own word, or by its subscription where it answered no session. */
export function isEdge({ name, roles }: Pick<FoundServer, 'name' | 'roles'>, { edgeSubscriptions }: Found): boolean {
  return (
    roles?.some((role) => /edge/i.test(role)) === true ||
    edgeSubscriptions?.some((edge) => sameName(edge, name)) === true
  );
}
