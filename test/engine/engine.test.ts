// placeholder
import { startEngine } from '../lab/engine';
import { sampleOrganization } from '../lab/organization';

describe('x', () => {
  it('y', async () => {
    const engine = startEngine();
    const t = Date.now();
    const organization = await engine.newOrganization(sampleOrganization());
    console.log('org', Date.now() - t);
    for (const r of [
      { kind: 'managementShell', server: 'SERVER1', script: 'Get-ExchangeCertificate | ft Thumbprint,Services,Subject; Get-ExchangeServer; pwd; ls Cert:\\LocalMachine\\My' },
      { kind: 'workstation', script: '$s=New-PSSession -ConfigurationName Microsoft.Exchange -ConnectionUri http://server2.mydomain.com/PowerShell/ -Authentication Kerberos; $null=Import-PSSession $s -DisableNameChecking; Get-ExchangeCertificate -Server SERVER1; Get-SendConnector; Remove-PSSession $s; Get-SendConnector' },
      { kind: 'workstation', script: '$s=New-PSSession server1.mydomain.com; Invoke-Command $s { Get-ChildItem Cert:\\LocalMachine\\My; Get-Location; Get-Service MSExchangeTransport }; New-PSSession nowhere; "abc" > /tmp/engine-cp; Copy-Item /tmp/engine-cp -Destination C:\\ -ToSession $s; Copy-Item C:\\engine-cp -Destination /tmp/engine-cp2 -FromSession $s; gc /tmp/engine-cp2; rm /tmp/engine-cp, /tmp/engine-cp2; import-module WebAdministration' },
      { kind: 'workstation', script: '$s=New-PSSession server1.mydomain.com; Invoke-Command $s { Import-Module WebAdministration; Get-WebBinding; Get-ChildItem IIS:\\SslBindings; $env:ProgramData }' },
    ] as const) {
      const t = Date.now();
      const result = await engine.run({ organization, ...r });
      console.log(Date.now() - t, JSON.stringify({ ...result, objects: 0 }, null, 1).slice(0, 6000));
    }
    const times = [];
    for (let i = 0; i < 40; i++) {
      const t = performance.now();
      await engine.run({ organization, kind: 'managementShell', server: 'SERVER1', script: '1' });
      times.push(performance.now() - t);
    }
    console.log('median', times.sort((a, b) => a - b)[20]);
    await engine.close();
  }).timeout(100000);
});
