// The lab's command line on a real lab process: what a person breaks is broken, and what they look at is so.
import assert from 'node:assert/strict';
import path from 'node:path';
import { setFault, UsageError, faultHelp } from '../lab/command/faults';
import { startText } from '../lab/command/labCommand';
import { stateText } from '../lab/command/stateText';
import { table } from '../lab/command/table';
import { openBed, type Bed } from '../lab/bed';
import { organizationNames, readOrganization } from '../lab/organizations/readOrganization';
import { stateOf } from '../lab/organizations/stateOf';
import { openTerminal } from './terminalDriver';

/** The program and arguments of `npm run lab`, with a note of the running lab of its own. */
function labCommand(note: string, ...words: readonly string[]): [string, readonly string[]] {
  const program = path.resolve(__dirname, '../../../test/run/labCommand.mjs');
  return ['env', [`EXCHANGE_LAB_NOTE=${note}`, process.execPath, program, ...words]];
}

/** All that one command prints until it ends. */
async function said(note: string, ...words: readonly string[]): Promise<string> {
  const { text } = await openTerminal(...labCommand(note, ...words)).end();
  return text.replaceAll('\r\n', '\n');
}

describe('the command line of the lab', function () {
  this.timeout(120_000);
  let bed: Bed;
  before(async () => {
    bed = await openBed(stateOf(readOrganization('two-sites')));
  });
  beforeEach(() => bed.lab.call('state.reset'));
  after(() => bed.close());

  const fault = (words: string): Promise<string> => setFault(bed.lab, words.split(' '));
  const state = (width = 200): Promise<string> => stateText(bed.lab, width);
  const errors = async (script: string): Promise<readonly string[]> =>
    (await bed.on('BERLIN1', script)).errors.map(({ message }) => message);
  const queue = 'Get-PopSettings -Server HAMBURG1';
  const unreachable = 'New-PSSession -ComputerName hamburg1.mydomain.com';

  it('down: no session, and the table says so; up: both are back', async () => {
    assert.equal(await fault('hamburg1 down'), 'HAMBURG1 is down.');
    assert.match(await state(), /^HAMBURG1 +DOWN +- +- +- +- /m);
    const session = await bed.run({ kind: 'workstation', script: unreachable });
    assert.match(session.errors[0]?.message ?? '', /WinRM cannot complete the operation/);
    assert.equal(await fault('HAMBURG1 up'), 'HAMBURG1 is up.');
    assert.match(await state(), /^HAMBURG1 +up +old +old /m);
  });

  it('slow: a call takes longer by what was said', async () => {
    await fault('HAMBURG1 slow 300');
    const began = Date.now();
    assert.deepEqual(await errors(queue), []);
    assert.ok(Date.now() - began >= 300);
  });

  it('denied: every call on the server, or one cmdlet', async () => {
    await fault('HAMBURG1 denied');
    assert.deepEqual(await errors(queue), ['Access is denied.']);
    await fault('clear');
    await fault('HAMBURG1 denied Get-ImapSettings');
    assert.deepEqual(await errors(queue), []);
    assert.deepEqual(await errors(queue.replace('Pop', 'Imap')), ['Access is denied.']);
  });

  it('half-way: what was changed before the break stays', async () => {
    await fault('HAMBURG1 half-way Set-PopSettings');
    await errors('Set-PopSettings -Server HAMBURG1 -X509CertificateName pop.mydomain.com');
    const { servers } = await bed.lab.state();
    assert.equal(servers.find(({ name }) => name === 'HAMBURG1')?.pop?.x509CertificateName, 'pop.mydomain.com');
  });

  it('admin: a second administrator changes a connector just before it is read', async () => {
    assert.match(await fault('HAMBURG1 admin'), /HAMBURG1\\Default Frontend HAMBURG1/);
    const read = '(Get-ReceiveConnector -Server HAMBURG1 | Where-Object Name -like "Default F*").TlsCertificateName';
    const { errors: none, output } = await bed.on('BERLIN1', read);
    assert.deepEqual([none, output.join('').trim()], [[], '']);
    assert.deepEqual(
      (await bed.lab.log()).map(({ what, server }) => [what, server]),
      [['receiveConnector.set', 'HAMBURG1']],
    );
  });

  it('lag: that domain controller tells what was', async () => {
    await fault('dc3 lag');
    await errors('Set-SendConnector "Outbound by Berlin" -TlsCertificateName $null -DomainController dc1.mydomain.com');
    const told = async (controller: string): Promise<string> =>
      (
        await bed.on(
          'BERLIN1',
          `[string](Get-SendConnector "Outbound by Berlin" -DomainController ${controller}.mydomain.com).TlsCertificateName`,
        )
      ).output.join('');
    assert.deepEqual([await told('dc1'), (await told('dc3')).slice(0, 6)], ['', '<I>CN=']);
    assert.equal(await fault('clear'), 'No fault is left, and every server is up.');
    assert.equal(await told('dc3'), '');
  });

  const refused: readonly (readonly [words: string, message: RegExp])[] = [
    ['SERVER9 down', /There is no SERVER9\. There are: BERLIN1, HAMBURG1\./],
    ['dc9 lag', /There is no dc9\. There are: dc1\.mydomain\.com/],
    ['BERLIN1 broken', /Say what happens: down, up, slow, denied/],
    ['BERLIN1 slow fast', /fast is no number/],
    ['BERLIN1 denied everything', /everything is no cmdlet/],
    ['BERLIN1 half-way', /Name the cmdlet/],
    ['', /Say what happens/],
  ];
  for (const [words, message] of refused) {
    it(`says what is wrong with "fault ${words}"`, async () => {
      await assert.rejects(fault(words), (error) => error instanceof UsageError && message.test(error.message));
    });
  }

  it('state: names certificates by what they are, and every connector that names one', async () => {
    const text = await state();
    assert.match(text, /^Contoso: 0 changes, 0 outages so far$/m);
    assert.match(text, /^BERLIN1 +up +old +old +old +- +self /m);
    assert.match(text, /^Outbound by Hamburg +old +HAMBURG1$/m);
    assert.match(text, /^\(hybrid configuration\) +old$/m);
    assert.match(text, /^new +[0-9A-F]{40} +\d{4}-\d\d-\d\d +CN=www\.mydomain\.com +by CN=R13/m);
  });

  it('state: tells the faults that are set, and none once they are cleared', async () => {
    assert.doesNotMatch(await state(), /WHAT IS WRONG/);
    await fault('HAMBURG1 down');
    await fault('BERLIN1 slow 300');
    await fault('BERLIN1 denied Get-ImapSettings');
    await fault('BERLIN1 half-way Set-PopSettings');
    await fault('HAMBURG1 admin');
    await fault('dc3 lag');
    await bed.lab.call('fault.set', { server: 'BERLIN1', clockMinutes: -7 });
    await bed.lab.call('fault.set', { server: 'WORKSTATION', diskFull: true });
    const [, told = ''] = (await state()).split(/^BROKEN +WHAT IS WRONG\n/m);
    assert.deepEqual(
      told.split('\n').filter((line) => !line.startsWith('outage ')),
      [
        'BERLIN1              has a clock that is 7 minutes behind',
        'HAMBURG1             is down',
        'BERLIN1              every call takes 300 ms longer',
        'BERLIN1              every Get-ImapSettings fails: Access is denied.',
        'BERLIN1              the next Set-PopSettings fails: it is broken off, after 1 of its changes',
        'HAMBURG1             the next Get-ReceiveConnector is met by another: Set-ReceiveConnector -Identity HAMBURG1\\Default Frontend HAMBURG1 -TlsCertificateName $null',
        'dc3.mydomain.com     tells what Active Directory held when it began to lag',
        'WORKSTATION          has no room on its disk',
      ].map((line) => line.replace(/^(\S+) +/, (_, where: string) => where.padEnd(18))),
    );
    await fault('clear');
    assert.match(await state(), /^BROKEN +WHAT IS WRONG\nBERLIN1 +has a clock that is 7 minutes behind$/m);
    await bed.lab.call('state.reset');
    assert.doesNotMatch(await state(), /WHAT IS WRONG/);
  });

  it('state: fits the window', async () => {
    for (const width of [40, 80]) {
      const widest = Math.max(...(await state(width)).split('\n').map((line) => line.length));
      assert.ok(widest <= width, String(widest));
    }
    assert.deepEqual(table(['A', 'B'], [['one', 'two three four']], 10), ['A    B', 'one  two…']);
  });

  it('npm run lab starts an organization, other commands find it, and Ctrl+C ends it', async () => {
    const note = path.join(bed.lab.data, 'running.json');
    const started = openTerminal(...labCommand(note, 'one-server'));
    try {
      await started.expect('npm run lab -- fault MAIL down.*npm run lab -- shell MAIL.*\\nready\\r\\n', 60);
      assert.match(await said(note, 'fault', 'MAIL', 'down'), /^MAIL is down\.$/m);
      assert.match(await said(note, 'state'), /^Fabrikam: 1 change, .*^MAIL +DOWN/ms);
      assert.match(await said(note, 'log'), /MAIL +server\.down/);
      assert.match(await said(note, 'reset'), /as it was at the start/);
      const shell = openTerminal(...labCommand(note, 'shell', 'MAIL'));
      await shell.expect('\\[PS\\] C:[^>]*>$', 60);
      await shell.send('(Get-ExchangeServer).Name; exit 3\r');
      assert.match((await shell.end()).text, /\r\nMAIL\r\n/);
      await started.send('\u0003');
      assert.equal((await started.end()).code, 0);
    } finally {
      started.close();
    }
    assert.match(await said(note, 'state'), /No lab runs/);
    assert.match(await said(note, 'nothing'), /There is no organization nothing\. There are: runbook, /);
  });

  for (const name of organizationNames()) {
    it(`says at the start of ${name} how it is broken, for a server that it has`, () => {
      const made = readOrganization(name);
      const text = startText(made, '/workspace', 200);
      for (const { usage } of faultHelp) {
        const [, , what] = usage.split(' ');
        assert.match(text, new RegExp(`npm run lab -- fault \\S+${what === undefined ? '' : ` ${what}`}`));
      }
      assert.doesNotMatch(text, /fault SERVER |DOMAINCONTROLLER|\.\./);
      assert.match(text, /npm run lab -- shell/);
    });
  }
});
