// Checks of what a server is set to and what it presents.
import type { Observation } from '../../model/observation';
import type { Thumbprint, Time } from '../../model/names';
import type { Verdict } from '../../model/plan';
import type { BindingRow } from '../../model/snapshot';
import type { Service } from '../../model/wanted';
import { changedAt, lastChangeOf } from '../lastChange';
import { isEnabledForSmtp } from '../usable';
import { all, equals, fails, holds, unknown } from '../verdict';
import { isAcceptedUnseen, isSilent } from '../withoutProbe';
import type { ServerView, World } from '../view';
import { inStore, type Judges, onServer } from './judges';

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
        IIS: () => bound(there, 443, check.thumbprint, seen),
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
    onServer(check.server, world, (there) => bound(there, check.port, check.thumbprint, world.view.found.taken)),
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

/** Exchange's own site of a port; other sites of the same port only where Exchange's is not among them. */
const sites: Readonly<Record<number, string>> = { 443: 'Default Web Site', 444: 'Exchange Back End' };

/** The bindings of `port` that Exchange answers on; null where they are not told. */
export function bindingsOf(there: ServerView, port: number): readonly BindingRow[] | null {
  const rows = there.row.bindings?.filter((row) => row.port === port) ?? null;
  const own = rows?.filter((row) => row.site === sites[port]) ?? [];
  return own.length > 0 ? own : rows;
}

/** Both witnesses must agree: IIS and HTTP.sys can hold different hashes (facts exchange.md 1.10). */
function bound(there: ServerView, port: number, thumbprint: Thumbprint, seen: Time): Verdict {
  const rows = bindingsOf(there, port);
  if (rows === null) return unknown('not-told');
  if (rows.length === 0) return fails(seen, 'absent');
  return all(
    rows.flatMap(({ iis, httpSys }) => [equals(iis, thumbprint, seen), equals(httpSys, thumbprint, seen)]),
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
  const at = view.found.restarted[server];
  const enabled = changedAt(view.found, 'enable-services', { server }, rotation);
  // a look that reached nothing says nothing of the restart
  const looked = observation !== undefined && isSilent(observation) ? undefined : observation?.at;
  const since = [looked ?? '', enabled ?? ''].reduce((one, other) => (one > other ? one : other));
  if (at !== undefined && at >= since) return holds(at);
  return fails(observation?.at ?? null, presented(observation) ?? 'not-restarted');
}
