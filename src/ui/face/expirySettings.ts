// From how many days before its end the person wants a certificate to be told of.
import * as vscode from 'vscode';
import { usualThresholds, type ExpiryThresholds } from '../../model/expiry';

/** As the settings are now; what is an error is a warning before. */
export function expiryThresholds(): ExpiryThresholds {
  const settings = vscode.workspace.getConfiguration('exchangeCertificates');
  const warningDays = settings.get<number>('expiryWarningDays', usualThresholds.warningDays);
  const errorDays = settings.get<number>('expiryErrorDays', usualThresholds.errorDays);
  return { warningDays, errorDays: Math.min(errorDays, warningDays) };
}
