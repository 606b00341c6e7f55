// Every fault of the lab, by server and by a script's position; and a kill inside a cmdlet.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { samplePassword } from '../lab/organization';
import { type LabChange } from '../lab/state';
import { useOrganization, well } from './oneOrganization';

const server1 = '$server = New-PSSession -ComputerName server1.mydomain.com\n';
const ids = (result: { errors: readonly { id: string }[] }) => result.errors.map((error) => error.id.split(',')[0]);

describe('faults of the lab', () => {
  const organization = useOrganization();
  const { call, state, server, on, workstation, thumbprint, pfx } = organization;
  let folder = '';
  before(async () => (folder = await mkdtemp(path.join(tmpdir(), 'lab-faults-'))));
  after(() => rm(folder, { recursive: true }));
  const changes = async () => ((await call('log.get')) as LabChange[]).map((change) => change.what);

  it('down: no session opens, Exchange cmdlets fail there, and what stands in Active Directory is read all the same', async () => {
    await call('fault.set', { server: 'SERVER3', down: true });
    assert.deepEqual(ids(await workstation('New-PSSession server3.mydomain.com')), ['Session.Unreachable']);
    assert.deepEqual(ids(await on('Get-ExchangeCertificate -Server SERVER3')), ['Exchange.RpcUnavailable']);
    well(await on('Get-ReceiveConnector -Server SERVER3 | Out-Null; Get-ExchangeServer SERVER3 | Out-Null'));
  });

  it('unreachable half-way: a server answers so many calls and then no more', async () => {
    await call('fault.set', { server: 'SERVER3', downAfter: 2 });
    const look = 'Get-ExchangeCertificate -Server SERVER3 | Out-Null; ';
    const result = await on(`${look.repeat(4)}'end'`);
    assert.deepEqual([ids(result), result.objects], [['Exchange.RpcUnavailable', 'Exchange.RpcUnavailable'], ['end']]);
    assert.equal((await server('SERVER3')).down, true);
  });

  it('unreachable half-way: a session breaks in the middle of a script', async () => {
    await call('fault.set', { server: 'SERVER1', operation: 'service.list', downAfter: 2 });
    const script = `${server1}'one', 'two', 'three', 'four' | ForEach-Object { Invoke-Command $server { Get-Service WinRM | Out-Null }; $_ }`;
    const result = await workstation(script);
    assert.deepEqual(ids(result), ['Session.Broken', 'Session.Broken']);
    assert.equal(result.objects.length, 4);
  });

  it('denied: neither session nor RPC, until it is granted', async () => {
    await call('fault.set', { server: 'SERVER2', denied: true });
    assert.deepEqual(ids(await workstation('New-PSSession server2.mydomain.com')), ['Session.AccessDenied']);
    assert.deepEqual(ids(await on('Get-ExchangeCertificate -Server SERVER2')), ['Exchange.AccessDenied']);
    await call('fault.set', { server: 'SERVER2', denied: false });
    well(await on('Get-ExchangeCertificate -Server SERVER2 | Out-Null'));
  });

  it('slow: each call of a server takes longer, and only of that', async () => {
    await call('fault.set', { server: 'SERVER2', operation: 'Get-ExchangeCertificate', slowMs: 150 });
    const timed = async (name: string) => {
      const began = performance.now();
      well(await on(`1..3 | ForEach-Object { Get-ExchangeCertificate -Server ${name} | Out-Null }`));
      return performance.now() - began;
    };
    await timed('SERVER1');
    assert.ok((await timed('SERVER2')) >= 450);
  });

  it('a lagging domain controller reads back what was', async () => {
    await call('fault.set', { lag: 'dc2.mydomain.com' });
    const script = `Set-ReceiveConnector 'SERVER1\\Default Frontend SERVER1' -TlsCertificateName $null
      'dc1', 'dc2' | ForEach-Object { [bool](Get-ReceiveConnector 'SERVER1\\Default Frontend SERVER1' -DomainController "$_.mydomain.com").TlsCertificateName }`;
    assert.deepEqual(well(await on(script)).objects, [false, true]);
  });

  it('a second administrator changes things just before a command of ours', async () => {
    await call('fault.set', {
      operation: 'Enable-ExchangeCertificate',
      times: 1,
      interject: {
        operation: 'Remove-ExchangeCertificate',
        arguments: { Thumbprint: await thumbprint('wmsvc-SERVER1'), Server: 'SERVER1' },
      },
    });
    well(await on(`Enable-ExchangeCertificate ${await thumbprint('A')} -Services POP`));
    assert.deepEqual(await changes(), ['store.remove', 'service.enable']);
  });

  describe('a full disk', () => {
    it('of a server takes neither a key nor a file', async () => {
      const file = await pfx({});
      await call('fault.set', { server: 'SERVER1', diskFull: true });
      const script = `$null = Import-ExchangeCertificate -FileData ([IO.File]::ReadAllBytes('${file}')) -Password (Read-Host -AsSecureString)
        Set-Content C:\\x.txt 'x'; [IO.File]::WriteAllText('C:\\y.txt', 'y'); Export-PfxCertificate -Cert Cert:\\LocalMachine\\My\\${await thumbprint('A')} -FilePath C:\\z.pfx -Password (ConvertTo-SecureString 'z' -AsPlainText -Force)`;
      const result = await on(script, [samplePassword]);
      assert.equal(result.errors.length, 4);
      assert.equal(ids(result)[0], 'Disk.Full');
      assert.deepEqual([await changes(), (await server()).store.length], [[], 4]);
      const copied = await workstation(
        `${server1}Copy-Item '${file}' -Destination C:\\copy.pfx -ToSession $server -ErrorAction Stop`,
      );
      assert.match(copied.errors[0]?.message ?? '', /not enough space/);
    });
    it('of the workstation takes no file, by a cmdlet or by .NET, and nothing is left of it', async () => {
      await call('fault.set', { server: 'WORKSTATION', diskFull: true });
      const result = await workstation(
        `'x' | Out-File '${folder}/a'; Set-Content '${folder}/b' 'x'; Export-Clixml '${folder}/c' -InputObject 1; [IO.File]::WriteAllText('${folder}/d', 'x'); [IO.File]::WriteAllBytes('${folder}/e', [byte[]](1))`,
      );
      assert.deepEqual([result.errors.length, await readdir(folder)], [5, []]);
      await call('fault.clear');
      well(await workstation(`[IO.File]::WriteAllText('${folder}/d', 'x')`));
      assert.deepEqual(await readdir(folder), ['d']);
    });
  });

  describe('a wrong clock', () => {
    it('is told by Get-Date there, and judges certificates by itself', async () => {
      await call('fault.set', { server: 'SERVER1', clockMinutes: 60 * 24 * 20 });
      const told = well(await on(`(New-TimeSpan -Start ([datetime]::UtcNow) -End (Get-Date).ToUniversalTime()).Days`));
      assert.deepEqual(
        told.objects.map((days) => Number(days) >= 19),
        [true],
      );
      const a = await thumbprint('A');
      assert.deepEqual(well(await on(`(Get-ExchangeCertificate ${a}).Status`)).objects, ['DateInvalid']);
      assert.deepEqual(ids(await on(`Enable-ExchangeCertificate ${a} -Services POP`)), [
        'Enable-ExchangeCertificate.DateInvalid',
      ]);
      assert.deepEqual(well(await on(`(Get-ExchangeCertificate ${a} -Server SERVER2).Status`)).objects, ['Valid']);
    });
    it('of a few minutes is let in, and makes what begins now not valid yet', async () => {
      await call('certificate.make', { role: 'now', certificate: { subject: 'CN=now', issuer: 'R13', days: [0, 9] } });
      const file = await pfx({ certificate: 'now' });
      await call('fault.set', { server: 'SERVER1', clockMinutes: -4 });
      well(await workstation(server1));
      well(
        await on(
          `$null = Import-ExchangeCertificate -FileData ([IO.File]::ReadAllBytes('${file}')) -Password (Read-Host -AsSecureString)`,
          [samplePassword],
        ),
      );
      assert.deepEqual(ids(await on(`Enable-ExchangeCertificate ${await thumbprint('now')} -Services POP`)), [
        'Enable-ExchangeCertificate.DateInvalid',
      ]);
    });
  });

  describe('at a position of the script', () => {
    it('come when that statement is reached, not before', async () => {
      const script = `${server1}$a = 1\nInvoke-Command $server { 'one' } | ForEach-Object { "$_" }\n$b = 2\nInvoke-Command $server { 'two' } | ForEach-Object { "$_" }`;
      const place = { organization: organization.handle, kind: 'workstation', script } as const;
      const { statements } = await organization.engine.run({ ...place, count: true });
      const seen: number[] = [];
      for (let statement = 1; statement <= (statements ?? 0); statement += 1) {
        const run = await organization.engine.run({
          ...place,
          at: [{ statement, operation: 'fault.set', arguments: { server: 'SERVER1', down: true } }],
        });
        await call('fault.set', { server: 'SERVER1', down: false });
        seen.push(run.objects.length);
      }
      assert.deepEqual([...new Set(seen)], [0, 1, 2]);
      assert.deepEqual([...seen].sort(), seen);
    });
  });

  describe('a kill inside a cmdlet', () => {
    const script = async () =>
      `try { Enable-ExchangeCertificate ${await thumbprint('A')} -Services POP,IMAP,SMTP,IIS -Force } finally { Set-SendConnector SEND -Enabled $false }; Write-Host 'after'`;
    it('after each of its changes leaves those, and neither finally nor the rest runs', async () => {
      const left: string[][] = [];
      for (let breakAfter = 1; breakAfter <= 5; breakAfter += 1) {
        await call('state.reset');
        await call('fault.set', { operation: 'Enable-ExchangeCertificate', breakAfter, kill: true });
        const result = await on(await script());
        assert.deepEqual([result.outcome, result.hostText], ['killed', '']);
        left.push(await changes());
      }
      const all = ['service.enable', 'service.enable', 'service.enable', 'internalTransport.set', 'binding.set'];
      assert.deepEqual(
        left,
        all.map((_, index) => all.slice(0, index + 1)),
      );
    });
    it('before it does anything leaves nothing', async () => {
      await call('fault.set', { operation: 'Enable-ExchangeCertificate', kill: true });
      const result = await on(await script());
      assert.deepEqual([result.outcome, await changes()], ['killed', []]);
    });
    it('reached through a session kills the script that called', async () => {
      await call('fault.set', { operation: 'Set-SendConnector', kill: true });
      const result = await workstation(
        `$s = New-PSSession -ConfigurationName Microsoft.Exchange -ConnectionUri http://server2.mydomain.com/PowerShell/; $null = Import-PSSession $s
         try { Set-SendConnector SEND -Enabled $false } finally { Write-Host 'finally' }`,
      );
      assert.deepEqual([result.outcome, result.hostText], ['killed', '']);
      assert.equal((await state()).sendConnectors[0]!.enabled, true);
    });
  });
});
