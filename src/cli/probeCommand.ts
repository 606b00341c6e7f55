// `probe CONFIG|HOST:PORT…`: looks at endpoints from outside and says which certificates they present.
import * as files from 'node:fs/promises';
import { parseConfig } from '../config/parseConfig';
import { readBounded } from '../folder/readBounded';
import type { CertificateFacts, Finding } from '../model/certificate';
import type { InspectedCertificate } from '../model/inspection';
import { toTime, type Thumbprint } from '../model/names';
import type { Observation, Protocol } from '../model/observation';
import { configTargets, wantedThumbprint } from '../probe/configTargets';
import { protocolOfPort } from '../probe/dialogues/protocols';
import { usualThresholds } from '../model/expiry';
import type { ProbeFinding } from '../probe/findings';
import { wordsOf } from '../probe/findingWords';
import { judgeOf } from '../probe/judgeOf';
import { probeAll, type ProbeTarget } from '../probe/probeAll';
import { forJson, forTerminal } from '../model/untrustedText';
import { ExitCode, parseArguments, type Command } from './command';
import { most } from './readInput';

const usage = `usage: exchange-certificates probe CONFIG|HOST:PORT... [--starttls smtp|imap|pop3] [--servername NAME] [--timeout SECONDS]
       [--warning-days DAYS] [--error-days DAYS] [--json]
The protocol follows from the port unless --starttls says it; a look ends within the time-out, 30 seconds by default.
A certificate is told of 14 days before its end, and gravely 3 days before, unless the days are given.
exit codes: 0 all well, 1 expiring or another warning, 2 a wrong or expired certificate, 3 nothing presented, 64 usage, 66 no such file, 70 a failure of the command itself
`;

/** As monitoring plug-ins say it: what is worse wins, and a certificate known to be wrong is worse than none seen. */
const severityOrder = [0, 1, 3, 2] as const;
type Verdict = (typeof severityOrder)[number];

/** The line of one endpoint; scripts read the names, which never change. */
type Line = Pick<Observation, 'outcome' | 'chain' | 'tls' | 'nameMatches' | 'chainComplete' | 'milliseconds'> & {
  readonly endpoint: string;
  readonly protocol: Protocol;
  readonly certificate: InspectedCertificate | null;
  readonly server: Observation['server'];
  readonly servername: string;
  readonly detail: string | null;
  readonly banner: string | null;
  readonly chainInOrder: boolean | null;
  readonly ocspStapled: boolean | null;
  readonly findings: readonly (Finding & { readonly remedy: string | null })[];
};

export const probeCommand: Command = async (args) => {
  const parsed = parseArguments(args, ['--json', '--help'], valued);
  if (parsed?.flags.has('--help')) {
    process.stdout.write(usage);
    return ExitCode.ok;
  }
  const starttls = startTls(parsed?.values.get('--starttls'));
  const seconds = within(parsed?.values.get('--timeout'), 30, 3600);
  const thresholds = {
    warningDays: within(parsed?.values.get('--warning-days'), usualThresholds.warningDays, 3650) ?? NaN,
    errorDays: within(parsed?.values.get('--error-days'), usualThresholds.errorDays, 3650) ?? NaN,
  };
  const isRight = Object.values(thresholds).every((days) => !Number.isNaN(days));
  if (!parsed || parsed.operands.length === 0 || starttls === undefined || !seconds || !isRight) return refuse();

  const targets: ProbeTarget[] = [];
  const planned = new Map<ProbeTarget['endpoint'], Thumbprint | null>();
  for (const operand of parsed.operands) {
    const address = readAddress(operand);
    if (address) {
      const { host, port } = address;
      const servername = parsed.values.get('--servername') ?? host;
      targets.push({ server: null, endpoint: { protocol: starttls ?? protocolOfPort(port), host, port, servername } });
      continue;
    }
    const read = await readBounded(operand, most.config, files).catch(() => undefined);
    if (read === undefined) return complain(`${operand}: no such file, and not HOST:PORT`);
    if ('refused' in read) return complain(`${operand}: not a configuration: ${read.refused.replaceAll('-', ' ')}`);
    const { wanted } = parseConfig(new TextDecoder().decode(read.bytes));
    if (!wanted) return complain(`${operand}: the configuration has errors; the editor shows where`);
    if (wanted.probe.from !== null)
      process.stderr.write(
        forTerminal(`${operand}: probe.from counts in the editor; these looks are made from here`) + '\n',
      );
    for (const target of configTargets(wanted).map((one) => renamed(one, parsed.values.get('--servername')))) {
      targets.push(target);
      planned.set(target.endpoint, wantedThumbprint(wanted, target.endpoint.kind ?? target.endpoint.protocol));
    }
  }

  const observations: Observation[] = [];
  await probeAll(targets, { timeoutMilliseconds: seconds * 1000 }, (observation) => observations.push(observation));

  // Told at the end, in the order asked for: whether nodes differ is known only then.
  const order = new Map(targets.map(({ endpoint }, at) => [endpoint, at]));
  const now = toTime(new Date());
  const judge = judgeOf(observations, ({ endpoint }) => {
    return { planned: planned.get(endpoint) ?? null, old: null, now, thresholds };
  });
  let worst: Verdict = 0;
  for (const seen of observations.sort(
    (one, other) => (order.get(one.endpoint) ?? 0) - (order.get(other.endpoint) ?? 0),
  )) {
    const { findings } = judge(seen);
    const verdict = verdictOf(seen, findings);
    if (severityOrder.indexOf(verdict) > severityOrder.indexOf(worst)) worst = verdict;
    const line = lineOf(seen, findings);
    process.stdout.write(parsed.flags.has('--json') ? `${forJson(JSON.stringify(line))}\n` : readable(line));
  }
  return worst;
};

