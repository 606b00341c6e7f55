// `inspect FILE [--password-stdin] [--json]`: says what a PFX or a file of certificates holds.
import type { Inspection } from '../model/inspection';
import { toTime } from '../model/names';
import { certificateView } from '../pfx/certificateView';
import { inspection } from '../pfx/inspection';
import { forJson, forTerminal } from '../model/untrustedText';
import { beginsAsPfx, recognize, type FileKind } from '../pfx/recognize';
import { ExitCode, parseArguments, pfxExit, told, type Command } from './command';
import { readFileOf } from './openFile';
import { openWithPassword, passwordUsage } from './openWithPassword';

const usage = `usage: exchange-certificates inspect FILE [--password-stdin] [--json]
  reads .pfx and .p12, and certificates in .cer, .crt, .der, .pem and .p7b, which have no password
${passwordUsage}`;

export const inspectCommand: Command = async (args) => {
  const parsed = parseArguments(args, ['--password-stdin', '--json'], []);
  const [file, ...more] = parsed?.operands ?? [];
  if (parsed === undefined || file === undefined || more.length > 0) {
    process.stderr.write(usage);
    return ExitCode.usage;
  }
  const read = await readFileOf(file);
  if ('message' in read) return told(read.message, read.code);
  const result =
    'refused' in read
      ? inspection(read.refused, toTime(new Date()))
      : await inspectionOf(file, read.bytes, parsed.flags.has('--password-stdin'));
  if (result === undefined) return ExitCode.interrupted;
  process.stdout.write(parsed.flags.has('--json') ? `${forJson(JSON.stringify(result))}\n` : readable(result));
  return pfxExit[result.outcome];
};

/** A file that is called a PFX is looked at as one: whatever else it is, it will not be imported. */
const pfxName = /\.(?:pfx|p12|pkcs12)$/i;

/** Kinds of file that may hold certificates, and that the view of them tells more of. */
const mayHoldCertificates: readonly FileKind[] = ['pem', 'certificate', 'pkcs7', 'base64', 'unknown'];

/** Undefined where a password was asked for and the person broke off. */
async function inspectionOf(file: string, bytes: Uint8Array, fromInput: boolean): Promise<Inspection | undefined> {
  const now = toTime(new Date());
  if (!pfxName.test(file) && !beginsAsPfx(bytes)) {
    const { inspection: seen } = certificateView(bytes, now);
    if (seen.certificates.length > 0 || mayHoldCertificates.includes(recognize(bytes))) return seen;
    const outcome = { kind: 'not-pkcs12', what: recognize(bytes) } as const;
    return { ...inspection(outcome, now), findings: seen.findings };
  }
  const opened = await openWithPassword(bytes, fromInput, file);
  return opened === undefined ? undefined : inspection(opened.outcome, now);
}

function readable(result: Inspection): string {
  const lines = [result.message];
  for (const certificate of result.certificates) {
    const key = `${certificate.keyAlgorithm} ${certificate.keySize ?? ''}`.trim();
    lines.push(
      '',
      certificate.subject === '' ? '(empty subject)' : certificate.subject,
      `  issuer              ${certificate.issuer}`,
      `  valid               ${certificate.notBefore ?? '(not known)'} to ${certificate.notAfter ?? '(not known)'}`,
      `  thumbprint          ${certificate.thumbprint}`,
      `  SHA-256             ${certificate.sha256}`,
      `  serial number       ${certificate.serialNumber}`,
      `  key                 ${key}${certificate.hasPrivateKey ? ', private key in the file' : ''}`,
      `  DNS names           ${certificate.dnsNames.join(', ') || '(none)'}`,
      `  friendly name       ${certificate.friendlyName ?? '(none)'}`,
      `  TlsCertificateName  ${certificate.tlsCertificateName}`,
    );
  }
  if (result.encryption.length > 0) lines.push('');
  for (const { part, algorithm, hash, iterations } of result.encryption) {
    lines.push(`${part}: ${algorithm}${hash === null ? '' : `, ${hash}, ${iterations ?? 0} iterations`}`);
  }
  if (result.encryption.length > 0)
    lines.push(`MAC: ${result.mac === null ? 'none' : `${result.mac.algorithm}, ${result.mac.iterations} iterations`}`);
  if (result.findings.length > 0)
    lines.push(
      '',
      ...result.findings.map(
        ({ severity, message, remedy }) => `${severity}: ${message}${remedy === null ? '' : ` ${remedy}`}`,
      ),
    );
  return `${lines.map(forTerminal).join('\n')}\n`;
}
