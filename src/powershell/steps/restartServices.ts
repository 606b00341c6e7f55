// Restarts the mail services of one server that run, so that they present the new certificate; a stopped one stays stopped.
import { serverValues, type StepRenderer } from './common';

const names = {
  POP: ['MSExchangePOP3', 'MSExchangePOP3BE'],
  IMAP: ['MSExchangeIMAP4', 'MSExchangeIMAP4BE'],
} as const;

export const restartServices: StepRenderer<'restart-services'> = (step, context) => ({
  step: step.id,
  purpose: `Restart the running services of ${step.services.join(' and ')}`,
  target: step.target.server ?? '',
  from: 'running with the certificate they loaded when they started',
  to: 'running with the certificate that is assigned now',
  undo: 'none: a restart changes no setting',
  values: { ...serverValues(step, context), services: step.services.flatMap((service) => names[service]) },
  body: String.raw`
    Connect-Exchange -Address $exchange -DomainController $domainController -Changed $server
    $result.before = @{ servers = @(Read-Servers $server) }
    if (-not (Find-Certificate $result.before.servers[0] $thumbprint)) { throw 'The certificate is not installed on this server.' }
    $restarted = @(Invoke-Command -Session (Get-ServerSession $server.fqdn) -ArgumentList (,$services) -ErrorAction Stop -ScriptBlock {
        param([string[]]$Services)
        foreach ($service in @(Get-Service -Name $Services -ErrorAction SilentlyContinue | Where-Object { $_.Status -eq 'Running' })) {
            Restart-Service -Name $service.Name -ErrorAction Stop
            if ((Get-Service -Name $service.Name -ErrorAction Stop).Status -ne 'Running') { throw ($service.Name + ' does not run after its restart.') }
            [string]$service.Name
        }
    } | ForEach-Object { [string]$_ })
    $result.changed = $restarted.Count -gt 0
    $result.after = @{ servers = @(Read-Servers $server); restarted = $restarted }
`,
});
