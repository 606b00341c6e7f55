// From how many days before its end the person wants a certificate to be told of.
import type { ExpiryThresholds } from '../../model/expiry';
import { numberSetting } from './numberSettings';

/** As the settings are now; what is an error is a warning before. */
export function expiryThresholds(): ExpiryThresholds {
  const warningDays = numberSetting('expiryWarningDays');
  const errorDays = numberSetting('expiryErrorDays');
  return { warningDays, errorDays: Math.min(errorDays, warningDays) };
}
