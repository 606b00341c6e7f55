// The runbook typed, command by command, with real thumbprints and paths: what each does, and what is seen from outside.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { openBed, type Bed } from '../lab/bed';
import { type RunResult } from '../lab/engine';
import { opensslWitness } from '../lab/openssl';
import { outboundName, samplePassword, type LabServer } from '../lab/organization';
import { opensslPfx, windowsPfx } from '../lab/sampleWorkspace';

const servers = ['SERVER1', 'SERVER2', 'SERVER3', 'SERVER4'] as const;
const pfxPath = 'c:\\users\\user\\desktop\\legacy-email.p12';
const importLine = `Import-PfxCertificate -FilePath "${pfxPath}" -CertStoreLocation Cert:\\LocalMachine\\My -Password (Read-Host "Enter password" -AsSecureString) -Exportable`;

describe('the runbook, typed on the simulated servers', () => {
  let bed: Bed;
  let [a, b] = ['', ''];

  const server = async (name: string): Promise<LabServer> =>
    (await bed.lab.state()).servers.find((each) => each.name === name)!;
  const entry = async (name: string, thumbprint: string) =>
    (await server(name)).store.find((each) => each.certificate === thumbprint);
  const put = async (name: string, file: Buffer) => {
    const { path: drive } = (await bed.lab.call('server.folder', { server: name })) as { path: string };
    await mkdir(path.join(drive, 'users/user/desktop'), { recursive: true });
    await writeFile(path.join(drive, 'users/user/desktop/legacy-email.p12'), file);
  };
  const seen = async (name: string, service: 'smtp' | 'https' | 'imaps' | 'pop3s') => {
    const { address, ports } = await server(name);
    return (await opensslWitness(address!, ports![service], service === 'smtp' ? 'smtp' : undefined)).thumbprint;
  };
  const well = (result: RunResult): string => {
    assert.deepEqual([result.outcome, result.errors.map((error) => error.message)], ['completed', []]);
    return result.output.join('\n');
  };
  const refused = (result: RunResult, id: string) =>
    assert.match(result.errors[0]?.id ?? 'no error', new RegExp(`^${id.replaceAll('.', '\\.')}`));

  before(async function () {
    this.timeout(300_000);
    bed = await openBed();
    [a, b] = [await bed.thumbprint('A'), await bed.thumbprint('B')];
    const file = await opensslPfx(bed.lab, 'B', samplePassword);
    for (const name of servers) {
      await put(name, file);
    }
  });
  after(() => bed.close());

  describe('import', () => {
    it('puts the file of openssl into the store of a Server 2022, exportable', async () => {
      for (const name of servers.slice(0, 3)) {
        const text = well(await bed.on(name, importLine, [samplePassword]));
        assert.match(text, new RegExp(b));
        assert.deepEqual([(await entry(name, b))?.exportable, (await entry(name, b))?.services], [true, []]);
      }
    });
    it('is refused on Server 2016 with the text of a wrong password', async () => {
      const right = await bed.on('SERVER4', importLine, [samplePassword]);
      const wrong = await bed.on('SERVER1', importLine, ['not the password']);
      refused(right, 'Import-PfxCertificate.WrongPassword');
      assert.equal(right.errors[0]?.message, wrong.errors[0]?.message);
      assert.equal(await entry('SERVER4', b), undefined);
    });
    it('takes the converted file on Server 2016', async () => {
      await put('SERVER4', await windowsPfx(bed.lab, 'B', samplePassword));
      well(await bed.on('SERVER4', importLine, [samplePassword]));
      assert.equal((await entry('SERVER4', b))?.provider, 'Microsoft RSA SChannel Cryptographic Provider');
    });
    it('puts the chain of the file into the same store', async () => {
      assert.ok(await entry('SERVER1', await bed.thumbprint('B')));
      const text = well(await bed.on('SERVER1', 'Get-ChildItem Cert:\\LocalMachine\\My | Select-Object Subject'));
      assert.match(text, /CN=R13, O=Let's Encrypt, C=US/);
    });
  });

  describe('thumbprint and friendly name', () => {
    it('are listed from the store and from Exchange', async () => {
      const list = 'Format-List FriendlyName,Subject,CertificateDomains,Thumbprint,NotBefore,NotAfter';
      assert.match(
        well(await bed.on('SERVER1', `Get-ChildItem -Path Cert:\\LocalMachine\\My | ${list}`)),
        new RegExp(`Thumbprint +: ${b}`),
      );
      const exchange = well(
        await bed.on('SERVER1', `Get-ExchangeCertificate | where {$_.Status -eq "Valid"} | ${list}`),
      );
      assert.match(
        exchange,
        new RegExp(
          `CertificateDomains : \\{www\\.mydomain\\.com, autodiscover\\.mydomain\\.com\\}\\nThumbprint +: ${b}`,
        ),
      );
    });
    it('are empty at first, set, and read back', async () => {
      const item = `(Get-ChildItem -Path Cert:\\LocalMachine\\My\\${b}).FriendlyName`;
      assert.equal(well(await bed.on('SERVER1', item)).trim(), '');
      well(await bed.on('SERVER1', `${item} = 'www.mydomain.com - Oct25-Jan26'`));
      assert.equal(well(await bed.on('SERVER1', item)).trim(), 'www.mydomain.com - Oct25-Jan26');
    });
  });

  describe('Enable-ExchangeCertificate', () => {
    const line = (name: string) =>
      `Enable-ExchangeCertificate -Thumbprint "${b}" -Services POP,IMAP,IIS,SMTP -Server ${name}`;

    it('asks whether to overwrite the default SMTP certificate, and waits for no one', async () => {
      const unanswered = await bed.on('SERVER1', line('SERVER1'));
      assert.equal(unanswered.outcome, 'no-answer');
      assert.match(unanswered.prompts[0]?.text ?? '', /Overwrite the existing default SMTP certificate\?/);
      assert.deepEqual((await entry('SERVER1', b))?.services, []);
    });
    it('answered No, gives the services and keeps the internal transport certificate', async () => {
      for (const name of servers) {
        const before = (await server(name)).internalTransport;
        well(await bed.on('SERVER2', line(name), ['N']));
        assert.deepEqual((await entry(name, b))?.services?.sort(), ['IMAP', 'POP', 'SMTP']);
        assert.equal((await server(name)).internalTransport, before);
        assert.deepEqual((await entry(name, a))?.services?.sort(), ['IMAP', 'POP', 'SMTP'], 'additive');
      }
    });
    it('changes 443 at once and leaves 444 alone', async () => {
      for (const name of servers) {
        assert.equal(await seen(name, 'https'), b, name);
        assert.equal(
          (await server(name)).bindings?.find((binding) => binding.port === 444)?.httpSys,
          await bed.thumbprint(`self-${name}`),
        );
      }
    });
    it('leaves 25 on the old certificate while the receive connector names it', async () => {
      for (const name of servers) {
        assert.equal(await seen(name, 'smtp'), a, name);
      }
    });
    it('leaves POP and IMAP on the old certificate until they restart', async () => {
      assert.deepEqual([await seen('SERVER1', 'pop3s'), await seen('SERVER1', 'imaps')], [a, a]);
      well(await bed.on('SERVER1', 'Restart-Service MSExchangePOP3, MSExchangePOP3BE'));
      assert.deepEqual([await seen('SERVER1', 'pop3s'), await seen('SERVER1', 'imaps')], [b, a]);
      well(await bed.on('SERVER1', 'Get-Service MSExchangeIMAP4* | Restart-Service'));
      assert.equal(await seen('SERVER1', 'imaps'), b);
    });
    it('does not start POP where it is stopped: nothing answers there', async () => {
      assert.equal(await seen('SERVER3', 'pop3s'), null);
    });
    it('IISRESET says what it did and changes no certificate', async () => {
      assert.match(well(await bed.on('SERVER1', 'IISRESET')), /Internet services successfully restarted/);
      assert.equal(await seen('SERVER1', 'https'), b);
    });
  });

  describe('connectors', () => {
    it('the send connector takes the name computed on the server, and reads back', async () => {
      const script = [
        `$TLSCert = Get-ExchangeCertificate -Thumbprint "${b}"`,
        '$TLSCertName = "<I>$($TLSCert.Issuer)<S>$($TLSCert.Subject)"',
        'get-sendconnector',
        `Set-SendConnector "${outboundName}" -TlsCertificateName $TLSCertName`,
        `get-sendconnector "${outboundName}" | Format-List Name,TlsCertificateName`,
      ].join('\n');
      const text = well(await bed.on('SERVER1', script));
      assert.match(text, /Identity +AddressSpaces +Enabled/);
      assert.match(text, /TlsCertificateName : <I>CN=R13, O=Let's Encrypt, C=US<S>CN=www\.mydomain\.com/);
      const [send] = (await bed.lab.state()).sendConnectors;
      assert.deepEqual([send?.name, send?.tlsCertificateName], ['SEND', null]);
    });
    it('25 shows the new certificate when Set-ReceiveConnector ran, server by server', async () => {
      for (const name of servers) {
        assert.equal(await seen(name, 'smtp'), a);
        const identity = `${name}\\Default Frontend ${name}`;
        const text = well(
          await bed.on(
            'SERVER1',
            `$TLSCert = Get-ExchangeCertificate -Thumbprint "${b}"; Set-ReceiveConnector "${identity}" -TlsCertificateName "<I>$($TLSCert.Issuer)<S>$($TLSCert.Subject)"; get-receiveconnector "${identity}" | Format-List Name,TLSCertificateName`,
          ),
        );
        assert.match(text, /<I>CN=R13, O=Let's Encrypt, C=US<S>CN=www\.mydomain\.com/);
        assert.equal(await seen(name, 'smtp'), b);
      }
    });
    it('no service was without a valid certificate at any moment', async () => {
      assert.deepEqual(await bed.lab.outages(), []);
    });
  });

  describe('the old certificate', () => {
    it('is exported, and the file opens to the same thumbprint', async () => {
      const script = `$p = Read-Host -AsSecureString; Export-PfxCertificate -Cert Cert:\\LocalMachine\\My\\${a} -FilePath C:\\backup.pfx -Password $p -NoClobber | Out-Null; (Get-PfxData -FilePath C:\\backup.pfx -Password $p).EndEntityCertificates[0].Thumbprint`;
      assert.equal(well(await bed.on('SERVER1', script, ['another password'])).trim(), a);
    });
    it('is removed from the drive by thumbprint, with no guard, and takes the relay connector with it', async () => {
      const script = `$thumbprint = "${a}"\nRemove-Item "Cert:\\LocalMachine\\My\\$thumbprint"\nGet-ChildItem Cert:\\LocalMachine\\My | Select-Object Subject,Thumbprint,NotAfter`;
      assert.doesNotMatch(well(await bed.on('SERVER2', script)), new RegExp(a));
      const outages = await bed.lab.outages();
      assert.deepEqual(
        outages.map((outage) => [outage.server, outage.service]),
        [
          ['SERVER2', 'receive Relay SERVER2'],
          ['SERVER2', 'MSExchangePop3'],
          ['SERVER2', 'MSExchangeImap4'],
        ],
      );
    });
  });
});
