// When a certificate counts as expiring: one rule for views, Problems and the monitoring command.
import type { Time } from './names';

export interface ExpiryThresholds {
  /** Days before the end from which it is a warning, and an error: with 14, once less than 14 days are left. */
  readonly warningDays: number;
  readonly errorDays: number;
}

/** For certificates of 47 days, which are renewed with a third of their life left. */
export const usualThresholds: ExpiryThresholds = { warningDays: 14, errorDays: 3 };

const millisecondsADay = 86_400_000;

/** Whole days from `now` to `time`, rounded down: 0 is the last day, -1 the first after it. */
export function daysUntil(time: Time, now: Date): number {
  return Math.floor((Date.parse(time) - now.getTime()) / millisecondsADay);
}

/** `days` as `daysUntil` counts them. */
export function expiryOf(days: number, thresholds: ExpiryThresholds): 'expired' | 'error' | 'warning' | 'none' {
  if (days < 0) return 'expired';
  if (days < thresholds.errorDays) return 'error';
  return days < thresholds.warningDays ? 'warning' : 'none';
}
