// Checks of what a server is set to and what it presents.
import type { Observation } from '../../model/observation';
import type { Thumbprint, Time } from '../../model/names';
import type { Verdict } from '../../model/plan';
import type { Service } from '../../model/wanted';
import { bindingsOf, mainBindings } from '../bindings';
import { changedAt, lastChangeOf } from '../lastChange';
import { isEnabledForSmtp } from '../usable';
import { all, equals, fails, holds, unknown } from '../verdict';
import { isAcceptedUnseen, isSilent } from '../withoutProbe';
import type { ServerView, World } from '../view';
import { inStore, type Judges, onServer } from './judges';
import { own } from '../../model/own';

export const serverJudges: Judges<
  'reached' | 'services-enabled' | 'binding' | 'internal-transport' | 'services-restarted' | 'presents' | 'observed'
> = {
  reached: ({ server }, { view }) => {
    const there = view.server(server);
    if (there === undefined) return unknown('server-not-found');
    return there.reached ? holds(view.found.taken) : fails(view.found.taken, there.row.reached.problem ?? '');
  },
  'services-enabled': (check, world) =>
    inStore(check, world, (certificate, there) => {
      const seen = world.view.found.taken;
      if (certificate === undefined) return fails(seen, 'absent');
      const told = certificate.services;
      if (told !== null && check.services.every((service) => told.includes(service))) return holds(seen);
      const judge: Readonly<Record<Service, () => Verdict>> = {
        SMTP: () => flag(isEnabledForSmtp(certificate), 'SMTP', seen),
        IIS: () => bound(there, 443, check.thumbprint, world),
        POP: () => assigned('POP'),
        IMAP: () => assigned('IMAP'),
      };
      const assigned = (service: 'POP' | 'IMAP'): Verdict => {
        if (certificate.assigned?.includes(service) === true) return holds(seen);
        const observation = world.view.observation(check.server, service === 'POP' ? 'pop3s' : 'imaps');
        if (presented(observation) === check.thumbprint) return holds(observation?.at ?? seen);
        return told === null ? unknown('not-told') : fails(seen, told.join(','));
      };
      return all(
        check.services.map((service) => judge[service]()),
        seen,
      );
    }),
  binding: (check, world) =>
    onServer(check.server, world, (there) => bound(there, check.port, check.thumbprint, world)),
  'internal-transport': ({ server, thumbprint }, world) =>
    thumbprint === null
      ? unknown('not-in-the-baseline')
      : onServer(server, world, ({ row }) => equals(row.internalTransport, thumbprint, world.view.found.taken)),
  'services-restarted': (check, world) =>
    onServer(check.server, world, (there) =>
      all(
        check.services.map((service) => restarted(service, there, check.thumbprint, world)),
        world.view.found.taken,
      ),
    ),
  presents: ({ server, endpoint, thumbprint }, { view, rotation }) => {
    const observation = view.observation(server, endpoint);
    if (observation === undefined) return unknown('not-observed');
    const changed = lastChangeOf(view, server, rotation);
    if (changed !== null && observation.at < changed) return unknown('observed-before-the-last-change');
    if (isAcceptedUnseen(observation, server, rotation)) return holds(observation.at);
    return equals(presented(observation) ?? observation.outcome, thumbprint, observation.at);
  },
  observed: ({ server, endpoint }, { view }) => {
    const observation = view.observation(server, endpoint);
    return observation === undefined ? unknown('not-observed') : holds(observation.at);
  },
};

/** The thumbprint an endpoint presented, or undefined where it presented nothing. */
function presented(observation: Observation | undefined): Thumbprint | undefined {
  return observation?.outcome === 'presented' ? observation.certificate?.thumbprint : undefined;
}

function flag(value: boolean | null, name: string, seen: Time): Verdict {
  if (value === null) return unknown('not-told');
  return value ? holds(seen) : fails(seen, `not-${name}`);
}

/**
 * What answers on every address must hold the certificate, and so must every other binding of Exchange's site that still holds the one the
 * rotation replaces; a name or an address that serves a third certificate is nobody's to touch.
 * Both witnesses must agree: IIS and HTTP.sys can hold different hashes.
 */
function bound(there: ServerView, port: number, thumbprint: Thumbprint, { view, rotation }: World): Verdict {
  const seen = view.found.taken;
  const rows = bindingsOf(there, port);
  if (rows === null) return unknown('not-told');
  if (rows.length === 0) return fails(seen, 'absent');
  const main = mainBindings(rows);
  const old = rotation.from.thumbprint;
  const follows = thumbprint === rotation.to.thumbprint ? rows.filter((row) => !main.includes(row)) : [];
  const isOld = (held: Thumbprint | null): Verdict =>
    held === null ? unknown('not-told') : held === old ? fails(seen, held) : holds(seen);
  return all(
    [
      ...main.flatMap(({ iis, httpSys }) => [equals(iis, thumbprint, seen), equals(httpSys, thumbprint, seen)]),
      ...follows.flatMap(({ iis, httpSys }) => [isOld(iis), isOld(httpSys)]),
    ],
    seen,
  );
}

/** Proven by what is presented; until somebody looks again, by a restart of ours after the last look and the last enabling. */
function restarted(service: Service, there: ServerView, thumbprint: Thumbprint, world: World): Verdict {
  const { view, rotation } = world;
  const server = there.row.name;
  if (service !== 'POP' && service !== 'IMAP') {
    const at = changedAt(view.found, 'recycle-iis', { server }, rotation);
    return at === null ? fails(view.found.taken, 'not-restarted') : holds(at);
  }
  const running = (service === 'POP' ? there.row.pop : there.row.imap)?.running;
  if (running === false) return holds(view.found.taken);
  if (running === null || running === undefined) return unknown('not-told');
  const observation = view.observation(server, service === 'POP' ? 'pop3s' : 'imaps');
  if (observation !== undefined && presented(observation) === thumbprint) return holds(observation.at);
  const at = own(view.found.restarted, server);
  const enabled = changedAt(view.found, 'enable-services', { server }, rotation);
  // a look that reached nothing says nothing of the restart
  const looked = observation !== undefined && isSilent(observation) ? undefined : observation?.at;
  const since = [looked ?? '', enabled ?? ''].reduce((one, other) => (one > other ? one : other));
  if (at !== undefined && at >= since) return holds(at);
  return fails(observation?.at ?? null, presented(observation) ?? 'not-restarted');
}
