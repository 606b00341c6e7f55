// The shape of a check's judge, and the one gate every check of a server passes.
import type { InstalledCertificate } from '../../model/found';
import type { ServerName, Thumbprint } from '../../model/names';
import type { Check, Verdict } from '../../model/plan';
import { unknown } from '../verdict';
import type { ServerView, World } from '../view';

export type CheckOf<Name extends Check['check']> = Extract<Check, { readonly check: Name }>;

/** A judge for each named check, so that a forgotten one does not compile. */
export type Judges<Names extends Check['check']> = {
  readonly [Name in Names]: (check: CheckOf<Name>, world: World) => Verdict;
};

/** Judges a server that answered; one that did not is unknown in everything. */
export function onServer(server: ServerName, world: World, judge: (there: ServerView) => Verdict): Verdict {
  const there = world.view.server(server);
  if (there === undefined) return unknown('server-not-found');
  return there.reached ? judge(there) : unknown('server-not-reached');
}

/** Judges a certificate in a server's store; undefined is told to be absent. */
export function inStore(
  { server, thumbprint }: { readonly server: ServerName; readonly thumbprint: Thumbprint },
  world: World,
  judge: (certificate: InstalledCertificate | undefined, there: ServerView) => Verdict,
): Verdict {
  return onServer(server, world, (there) =>
    there.certificates === null ? unknown('not-told') : judge(there.certificates.get(thumbprint), there),
  );
}
