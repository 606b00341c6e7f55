// What a server of the organization saw for us, as the observations that a look of our own would have made.
import type { Looked, Observation } from '../model/observation';
import { forRecord } from '../model/untrustedText';
import { nothingPresented, readPresented } from './presented';
import type { ProbeTarget } from './probeAll';
import { own } from '../model/own';

/** .NET's names of the versions (System.Security.Authentication.SslProtocols). */
const versions: Readonly<Record<string, string>> = {
  Tls: 'TLSv1',
  Tls11: 'TLSv1.1',
  Tls12: 'TLSv1.2',
  Tls13: 'TLSv1.3',
};

/** What the script does not ask for by name: .NET knows the name only from 4.8 on. */
const untried = ['TLSv1.3'];

/** One for each of `targets` that was told of, in their order; whatever was told of none of them is left out. */
export function observationsFrom(
  { from, chains, looks }: Looked,
  targets: readonly ProbeTarget[],
): readonly Observation[] {
  const told = new Map(looks.map((look) => [look.number, look]));
  return targets.flatMap(({ server, endpoint }, number): readonly Observation[] => {
    const look = told.get(number);
    if (look === undefined) return [];
    const { at, outcome, milliseconds } = look;
    const certificates = (chains[look.chain] ?? '')
      .split(' ')
      .filter((text) => text !== '')
      .map((text) => Buffer.from(text, 'base64'));
    // Windows keeps what was sent in a store, which has no order: nothing is said of it.
    const presented =
      certificates.length === 0
        ? nothingPresented
        : readPresented({ certificates, asSent: false }, endpoint.servername);
    const isTls = outcome === 'presented' && look.version !== null;
    return [
      {
        server,
        endpoint,
        at,
        outcome,
        ...presented,
        tls: isTls
          ? { version: own(versions, look.version) ?? forRecord(look.version), cipher: forRecord(look.cipher ?? '') }
          : null,
        ocspStapled: null,
        banner: look.banner === null ? null : forRecord(look.banner),
        detail: look.detail === null ? null : forRecord(look.detail.trim()),
        milliseconds,
        from,
        ...(outcome === 'handshake-failed' && { untried }),
      },
    ];
  });
}
