// Enables the new certificate for the services of one server and keeps its internal transport certificate.
import type { StepOf } from '../../model/plan';
import type { ScriptContext } from '../scriptContext';
import { restoreInternalTransport, setFrontBinding } from '../functionTexts';
import { serverValues, type StepRenderer } from './common';

export const enableServices: StepRenderer<'enable-services'> = (step, context) => ({
  step: step.id,
  purpose: `Enable the certificate for ${step.services.join(', ')}`,
  target: `${step.target.server ?? ''}, certificate ${step.thumbprint}`,
  from: `internal transport certificate ${step.internalTransport ?? 'not known'}`,
  to: [
    'the services on the new certificate',
    ...(bindsFront(step) ? ['every binding of the front end that has the old one, too'] : []),
    keeps(step) ? 'the internal transport certificate as before' : 'the internal transport certificate as asked',
  ].join(', '),
  undo: 'enable the old certificate for the same services; an assignment is never taken back, only replaced',
  values: values(step, context),
  functions: [...(keeps(step) ? [restoreInternalTransport] : []), ...(bindsFront(step) ? [setFrontBinding] : [])],
  body: body(step),
});

/** `keep` puts the internal certificate back; `ask` leaves the question to the person at the terminal. */
function keeps(step: StepOf<'enable-services'>): boolean {
  return step.policy === 'keep' && step.services.includes('SMTP');
}

function values(step: StepOf<'enable-services'>, context: ScriptContext): ReturnType<typeof serverValues> {
  const kept = keeps(step) ? { internal: step.internalTransport ?? '', seconds: step.seconds } : {};
  const moved = bindsFront(step) ? { old: context.rotation.from.thumbprint } : {};
  return { ...serverValues(step, context), services: step.services, ...kept, ...moved };
}

/** Exchange binds the front end; whether it moves a second binding too (setup makes one of 127.0.0.1) no document says: what stays is moved here. */
function bindsFront(step: StepOf<'enable-services'>): boolean {
  return step.services.includes('IIS');
}

function body(step: StepOf<'enable-services'>): string {
  const ssl = step.requireSsl ? '' : ' -DoNotRequireSsl';
  const enable = `$null = Enable-ExchangeCertificate -Thumbprint $thumbprint -Services $missing -Server $server.name${ssl}`;
  return String.raw`
    Connect-Exchange -Address $exchange -DomainController $domainController -Changed $server -Also ${commands(step)}
    $result.before = @{ servers = @(Read-Servers $server) }
    $row = $result.before.servers[0]
    $found = Find-Certificate $row $thumbprint
    if (-not $found -or -not $found.hasPrivateKey -or $found.provider -eq 'CNG') { throw 'The certificate is not installed here with a key that Exchange can use.' }${keeps(step) ? guard : ''}
    $front = @($row.bindings | Where-Object { $_.port -eq 443 -and $_.site -and -not $_.host -and $_.address -match '^0\.0\.0\.0:' })
    $on = @($found.services | Where-Object { $_ -ne 'IIS' }) + $(if ($found.networkServiceCanRead) { 'SMTP' })
    if ($front.Count -and @($front | Where-Object { $_.iis -ne $thumbprint -or $_.httpSys -ne $thumbprint }).Count -eq 0) { $on += 'IIS' }
    $missing = @($services | Where-Object { $on -notcontains $_ })
    if ($missing.Count) {
        $result.changed = $true
${keeps(step) ? enableAndRestore(enable) : `        ${enable} -ErrorAction Stop @Pin`}
    }
    $now, $again = @(Read-Servers $server)[0], $false
    $result.after = @{ servers = @($now) }
    Find-Certificate $now $thumbprint | Add-Member -NotePropertyName assigned -NotePropertyValue $missing
${bindsFront(step) ? moveRest : ''}${mailServices(step).map(keepName).join('')}    if ($again) {
        $result.changed = $true
        $now = @(Read-Servers $server)[0]
        $result.after = @{ servers = @($now) }
        Find-Certificate $now $thumbprint | Add-Member -NotePropertyName assigned -NotePropertyValue $missing
    }${bindsFront(step) ? moved : ''}
    $back = @($row, $result.after.servers[0] | ForEach-Object { @($_.bindings | Where-Object { $_.port -eq 444 } | ForEach-Object { $_.httpSys }) -join ' ' })
    if ($back[0] -ne $back[1]) { throw 'The binding of the back end (port 444) changed.' }${keeps(step) ? proof : ''}
`;
}

/** By name or by another address, of Exchange's site and on the old certificate. */
const moveRest = String.raw`    $left = { $_.port -eq 443 -and $_.site -and ($_.iis -eq $old -or $_.httpSys -eq $old) }
    foreach ($one in @($now.bindings | Where-Object $left)) {
        $again = $true
        Set-FrontBinding -Fqdn $server.fqdn -Thumbprint $thumbprint -Row $one
    }
`;

const moved = String.raw`
    if (@($now.bindings | Where-Object $left).Count) { throw 'A binding of the front end (port 443) still has the old certificate.' }`;

/** The cmdlet writes the certificate's own name into X509CertificateName (KB948896), by which the service chooses: what stood there stays. */
function keepName(service: 'pop' | 'imap'): string {
  const command = service === 'pop' ? 'Set-PopSettings' : 'Set-ImapSettings';
  return String.raw`    $name = $row.${service}.x509CertificateName
    if ($name -and $now.${service}.x509CertificateName -ne $name) {
        $again = $true
        ${command} -Server $server.name -X509CertificateName $name -ErrorAction Stop @Pin
    }
`;
}

/** What is imported for it: nobody who may not change POP and IMAP needs their commands for anything else. */
function commands(step: StepOf<'enable-services'>): string {
  const settings = mailServices(step).map((service) => (service === 'pop' ? 'Set-PopSettings' : 'Set-ImapSettings'));
  return ['Enable-ExchangeCertificate', ...settings].map((name) => `'${name}'`).join(', ');
}

function mailServices({ services }: StepOf<'enable-services'>): readonly ('pop' | 'imap')[] {
  return [
    ...(services.includes('POP') ? (['pop'] as const) : []),
    ...(services.includes('IMAP') ? (['imap'] as const) : []),
  ];
}

const guard = String.raw`
    if ($row.internalTransport -ne $internal) { throw 'The internal transport certificate is not the one the rotation began with: restore it first.' }`;

const enableAndRestore = (enable: string): string => String.raw`        try {
            ${enable} -Force -ErrorAction Stop @Pin
        } finally {
            if ($missing -contains 'SMTP') { Restore-InternalTransport -Server $server.name -Thumbprint $internal -Seconds $seconds }
        }`;

const proof = String.raw`
    if ($result.after.servers[0].internalTransport -ne $internal) { throw 'The internal transport certificate does not read back as before.' }`;
