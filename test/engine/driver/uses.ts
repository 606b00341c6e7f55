// What uses a certificate in the organization as it really is: the lab's own state, judged without a line of the planner's.
import { type LabServer, type LabState } from '../../lab/state';

/** `<I>issuer<S>subject` of a certificate of the state. */
export function nameIn({ certificates, authorities }: LabState, thumbprint: string): string {
  const certificate = Object.values(certificates).find((one) => one.thumbprint === thumbprint);
  const issuer = authorities[certificate?.issuer ?? '']?.subject ?? certificate?.subject ?? '';
  return `<I>${issuer}<S>${certificate?.subject ?? ''}`;
}

export function serverIn({ servers }: LabState, name: string): LabServer {
  const server = servers.find((one) => one.name === name);
  if (server === undefined) throw new Error(`no server ${name}`);
  return server;
}

/** Everything that would miss `thumbprint` in the store of `server`; [] where nothing would. */
export function usersOf(state: LabState, server: string, thumbprint: string): readonly string[] {
  const here = serverIn(state, server);
  const name = nameIn(state, thumbprint);
  const uses: readonly (readonly [what: string, isUse: boolean])[] = [
    ['internal transport', here.internalTransport === thumbprint],
    ...(here.bindings ?? []).map(
      ({ port, iis, httpSys }) => [`port ${String(port)}`, iis === thumbprint || httpSys === thumbprint] as const,
    ),
    ...(['pop', 'imap'] as const).map(
      (service) =>
        [
          service,
          here.services?.[service === 'pop' ? 'MSExchangePop3' : 'MSExchangeImap4'] === true &&
            here[service]?.presented === thumbprint,
        ] as const,
    ),
    ...(here.receiveConnectors ?? []).map((one) => [one.name, one.tlsCertificateName === name] as const),
    ...state.sendConnectors.map(
      (one) => [one.name, one.sourceTransportServers.includes(server) && one.tlsCertificateName === name] as const,
    ),
    ['hybrid configuration', state.hybrid?.tlsCertificateName === name],
    ['OAuth', Object.values(state.auth ?? {}).includes(thumbprint)],
    ['federation', JSON.stringify(state.federation ?? []).includes(thumbprint)],
  ];
  return uses.filter(([, isUse]) => isUse).map(([what]) => what);
}

/** Whether transport of `server` could use the certificate: with its key, and readable by Network Service. */
export function canServeSmtp(state: LabState, server: string, thumbprint: string): boolean {
  const entry = serverIn(state, server).store.find(({ certificate }) => certificate === thumbprint);
  return entry?.networkService === true && entry.hasPrivateKey !== false;
}
