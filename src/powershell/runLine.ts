// The one line that a terminal gets for a script: the script's quoted path and its arguments, and nothing of its body.
import { quote } from './quote';

export interface RunLine {
  /** Full path of the script as the terminal's computer names it. */
  readonly script: string;
  /** The run's random id; left out, the script says `by-hand`. */
  readonly run?: string;
  /** The PFX to import: the original, or the converted copy for an older Windows. */
  readonly pfx?: string;
  /** Where backups and converted copies are kept. */
  readonly keyFolder?: string;
}

/** `& 'C:\…\scripts\stage-020-import-SERVER4-3f9a01c2.ps1' -Run '…' -Pfx '…'`, in ASCII, without a line break. */
export function runLine({ script, run, pfx, keyFolder }: RunLine): string {
  const argument = (name: string, value: string | undefined): string =>
    value === undefined ? '' : ` -${name} ${quote(value)}`;
  return `& ${quote(script)}${argument('Run', run)}${argument('Pfx', pfx)}${argument('KeyFolder', keyFolder)}`;
}
