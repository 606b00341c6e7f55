// `inspect FILE [--password-stdin] [--json]`: says what a PFX file holds.
import type { Inspection } from '../model/inspection';
import { toTime } from '../model/names';
import { inspection } from '../pfx/inspection';
import { forJson, forTerminal } from '../model/untrustedText';
import { ExitCode, parseArguments, pfxExit, readStandardInput, type Command } from './command';
import { openFile } from './openFile';

export const inspectCommand: Command = async (args) => {
  const parsed = parseArguments(args, ['--password-stdin', '--json'], []);
  const [file, ...more] = parsed?.operands ?? [];
  if (parsed === undefined || file === undefined || more.length > 0) {
    process.stderr.write('usage: exchange-certificates inspect FILE [--password-stdin] [--json]\n');
    return ExitCode.usage;
  }
  const password = parsed.flags.has('--password-stdin') ? await readStandardInput() : new Uint8Array(0);
  const outcome = await openFile(file, password);
  if (outcome instanceof Error) {
    process.stderr.write(
      `${forTerminal(file)}: ${outcome.code === 'ENOENT' ? 'no such file' : `cannot be read (${outcome.code ?? 'unknown'})`}\n`,
    );
    return ExitCode.noInput;
  }
  const result = inspection(outcome, toTime(new Date()));
  process.stdout.write(parsed.flags.has('--json') ? `${forJson(JSON.stringify(result))}\n` : readable(result));
  return pfxExit[result.outcome];
};

function readable(result: Inspection): string {
  const lines = [result.message];
  for (const certificate of result.certificates) {
    const key = `${certificate.keyAlgorithm} ${certificate.keySize ?? ''}`.trim();
    lines.push(
      '',
      certificate.subject === '' ? '(empty subject)' : certificate.subject,
      `  issuer              ${certificate.issuer}`,
      `  valid               ${certificate.notBefore} to ${certificate.notAfter}`,
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
    lines.push('', ...result.findings.map(({ severity, message }) => `${severity}: ${message}`));
  return `${lines.map(forTerminal).join('\n')}\n`;
}
