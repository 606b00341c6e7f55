// Dates as people read them: a day in UTC, and how long until it.
import { l10n } from 'vscode';
import type { Time } from '../model/names';

const millisecondsADay = 86_400_000;

/** `2026-12-04` */
export function day(time: Time): string {
  return time.slice(0, 10);
}

/** Whole days until `time`, negative once it has passed. */
export function daysUntil(time: Time, now = new Date()): number {
  return Math.floor((Date.parse(time) - now.getTime()) / millisecondsADay);
}

/** `expires in 12 days (2026-12-04)` */
export function expiry(notAfter: Time, now = new Date()): string {
  const days = daysUntil(notAfter, now);
  return days < 0 ? l10n.t('expired on {0}', day(notAfter)) : l10n.t('expires in {0} days ({1})', days, day(notAfter));
}
