// Random small organizations in which A is to be replaced by B of another issuer: their state, their configuration, their administrator.
import { sampleOrganization, samplePassword } from '../../lab/sample';
import { servicesOfSetup } from '../../lab/setup';
import { type LabReceiveConnector, type LabSendConnector, type LabServer, type LabState } from '../../lab/state';
import { type Person } from './person';
import { type Random } from './random';

export interface RandomCase {
  readonly state: LabState;
  /** The configuration's text: JSON, which is YAML too. */
  readonly config: string;
  readonly person: Person;
  /** Whether the PFX is one that Windows Server 2016 can't open. */
  readonly aes: boolean;
  /** What fails at some moment of the run; null: nothing. */
  readonly fault: Readonly<Record<string, unknown>> | null;
  /** Down at first, and deferred until it is up again. */
  readonly down: string | null;
}

/** What names carry that somebody typed, pasted or meant to harm with. */
const hostile = [
  "Rel'ay",
  'Relay ’‘‚‛ x',
  'Relay $(throw 1) `n',
  'Größe – Übertragung',
  'Relay "q" [1] #> ; x',
  '{0} 100% & | < >',
  'Scan',
];

const services = ['POP', 'IMAP', 'IIS', 'SMTP'] as const;
/** Mostly one or two servers: what is between servers shows with two, and each costs seven scripts. */
const sizes = [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 4];

export function randomCase(random: Random, size = random.oneOf(sizes)): RandomCase {
  const state = sampleOrganization();
  state.name = random.oneOf(['Contoso', 'Größe ’s $(throw 1)', "O'Neill – Sons"]);
  const secondBinding = random.oneOf(['moves', 'leaves'] as const);
  state.settings = { secondBinding };
  state.servers = state.servers.slice(0, size).map((server) => randomServer(server, random, secondBinding));
  const names = state.servers.map(({ name }) => name);
  state.sendConnectors = sendConnectors(names, random);
  state.hybrid = random.chance(60)
    ? { tlsCertificateName: random.chance(80) ? '@A' : null, sendingTransportServers: names }
    : null;
  const follows = random.chance(85);
  const accepts = random.chance(80);
  return {
    state,
    config: JSON.stringify(configOf(state, random)),
    person: {
      pfxPassword: samplePassword,
      backupPassword: 'Backup-2026',
      answer: ({ code, answers }) => {
        if (code === 'no-backup') return accepts ? 'accept' : undefined;
        return answers.includes('follow') && follows ? 'follow' : 'leave';
      },
      goesOn: true,
    },
    aes: random.chance(60),
    fault: random.chance(30) ? randomFault(names, random) : null,
    down: size > 2 && random.chance(40) ? random.oneOf(names) : null,
  };
}

function randomServer(sample: LabServer, random: Random, secondBinding: 'moves' | 'leaves'): LabServer {
  const server = structuredClone(sample);
  const old = random.chance(30);
  server.exchange = old ? '15.1.2507.6' : '15.2.1748.10';
  server.windows = old ? '10.0.14393' : random.oneOf(['10.0.17763', '10.0.20348']);
  server.address = null;
  server.services = servicesOfSetup({ pop: random.chance(60), imap: random.chance(60) });
  randomBindings(server, random, secondBinding);
  const [a] = server.store;
  a!.exportable = random.chance(85);
  if (random.chance(20)) {
    const isEnabled = random.chance(50);
    server.store.push({
      certificate: 'B',
      friendlyName: random.oneOf(['', 'www – new', "it's"]),
      exportable: false,
      networkService: isEnabled,
      services: isEnabled ? ['SMTP'] : [],
      enabledAt: 2,
    });
  }
  const [front] = server.receiveConnectors ?? [];
  if (random.chance(10)) front!.tlsCertificateName = null;
  for (const name of hostile.filter(() => random.chance(12))) {
    const extra: LabReceiveConnector = {
      name: `${name} ${server.name}`,
      bindings: [`0.0.0.0:${String(3000 + random.below(500))}`],
      authMechanism: ['Tls'],
      ...(random.chance(30) ? { remoteIpRanges: ['10.0.0.0/8', '192.168.1.7'] } : {}),
      tlsCertificateName: random.oneOf(['@A', '@A', '@A', '@A', null, `@self-${server.name}`]),
    };
    server.receiveConnectors?.push(extra);
  }
  return server;
}

