// The endpoints of a server that clients see: what is spoken at each, its usual port, and the service it belongs to.
import type { Protocol } from './observation';
import type { EndpointKind, Service } from './wanted';

export interface EndpointFacts {
  readonly protocol: Protocol;
  /** Where it usually listens. */
  readonly port: number;
  /** Looked at unless a configuration leaves it out; the others only where it names their port. */
  readonly isUsual: boolean;
  /** Whose certificate is presented; null: the server's own, which no rotation of ours touches (docs/facts-exchange.md#back-end). */
  readonly service: Service | null;
}

/** In the order in which they are shown. */
export const endpointFacts: Readonly<Record<EndpointKind, EndpointFacts>> = {
  smtp: { protocol: 'smtp', port: 25, isUsual: true, service: 'SMTP' },
  submission: { protocol: 'smtp', port: 587, isUsual: false, service: 'SMTP' },
  smtps: { protocol: 'smtps', port: 465, isUsual: false, service: 'SMTP' },
  https: { protocol: 'https', port: 443, isUsual: true, service: 'IIS' },
  backEnd: { protocol: 'https', port: 444, isUsual: false, service: null },
  imap: { protocol: 'imap', port: 143, isUsual: false, service: 'IMAP' },
  imaps: { protocol: 'imaps', port: 993, isUsual: true, service: 'IMAP' },
  pop3: { protocol: 'pop3', port: 110, isUsual: false, service: 'POP' },
  pop3s: { protocol: 'pop3s', port: 995, isUsual: true, service: 'POP' },
};

export const endpointKinds = Object.keys(endpointFacts) as readonly EndpointKind[];

/** The port where a configuration says none; 0 where it is then left out. */
export function standardPort(kind: EndpointKind): number {
  const { isUsual, port } = endpointFacts[kind];
  return isUsual ? port : 0;
}
