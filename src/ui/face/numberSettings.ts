// The settings that are numbers: a workspace may write anything into them, and what is out of their range counts as its end.
import * as vscode from 'vscode';

interface Range {
  readonly standard: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** As package.json describes them to the editor, which does not hold anybody to it. */
export const numberSettings = {
  /** Seconds. */
  probeTimeout: { standard: 30, minimum: 1, maximum: 600 },
  probeConcurrency: { standard: 32, minimum: 1, maximum: 256 },
  /** Seconds. */
  probeRepeat: { standard: 30, minimum: 0, maximum: 3600 },
  /** Minutes. */
  runTimeout: { standard: 10, minimum: 1, maximum: 240 },
  expiryWarningDays: { standard: 14, minimum: 0, maximum: 3650 },
  expiryErrorDays: { standard: 3, minimum: 0, maximum: 3650 },
  snapshotAgeHours: { standard: 24, minimum: 0, maximum: 87_600 },
} as const satisfies Readonly<Record<string, Range>>;

/** As the setting is now, within its range; its default where it is no number. */
export function numberSetting(name: keyof typeof numberSettings): number {
  return withinRange(name, vscode.workspace.getConfiguration('exchangeCertificates').get<unknown>(name));
}

/** `value` as it counts. */
export function withinRange(name: keyof typeof numberSettings, value: unknown): number {
  const { standard, minimum, maximum } = numberSettings[name];
  return typeof value === 'number' && !Number.isNaN(value) ? Math.min(Math.max(value, minimum), maximum) : standard;
}
