// Dates as people read them: a day in UTC, and how long until it.
import { l10n } from 'vscode';
import { daysUntil } from '../../model/expiry';
import { isKnownDate, type Time } from '../../model/names';

export { daysUntil };

/** `2026-12-04` */
export function day(time: Time): string {
  return isKnownDate(time) ? time.slice(0, 10) : l10n.t('a day that is not known');
}

/** `expires in 12 days (2026-12-04)` */
export function expiry(notAfter: Time, now = new Date()): string {
  if (!isKnownDate(notAfter)) {
    return l10n.t('end not known');
  }
  const days = daysUntil(notAfter, now);
  return days < 0 ? l10n.t('expired on {0}', day(notAfter)) : l10n.t('expires in {0} days ({1})', days, day(notAfter));
}
