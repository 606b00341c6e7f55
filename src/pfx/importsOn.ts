// Says which versions of Windows Server import a file, judged by its algorithms, and why one does not.
import type { AdvisedFinding } from '../model/certificate';
import type { Inspection } from '../model/inspection';
import type { OpenedPfx, PfxSummary } from './outcome';

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

/** `importsOn` for what the file declares; the finding says why Windows Server 2016 does not import it. */
export function importsOn({
  encryption,
  mac,
  notes = [],
  keys,
}: PfxSummary & Partial<Pick<OpenedPfx, 'notes' | 'keys'>>): {
  readonly importsOn: ImportsOn;
  readonly findings: readonly AdvisedFinding[];
} {
  const parts = [
    ...encryption.map(encryptionSupport),
    ...(mac === null ? [] : [macSupport(mac)]),
    ...(notes.some(({ code }) => code === 'other-version') ? [otherVersion] : []),
  ];
  const before = together(parts.map(({ before2019 }) => before2019));
  const since = together(parts.map(({ since2019 }) => since2019));
  // one reason is enough, and the encryption is the one people know
  const because = parts.find(({ before2019 }) => before2019 === false)?.because;
  return {
    importsOn: { windowsServer2016: before, windowsServer2019: since, windowsServer2022: since },
    findings:
      because === undefined
        ? []
        : [
            {
              code: 'imports-not-on-windows-server-2016',
              severity: 'warning',
              message: `Imports on Windows Server 2016: no, because ${because}.`,
              // a file without a key is of no use there, converted or not
              remedy: `${keys?.length !== 0 ? 'Convert it' : 'Export it again with its key and 3DES'}, where a server runs Windows Server 2016 or an older one.`,
            },
          ],
  };
}

function together(answers: readonly (boolean | null)[]): boolean | null {
  if (answers.includes(false)) return false;
  return answers.length === 0 || answers.includes(null) ? null : true;
}