/** As recorded: an empty address or a star, the server's own address on the same certificate or another, and names by SNI. */
function randomBindings(server: LabServer, random: Random, secondBinding: 'moves' | 'leaves'): void {
  const requireSsl = random.chance(80);
  const [main, second] = server.bindings ?? [];
  main!.ip = random.oneOf(['', '*']);
  const own = { iis: `self-${server.name}`, httpSys: `self-${server.name}` };
  if (secondBinding === 'leaves' && random.chance(30)) Object.assign(second!, own);
  for (const host of ['www.mydomain.com', 'portal.mydomain.com'].filter(() => random.chance(15))) {
    const held = random.oneOf([{ iis: 'A', httpSys: 'A' }, own]);
    server.bindings?.push({ site: 'Default Web Site', ip: '*', port: 443, host, ...held });
  }
  for (const binding of server.bindings ?? []) if (binding.port === 443) binding.requireSsl = requireSsl;
}

function sendConnectors(servers: readonly string[], random: Random): LabSendConnector[] {
  return ['SEND', ...hostile.filter(() => random.chance(20)).map((name) => `Outbound ${name}`)].map((name, at) => {
    const sources = servers.filter(() => random.chance(75));
    return {
      name,
      addressSpaces: [`SMTP:d${String(at)}.example;1`],
      sourceTransportServers: sources.length > 0 ? sources : [servers[0]!],
      tlsCertificateName: name === 'SEND' || random.chance(15) ? null : '@A',
    };
  });
}

function configOf({ name, servers, sendConnectors: sends }: LabState, random: Random): unknown {
  const named = sends.filter((one) => one.name !== 'SEND' && random.chance(70));
  const urls = servers.slice(0, 3).map((server) => `http://${server.name.toLowerCase()}.mydomain.com/PowerShell/`);
  return {
    organization: name,
    remoting: { exchange: urls.reverse() },
    servers: servers.map((server) => ({
      name: server.name,
      fqdn: `${server.name.toLowerCase()}.mydomain.com`,
    })),
    certificates: [
      {
        name: 'www',
        pfx: 'certificates/*.pfx',
        friendlyName: random.oneOf([
          "it's $(throw 1) {notBefore:MMMyy}-{notAfter:MMMyy}",
          'www {notBefore:MMMyy}-{notAfter:MMMyy}',
        ]),
        services,
        hostnames: ['www.mydomain.com', 'autodiscover.mydomain.com'],
      },
    ],
    connectors: {
      send: [{ name: 'SEND', certificate: null }, ...named.map((one) => ({ name: one.name, certificate: 'www' }))],
      receive: [{ name: 'Default Frontend {server}', certificate: 'www' }],
    },
    policy: {
      internalTransportCertificate: 'keep',
      import: random.oneOf(['exchange', 'exchange', 'pki']),
      iis: random.oneOf(['leave', 'leave', 'recycle', 'reset']),
      observeDays: 0,
      queueMinutes: 0,
      replicationMinutes: 0,
      internalCertificateSeconds: 0,
    },
  };
}

function randomFault(servers: readonly string[], random: Random): Readonly<Record<string, unknown>> {
  const operation = random.oneOf([
    'Import-ExchangeCertificate',
    'Enable-ExchangeCertificate',
    'Set-ReceiveConnector',
    'Set-SendConnector',
    'Remove-ExchangeCertificate',
    'store.rename',
    'service.set',
    'Get-ReceiveConnector',
  ]);
  const isBroken = operation === 'Enable-ExchangeCertificate' && random.chance(60);
  return {
    operation,
    ...(random.chance(50) && !operation.includes('Connector') ? { server: random.oneOf(servers) } : {}),
    error: 'The operation failed because of a fault of the lab.',
    ...(isBroken ? { breakAfter: 1 + random.below(5) } : { after: random.below(2), times: 1 }),
  };
}