const valued = ['--starttls', '--servername', '--timeout', '--warning-days', '--error-days'];

/** undefined: no number, or none from 0 to `most`. */
function within(text: string | undefined, usual: number, most: number): number | undefined {
  const number = text === undefined ? usual : text === '' ? NaN : Number(text);
  return number >= 0 && number <= most ? number : undefined;
}

function refuse(): number {
  process.stderr.write(usage);
  return ExitCode.usage;
}

function complain(sentence: string): number {
  process.stderr.write(`${forTerminal(sentence)}\n`);
  return ExitCode.noInput;
}

/** null: not said; undefined: said, and none. */
function startTls(word: string | undefined): Protocol | null | undefined {
  if (word === undefined) return null;
  return word === 'smtp' || word === 'imap' || word === 'pop3' ? word : undefined;
}

/** `host:port`, `192.0.2.1:25` or `[2001:db8::1]:25`; undefined where it is a file's name. */
function readAddress(text: string): { readonly host: string; readonly port: number } | undefined {
  const [, bracketed, plain, digits] = /^(?:\[([0-9a-fA-F:.]+)\]|([^[\]:/\\]+)):(\d{1,5})$/u.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  return host !== undefined && port >= 1 && port <= 65_535 ? { host, port } : undefined;
}

function renamed({ server, endpoint }: ProbeTarget, servername = endpoint.servername): ProbeTarget {
  return { server, endpoint: { ...endpoint, servername } };
}

function verdictOf({ outcome }: Observation, findings: readonly ProbeFinding[]): Verdict {
  if (outcome !== 'presented') return 3;
  if (findings.some(({ code, severity }) => severity === 'error' && code !== 'expiring')) return 2;
  return findings.some(({ severity }) => severity !== 'information') ? 1 : 0;
}

function lineOf(observation: Observation, findings: readonly ProbeFinding[]): Line {
  const { endpoint, server, outcome, certificate, chain, tls, nameMatches, chainComplete, milliseconds } = observation;
  const { host, port, protocol, servername } = endpoint;
  const { detail, banner, chainInOrder, ocspStapled } = observation;
  return {
    endpoint: `${host.includes(':') ? `[${host}]` : host}:${port}`,
    protocol,
    outcome,
    certificate: certificate && inspected(certificate),
    chain,
    tls,
    nameMatches,
    chainComplete,
    findings: findings.map((finding) => ({ code: finding.code, severity: finding.severity, ...wordsOf(finding) })),
    milliseconds,
    ...{ server, servername, detail, banner, chainInOrder, ocspStapled },
  };
}

/** The same fields as `inspect` prints; the key stays where it is, and friendly names never leave a store. */
function inspected(facts: CertificateFacts): InspectedCertificate {
  const { thumbprint, sha256, subject, issuer, tlsCertificateName, serialNumber } = facts;
  const { notBefore, notAfter, dnsNames, keyAlgorithm, keySize } = facts;
  return {
    ...{ thumbprint, sha256, subject, issuer, tlsCertificateName, serialNumber },
    ...{ notBefore, notAfter, dnsNames, keyAlgorithm, keySize },
    hasPrivateKey: false,
    friendlyName: null,
  };
}

function readable({ endpoint, protocol, outcome, certificate, tls, findings }: Line): string {
  const what = certificate ? `${certificate.thumbprint} ${certificate.subject} until ${certificate.notAfter}` : outcome;
  const lines = [
    `${endpoint} ${protocol} ${what}${tls ? ` (${tls.version})` : ''}`,
    ...findings.map(
      ({ severity, message, remedy }) => `  ${severity}: ${message}${remedy === null ? '' : ` ${remedy}`}`,
    ),
  ];
  return `${lines.map(forTerminal).join('\n')}\n`;
}
