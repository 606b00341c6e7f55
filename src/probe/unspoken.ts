// Which versions of TLS this runtime cannot speak, found by speaking them with itself: a look cannot try those.
import { Duplex } from 'node:stream';
import { connect, createServer, type SecureVersion } from 'node:tls';
import { everyLevel, hasLevels } from './secureContext';

const versions: readonly SecureVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

let known: Promise<readonly string[]> | undefined;

/** Oldest first; [] where all can be spoken. Tried once, in memory, with a shared secret in the place of certificates. */
export function unspoken(): Promise<readonly string[]> {
  return (known ??= unspokenWith(hasLevels() ? `PSK${everyLevel}` : 'PSK'));
}

/** By these suites, all with a shared secret. */
export async function unspokenWith(ciphers: string): Promise<readonly string[]> {
  const spoken = await Promise.all(versions.map((version) => speaks(version, ciphers)));
  const missing = versions.filter((_, at) => spoken[at] !== true);
  // Every runtime speaks 1.2: one that does not knows no shared secrets, and then nothing was found out.
  return missing.includes('TLSv1.2') ? [] : missing;
}

function speaks(version: SecureVersion, ciphers: string): Promise<boolean> {
  const [near, far] = duplexPair();
  const psk = Buffer.alloc(16, 1);
  return new Promise((resolve) => {
    const end = (spoken: boolean): void => {
      near.destroy();
      far.destroy();
      resolve(spoken);
    };
    try {
      const rules = { minVersion: version, maxVersion: version, ciphers };
      createServer({ ...rules, pskCallback: () => psk })
        .on('tlsClientError', () => end(false))
        .emit('connection', far);
      const client = connect({
        ...rules,
        socket: near,
        pskCallback: () => ({ psk, identity: 'self' }),
        checkServerIdentity: () => undefined,
      });
      client.on('error', () => end(false)).once('secureConnect', () => end(true));
    } catch {
      end(false);
    }
  });
}

/** Two ends of one wire. */
function duplexPair(): readonly [Duplex, Duplex] {
  const end = (other: () => Duplex): Duplex =>
    new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _encoding, done) => {
        other().push(chunk);
        done();
      },
      final: (done) => {
        other().push(null);
        done();
      },
    });
  const near: Duplex = end(() => far);
  const far: Duplex = end(() => near);
  return [near, far];
}
