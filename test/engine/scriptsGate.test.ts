// The gate: every generated script uses only commands of our catalogue and syntax that Windows PowerShell 5.1 has, by the real parser.
import assert from 'node:assert/strict';
import { type StepKind } from '../../src/model/plan';
import { type Thumbprint } from '../../src/model/names';
import { renderAssumptionsScript } from '../../src/powershell/assumptionsScript';
import { cmdlets, findCmdlet } from '../../src/powershell/cmdlets';
import { renderOpenOrganization, renderOpenServer } from '../../src/powershell/openSession';
import { renderProbeScript } from '../../src/powershell/probeScript';
import { renderSession } from '../../src/powershell/renderSession';
import { renderSnapshotScript, renderStep } from '../../src/powershell/renderStep';
import { type ScriptContext } from '../../src/powershell/scriptContext';
import { type ParsedScript, startEngine } from '../lab/engine';
import * as allowed from './gateAllowed';
import { gateContext } from './gateContext';
import { allSteps, hostile } from './scriptSteps';

const [a, b, internal] = ['A', 'B', 'C'].map((digit) => digit.repeat(40) as Thumbprint) as [
  Thumbprint,
  Thumbprint,
  Thumbprint,
];

/** A snapshot reads every server; an import and what enables services carry functions: what Enable changes or leaves is put right. */
const linesOf: Partial<Record<StepKind, number>> = { import: 80, 'take-snapshot': 150, 'enable-services': 110 };

interface Named {
  readonly name: string;
  readonly text: string;
  readonly lines: number;
}

function scripts(context: ScriptContext, name: string, last: boolean): readonly Named[] {
  return allSteps(a, b, internal, name).map((step, index) => ({
    name: `${step.kind} (${index})`,
    text: renderStep(step, { ...context, lastImport: last ? step.id : null, lastBackUp: last ? step.id : null })!,
    lines: linesOf[step.kind] ?? 60,
  }));
}

/** All texts that are written anywhere: with plain names, with hostile ones, and with the last import and backup. */
const texts: readonly Named[] = [
  { name: 'session.ps1', text: renderSession(), lines: 340 },
  ...scripts(gateContext('SERVER1'), 'SEND', false),
  ...scripts(gateContext(hostile), hostile, true),
  { name: 'open organization', text: renderOpenOrganization(gateContext(hostile).wanted), lines: 60 },
  { name: 'open server', text: renderOpenServer(gateContext(hostile).wanted.servers[0]!), lines: 60 },
  {
    name: 'look from elsewhere',
    text: renderProbeScript(gateContext(hostile).wanted, {
      from: 'server2',
      endpoints: [{ protocol: 'smtp', host: hostile, port: 25, servername: hostile }],
      milliseconds: 30_000,
    }),
    // It carries the dialogues of three protocols to the server that looks.
    lines: 150,
  },
  { name: 'snapshot', text: renderSnapshotScript(gateContext(hostile).wanted), lines: 150 },
  { name: 'assumptions', text: renderAssumptionsScript(gateContext(hostile).wanted), lines: 210 },
];

describe('the 5.1 gate', function () {
  this.timeout(60_000);
  const engine = startEngine();
  let shared: ParsedScript;
  before(async () => {
    shared = await engine.parse(renderSession().replace('\uFEFF', ''));
  });
  after(() => engine.close());

  for (const { name, text, lines } of texts) {
    it(`lets pass ${name}`, async () => {
      assert.deepEqual(problemsOf(await engine.parse(text.replace('\uFEFF', '')), shared), []);
      assert.match(text, /^\uFEFF[\n -~]*\n$/, 'ASCII with a byte order mark, LF only');
      const count = text.split('\n').length - 1;
      assert.ok(count <= lines, `${count} lines, ${lines} are allowed`);
    });
  }

  const refused: readonly [string, string][] = [
    ['a ternary', '$a = $true ? 1 : 2'],
    ['??', '$a = $b ?? 1'],
    ['??=', '$a ??= 1'],
    ['?.', '${a}?.Length'],
    ['&&', 'Get-Date && Get-Date'],
    ['||', 'Get-Date || Get-Date'],
    ['a background job', 'Get-Date &'],
    ['a clean block', 'function Get-Text { process { } clean { } }'],
    ['a leading pipe', 'Get-Date\n| Sort-Object'],
    ['`e', '$a = "`e[0m"'],
    ['`u{}', '$a = "`u{2019}"'],
    ['$IsWindows', '$a = $IsWindows'],
    ['$PSStyle', '$a = $PSStyle'],
    ['a parameter 5.1 lacks', '1 | ForEach-Object -Parallel { 1 }'],
    ['-AsByteStream', 'Get-Content -AsByteStream'],
    ['-AsHashtable', "ConvertFrom-Json -InputObject '{}' -AsHashtable"],
    ['a binary number', '$a = 0b11'],
    ['a suffixed number', '$a = 5u'],
    ['Invoke-Expression', 'Invoke-Expression -Command $a'],
    ['a command by its alias', 'dir'],
    ['a parameter cut short', 'Get-Date | Select-Object -Uniq'],
    ['a computed command', '& $a'],
    ['exit', 'exit 1'],
    ['an Exchange command that may go on after an error', 'Get-SendConnector @Pin'],
    ['an Exchange command without the pinned domain controller', 'Get-SendConnector -ErrorAction Stop'],
    ['$using:', 'Invoke-Command -Session $a -ScriptBlock { $using:a }'],
  ];
  for (const [what, text] of refused) {
    it(`refuses ${what}`, async () => assert.notDeepEqual(problemsOf(await engine.parse(text), shared), []));
  }

  it('refuses what a hostile name would do unquoted', async () => {
    const text = renderStep(allSteps(a, b, internal, 'x')[4]!, gateContext('SERVER1'))!;
    for (const name of ["'; Invoke-Expression $a; '", '\u2019; dir; \u2019', '$(dir)']) {
      const planted = text.replace("'SERVER1'", `'${name}'`);
      const problems = problemsOf(await engine.parse(planted.replace('\uFEFF', '')), shared);
      assert.equal(problems.length > 0, name !== '$(dir)', name);
    }
  });

  it('knows each command of the catalogue by one row', () => {
    assert.deepEqual(cmdlets.length, new Set(cmdlets.map(({ name }) => name.toLowerCase())).size);
  });
});

