// Says which versions of Windows Server import a file, judged by its algorithms, and why one does not.
import type { AdvisedFinding } from '../model/certificate';
import type { Inspection } from '../model/inspection';
import type { Oddity, OpenedPfx, PfxSummary } from './outcome';

type ImportsOn = Inspection['importsOn'];

/** What an algorithm means for Windows Server 2016, and for 2019 and later (docs/facts-exchange.md#pfx-algorithms); null is not known. */
interface Support {
  readonly before2019: boolean | null;
  readonly since2019: boolean | null;
  readonly because: string;
}

const legacy = /^PBE-SHA1-(?:3DES|2DES|RC2-40|RC2-128)$/;

function encryptionSupport({ algorithm, hash }: PfxSummary['encryption'][number]): Support {
  if (algorithm === 'none' || legacy.test(algorithm)) return { before2019: true, since2019: true, because: algorithm };
  const aes = /^AES-(\d+)-CBC$/.exec(algorithm);
  if (aes !== null) {
    const known = algorithm === 'AES-256-CBC' && (hash === 'SHA-256' || hash === 'SHA-1');
    return { before2019: false, since2019: known ? true : null, because: `AES-${aes[1] ?? ''}` };
  }
  return { before2019: null, since2019: null, because: algorithm };
}

function macSupport({ algorithm }: NonNullable<PfxSummary['mac']>): Support {
  if (algorithm === 'HMAC-SHA-1') return { before2019: true, since2019: true, because: algorithm };
  if (algorithm === 'HMAC-SHA-256') return { before2019: false, since2019: true, because: 'a SHA-256 MAC' };
  if (algorithm.startsWith('PBMAC1')) return { before2019: false, since2019: null, because: 'PBMAC1' };
  return { before2019: null, since2019: null, because: algorithm };
}

/** Nothing is known of how Windows takes a file of another version than 3. */
const otherVersion: Support = { before2019: null, since2019: null, because: 'another version' };

/** The most iterations of a part with which Windows imports a file; with more it says that the password is wrong (setup-ipsec-vpn#414). */
const mostIterations = 600_000;

/** What makes every version of Windows refuse a file by public reports, as the end of a sentence. */
const refusedForOddity: Readonly<Record<Oddity, string>> = {
  // PKI.js#405; NSS writes the certificates in pieces of indefinite length, and Windows imports its files
  'key-in-pieces': 'its key is written in pieces, which Windows does not put together',
  'certificates-in-pieces': 'its certificates are written in pieces, which Windows does not put together',
  // dotnet/runtime#92921, an Oracle wallet; where all of the file is encrypted in the old way Windows imports it
  secret: 'it holds a secret beside AES, at which Windows fails with an internal error',
  // PKI.js#300
  'long-salt': 'its salt has more than 32 bytes, and Windows takes the password for wrong',
};

function* refusals({ encryption, mac, oddities }: PfxSummary): Iterable<string> {
  const counts = [...encryption, ...(mac === null ? [] : [mac])].filter(
    ({ iterations: count }) => (count ?? 0) > mostIterations,
  );
  const [most] = counts.map(({ iterations }) => iterations ?? 0).sort((one, other) => other - one);
  if (most !== undefined)
    yield `it has ${most.toLocaleString('en-US')} iterations, and Windows takes ${mostIterations.toLocaleString('en-US')} at most: it says that the password is wrong`;
  const isOld = encryption.every(({ algorithm }) => algorithm === 'none' || legacy.test(algorithm));
  for (const oddity of oddities) if (oddity !== 'secret' || !isOld) yield refusedForOddity[oddity];
}

/** `importsOn` for what the file declares; the findings say why Windows does not import it, or why that is not known. */
export function importsOn(summary: PfxSummary & Partial<Pick<OpenedPfx, 'notes' | 'keys'>>): {
  readonly importsOn: ImportsOn;
  readonly findings: readonly AdvisedFinding[];
} {
  const { encryption, mac, notes = [], keys } = summary;
  const parts = [
    ...encryption.map(encryptionSupport),
    ...(mac === null ? [] : [macSupport(mac)]),
    ...(notes.some(({ code }) => code === 'other-version') ? [otherVersion] : []),
  ];
  const refused = [...refusals(summary)];
  const nowhere = refused.length > 0 ? [false] : [];
  const before = together([...parts.map(({ before2019 }) => before2019), ...nowhere]);
  const since = together([...parts.map(({ since2019 }) => since2019), ...nowhere]);
  // a file without a key is of no use there, converted or not
  const remedy = keys?.length !== 0 ? 'Convert it' : 'Export it again with its key and 3DES';
  return {
    importsOn: { windowsServer2016: before, windowsServer2019: since, windowsServer2022: since },
    findings: [
      ...refused.map((because): AdvisedFinding => ({
        code: 'imports-not-on-windows',
        severity: 'error',
        message: `Imports on no Windows Server: ${because}.`,
        remedy: `${remedy}.`,
      })),
      ...algorithmFindings(parts, remedy),
    ],
  };
}

function* algorithmFindings(parts: readonly Support[], remedy: string): Iterable<AdvisedFinding> {
  // one reason is enough, and the encryption is the one people know
  const because = parts.find(({ before2019 }) => before2019 === false)?.because;
  if (because !== undefined) {
    yield {
      code: 'imports-not-on-windows-server-2016',
      severity: 'warning',
      message: `Imports on Windows Server 2016: no, because ${because}.`,
      remedy: `${remedy}, where a server runs Windows Server 2016 or an older one.`,
    };
  }
  const unsure = parts.find(({ since2019 }) => since2019 === null)?.because;
  if (unsure !== undefined) {
    yield {
      code: 'imports-not-known',
      severity: 'warning',
      message: `Whether ${because === undefined ? 'Windows Server' : 'a later Windows Server'} imports it is not known, because of ${unsure}.`,
      remedy: `${remedy} before it is needed, or try it on a computer that is not in use.`,
    };
  }
}

function together(answers: readonly (boolean | null)[]): boolean | null {
  if (answers.includes(false)) return false;
  return answers.length === 0 || answers.includes(null) ? null : true;
}
