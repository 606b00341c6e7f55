// Recycles the application pools of OWA and ECP on one server, or resets its IIS where the configuration asks for that.
import type { StepOf } from '../../model/plan';
import { serverValues, type StepRenderer } from './common';

export const recycleIis: StepRenderer<'recycle-iis'> = (step, context) => ({
  step: step.id,
  purpose:
    step.how === 'reset'
      ? 'Reset IIS (iisreset): all web services of the server stop for a moment'
      : 'Recycle the application pools of OWA and ECP',
  target: step.target.server ?? '',
  from: 'running',
  to: 'running, with nothing kept from before',
  undo: 'none: this changes no setting',
  values: serverValues(step, context),
  body: String.raw`
    Connect-Exchange -Address $exchange -DomainController $domainController -Changed $server
    $result.before = @{ servers = @(Read-Servers $server) }
    $result.changed = $true
    Invoke-Command -Session (Get-ServerSession $server.fqdn) -ErrorAction Stop -ScriptBlock {
        ${change[step.how]}
    }
    $result.after = @{ servers = @(Read-Servers $server); restarted = @(${restarted[step.how]}) }
`,
});

const change: Readonly<Record<StepOf<'recycle-iis'>['how'], string>> = {
  recycle: String.raw`$ErrorActionPreference = 'Stop'
        Import-Module -Name WebAdministration
        foreach ($pool in 'MSExchangeOWAAppPool', 'MSExchangeECPAppPool') { Restart-WebAppPool -Name $pool -ErrorAction Stop }`,
  reset: String.raw`$global:LASTEXITCODE = 0
        $said = iisreset
        if ($LASTEXITCODE -ne 0) { throw ('iisreset failed: ' + ($said -join ' ')) }`,
};

const restarted: typeof change = { recycle: "'MSExchangeOWAAppPool', 'MSExchangeECPAppPool'", reset: "'iisreset'" };