/** What of a script is not in the tables; [] passes. */
function problemsOf(parsed: ParsedScript, shared: ParsedScript): readonly string[] {
  const functions = new Set([...parsed.functions, ...shared.functions].map(({ name }) => name));
  const outside = (list: readonly string[], table: readonly string[], what: string): readonly string[] =>
    list.filter((one) => !table.includes(one)).map((one) => `${what} ${one}`);
  return [
    ...parsed.errors,
    ...parsed.commands.flatMap((command) => commandProblems(command, functions)),
    ...parsed.functions.filter(({ lines }) => lines > 30).map(({ name }) => `function ${name} is longer than 30 lines`),
    ...outside(parsed.operators, allowed.operators, 'operator'),
    ...outside(parsed.syntax, allowed.syntax, 'syntax'),
    ...outside(
      parsed.tokens.filter((kind) => kind.endsWith('Equals')),
      allowed.assignments,
      'assignment',
    ),
    ...parsed.numbers
      .filter((number) => !/^(-?\d+(\.\d+)?|0x[0-9A-F]{4})$/.test(number))
      .map((number) => `number ${number}`),
    ...parsed.escapes.map((text) => `escape in ${text}`),
    ...parsed.variables
      .filter((name) => !/^[a-z_]\w*$/i.test(name) && !allowed.scopedVariables.includes(name))
      .map((name) => `variable ${name}`),
    ...parsed.variables.filter((name) => /^(Is(Windows|Linux|MacOS|CoreCLR)|PSStyle)$/i.test(name)),
    // `?.` and its like are members and indexes to the syntax, and only their tokens tell them.
    ...parsed.tokens.filter((kind) => kind.startsWith('Question')).map((kind) => `token ${kind}`),
    ...(parsed.background ? ['background'] : []),
    ...(parsed.clean ? ['clean'] : []),
    ...(parsed.leadingPipe ? ['leading pipe'] : []),
  ];
}

function commandProblems(command: ParsedScript['commands'][number], functions: ReadonlySet<string>): readonly string[] {
  const at = `line ${command.line}: ${command.text}`;
  if (command.operator !== 'Unknown') {
    return allowed.invocations.includes(`${command.operator} ${command.text}`)
      ? []
      : [`${at} is invoked by ${command.operator}`];
  }
  const { name } = command;
  if (name !== null && functions.has(name)) {
    return [];
  }
  const cmdlet = name === null ? undefined : findCmdlet(name);
  if (cmdlet?.name !== name) {
    return [`${at} is not in the catalogue`];
  }
  const common = ['ErrorAction', 'ErrorVariable'];
  const unknown = command.parameters.filter((one) => !cmdlet.parameters.includes(one) && !common.includes(one));
  const stops = command.parameters.includes('ErrorAction') || !['exchange', 'server'].includes(cmdlet.place);
  const pins = command.splatted.includes('Pin') || command.parameters.includes('DomainController');
  return [
    ...unknown.map((one) => `${at} has no parameter ${one} in the catalogue`),
    ...(command.positional > 0 && !allowed.positional.includes(cmdlet.name) ? [`${at} takes values by position`] : []),
    ...(stops || allowed.elsewhereStopped.includes(cmdlet.name) ? [] : [`${at} does not say what happens on an error`]),
    ...(cmdlet.place !== 'exchange' || pins || allowed.unpinned.includes(cmdlet.name)
      ? []
      : [`${at} is not pinned to a domain controller`]),
  ];
}
