// What every kind of step is planned from: the inputs, looked up once.
import type { CertificateFacts } from '../model/certificate';
import type { Found } from '../model/found';
import type { ServerName, Thumbprint, Time, TlsCertificateName } from '../model/names';
import type { Rotation } from '../model/rotation';
import type { Wanted, WantedCertificate, WantedServer } from '../model/wanted';
import { canaryOf, isDeferred } from './decisions';
import { isEdge } from './edge';
import { leadsToKeyStorage } from './keyProvider';
import { type ServerView, type View, viewOf, type World } from './view';

export interface PlannedServer {
  readonly name: ServerName;
  readonly wanted: WantedServer;
  readonly found: ServerView;
  readonly baseline: ServerView;
  /** The first that is not deferred: the others wait for *Continue*. */
  readonly isCanary: boolean;
  readonly isDeferred: boolean;
}

export interface Planning {
  readonly wanted: Wanted;
  readonly rotation: Rotation;
  readonly certificate: WantedCertificate;
  /** A. */
  readonly old: { readonly thumbprint: Thumbprint; readonly name: TlsCertificateName };
  /** B. */
  readonly fresh: CertificateFacts;
  /** The PFX as it is puts the key where Exchange can't use it: the copy is imported everywhere. */
  readonly needsCopy: boolean;
  readonly baseline: View;
  readonly world: World;
  /** In the rotation's order, deferred ones included. */
  readonly servers: readonly PlannedServer[];
  /**
   * Found and not of this rotation: nothing is changed there. Edge servers, which tell nothing, are left out, and servers that were never
   * read since the configuration does not name them: those are a question.
   */
  readonly others: readonly ServerView[];
}

/** Looks everything up; only for inputs without a refusal, so that all of it is there. Throws a RangeError otherwise. */
export function makePlanning(wanted: Wanted, rotation: Rotation, baseline: Found, found: Found, now: Time): Planning {
  const certificate = wanted.certificates.find((one) => one.name === rotation.config.certificate);
  const old = factsOf(rotation.from.thumbprint, [baseline, found]);
  if (certificate === undefined || old === undefined) {
    throw new RangeError('The configuration names no such certificate, or the old one was not found.');
  }
  const view = viewOf(found);
  const configured = new Map(wanted.servers.map((one) => [one.name.toUpperCase(), one] as const));
  const canary = canaryOf(rotation);
  const chosen = new Set(rotation.servers.map((name) => name.toUpperCase()));
  return {
    wanted,
    rotation,
    certificate,
    old: { thumbprint: old.thumbprint, name: old.tlsCertificateName },
    fresh: freshFacts(rotation, [found, baseline]),
    needsCopy: leadsToKeyStorage(view, rotation),
    baseline: viewOf(baseline),
    world: { view, rotation, now },
    servers: rotation.servers.map((name) => {
      const server = configured.get(name.toUpperCase());
      const there = view.server(name);
      const before = viewOf(baseline).server(name);
      if (server === undefined || there === undefined || before === undefined) {
        throw new RangeError(`There is no server ${name}.`);
      }
      return {
        name: there.row.name,
        wanted: server,
        found: there,
        baseline: before,
        isCanary: name === canary,
        isDeferred: isDeferred(rotation, name),
      };
    }),
    others: found.servers
      .filter((row) => !chosen.has(row.name.toUpperCase()) && !isEdge(row, found))
      .flatMap(({ name }) => view.server(name) ?? [])
      .filter(({ row, reached }) => reached || configured.has(row.name.toUpperCase())),
  };
}

/** The facts of a certificate from the first store that told them. */
export function factsOf(thumbprint: Thumbprint, sources: readonly Found[]): CertificateFacts | undefined {
  for (const { servers } of sources) {
    for (const { certificates } of servers) {
      const facts = certificates?.find((one) => one.thumbprint === thumbprint)?.facts;
      if (facts !== undefined && facts !== null) return facts;
    }
  }
  return undefined;
}

/** The new certificate: as a server prints it where it is installed, until then as its file lets expect. */
export function freshFacts({ to }: Rotation, sources: readonly Found[]): CertificateFacts {
  return factsOf(to.thumbprint, sources) ?? to.certificate;
}

/** The name that a certificate's DER lets expect, where a server prints another. */
export function expectedName(thumbprint: Thumbprint, sources: readonly Found[]): TlsCertificateName | undefined {
  return sources
    .flatMap(({ servers }) => servers.flatMap(({ certificates }) => certificates ?? []))
    .find((one) => one.thumbprint === thumbprint && one.expectedName !== undefined)?.expectedName;
}

/** The servers a change may be planned for: not deferred, and reached when they were last looked at. */
export function changeable(planning: Planning): readonly PlannedServer[] {
  return planning.servers.filter((server) => !server.isDeferred && server.found.reached);
}
