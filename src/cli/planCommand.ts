// `plan ROTATION-DIR` prints the editor's plan.json; `plan CONFIG …` prints the plan a new rotation would begin with.
import { stat } from 'node:fs/promises';
import { planMarkdown } from '../folder/planMarkdown';
import { renderJson } from '../folder/renderJson';
import { toTime } from '../model/names';
import { forTerminal } from '../model/untrustedText';
import { ExitCode, parseArguments, type Arguments, type Command } from './command';
import { planOfConfig } from './planOfConfig';
import { planOfFolder } from './planOfFolder';
import type { PlanMade } from './planMade';
import { PlanFailure, refusedExit } from './planFailure';

const usage = `usage: exchange-certificates plan ROTATION-DIR --snapshot FILE [--now TIME] [--json]
       exchange-certificates plan CONFIG --snapshot FILE --certificate NAME --replace THUMBPRINT --with PFX [--password-stdin] [--now TIME] [--json]
  the first prints the plan.json of the rotation, byte for byte, without reading it; the second writes nothing
  exit codes: 0 planned (open questions are in the plan), 7 refused, 2 to 6 the PFX as with inspect,
  64 usage, 65 a file that can't be read as what it should be, 66 no such file
`;

export const planCommand: Command = async (args) => {
  const parsed = parseArguments(
    args,
    ['--json', '--password-stdin'],
    ['--snapshot', '--now', '--certificate', '--replace', '--with'],
  );
  const [where, ...more] = parsed?.operands ?? [];
  const now = timeOf(parsed?.values.get('--now'));
  if (parsed === undefined || where === undefined || more.length > 0 || now === undefined) return wrongUsage();
  try {
    const { plan, rotation, passedOver } = await make(where, parsed, now);
    for (const sentence of passedOver) process.stderr.write(`${forTerminal(sentence)}\n`);
    process.stdout.write(parsed.flags.has('--json') ? renderJson(plan) : planMarkdown(plan, rotation));
    return plan.refusals.length > 0 ? refusedExit : ExitCode.ok;
  } catch (error) {
    if (!(error instanceof PlanFailure)) throw error;
    process.stderr.write(`${forTerminal(error.message)}\n`);
    return error.exitCode;
  }
};

async function make(where: string, { values, flags }: Arguments, now: string): Promise<PlanMade> {
  const snapshot = values.get('--snapshot');
  const found = await stat(where).catch(() => undefined);
  if (found === undefined) throw new PlanFailure(ExitCode.noInput, `${where}: no such file`);
  if (found.isDirectory()) return planOfFolder(where, snapshot, now);
  const certificate = values.get('--certificate');
  const replace = values.get('--replace');
  const pfx = values.get('--with');
  if (snapshot === undefined || certificate === undefined || replace === undefined || pfx === undefined) {
    throw new PlanFailure(ExitCode.usage, 'plan CONFIG needs --snapshot, --certificate, --replace and --with');
  }
  return planOfConfig({
    config: where,
    snapshot,
    certificate,
    replace,
    pfx,
    hasPassword: flags.has('--password-stdin'),
    now,
  });
}

function wrongUsage(): number {
  process.stderr.write(usage);
  return ExitCode.usage;
}

/** `--now` as a time of ours, the present where it is left out, undefined where it is no time. */
function timeOf(text: string | undefined): string | undefined {
  const date = text === undefined ? new Date() : new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : toTime(date);
}
