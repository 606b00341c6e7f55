// The state of a running organization for people: what each server presents, what names which certificate, what is in the stores.
import { type LabClient } from '../labClient';
import { type LabServer, type LabState } from '../state';
import { faultRow, type LabFault } from './faultText';
import { table } from './table';

const services = ['https', 'smtp', 'imaps', 'pop3s'] as const;

interface Presented {
  readonly offered: boolean;
  readonly thumbprint: string | null;
  readonly reason: string | null;
}

/** Asks the lab and says it in lines no longer than `width`. */
export async function stateText(
  lab: Pick<LabClient, 'call' | 'state' | 'log' | 'outages'>,
  width: number,
): Promise<string> {
  const state = await lab.state();
  const roles = rolesOf(state);
  const [log, outages] = [await lab.log(), await lab.outages()];
  const faults = (await lab.call('fault.list')) as readonly LabFault[];
  const rows: string[][] = [];
  for (const server of state.servers) rows.push(await serverRow(lab, server, roles));
  return [
    `${state.name ?? ''}: ${count(log.length, 'change')}, ${count(outages.length, 'outage')} so far`,
    '',
    ...table(['SERVER', '', '443', '25', '993', '995', 'INTERNAL', 'EXCHANGE', 'WINDOWS', 'STORE'], rows, width),
    '',
    ...table(['CONNECTOR', 'CERTIFICATE', 'SERVERS'], connectorRows(state, roles), width),
    '',
    ...table(['CERTIFICATE', 'THUMBPRINT', 'ENDS', 'NAME'], certificateRows(state), width),
    ...(faults.length === 0 ? [] : ['', ...table(['BROKEN', 'WHAT IS WRONG'], faults.map(faultRow), width)]),
    ...outages.map(({ at, server, service, problem }) => `outage ${at}: ${server} ${service}: ${problem}`),
  ].join('\n');
}

function count(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? '' : 's'}`;
}

/** `A` is the old one and `B` the new one of an organization's file. */
function label(role: string): string {
  return { A: 'old', B: 'new' }[role] ?? role.replace(/^(self|wmsvc)-.*/, '$1');
}

function rolesOf({ certificates }: LabState): ReadonlyMap<string, string> {
  return new Map(Object.entries(certificates).map(([role, { thumbprint }]) => [thumbprint ?? '', label(role)]));
}

async function serverRow(
  lab: Pick<LabClient, 'call'>,
  server: LabServer,
  roles: ReadonlyMap<string, string>,
): Promise<string[]> {
  const of = (thumbprint: string | null | undefined): string =>
    thumbprint == null ? '-' : (roles.get(thumbprint) ?? thumbprint.slice(0, 8));
  const presented: string[] = [];
  for (const service of services) {
    const told = (await lab.call('presented.get', { server: server.name, service })) as Presented;
    presented.push(
      server.down === true || !told.offered ? '-' : `${of(told.thumbprint)}${told.reason === null ? '' : '!'}`,
    );
  }
  return [
    server.name,
    server.down === true ? 'DOWN' : 'up',
    ...presented,
    of(server.internalTransport),
    server.exchange ?? '',
    server.windows ?? '',
    server.store
      .map(({ certificate, services: of_ }) => `${of(certificate)}${of_?.length ? `(${of_.join(' ')})` : ''}`)
      .join(' '),
  ];
}

function connectorRows(state: LabState, roles: ReadonlyMap<string, string>): string[][] {
  const names = new Map(
    Object.entries(state.certificates).map(([role, { thumbprint, subject, issuer }]) => [
      `<I>${state.authorities[issuer ?? '']?.subject ?? subject}<S>${subject}`,
      roles.get(thumbprint ?? '') ?? label(role),
    ]),
  );
  const named = (name: string | null | undefined): string => (name == null ? '-' : (names.get(name) ?? name));
  const sorted = (rows: string[][]): string[][] => rows.filter(([, certificate]) => certificate !== '-');
  return [
    ...state.sendConnectors.map((one) => [
      one.name,
      named(one.tlsCertificateName),
      one.sourceTransportServers.join(', '),
    ]),
    ...(state.hybrid == null ? [] : [['(hybrid configuration)', named(state.hybrid.tlsCertificateName), '']]),
    ...sorted(
      state.servers.flatMap(({ name, receiveConnectors = [] }) =>
        receiveConnectors.map((one) => [`${name}\\${one.name}`, named(one.tlsCertificateName), name]),
      ),
    ),
  ];
}

function certificateRows({ certificates, authorities }: LabState): string[][] {
  return Object.entries(certificates)
    .filter(([role]) => !/^(self|wmsvc)-/.test(role))
    .map(([role, one]) => [
      label(role),
      one.thumbprint ?? '',
      (one.notAfter ?? '').slice(0, 10),
      `${one.subject}${one.issuer == null ? '' : `  by ${authorities[one.issuer]?.subject ?? one.issuer}`}`,
    ]);
}
