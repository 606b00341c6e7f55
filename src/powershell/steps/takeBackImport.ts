// Removes the new certificate from one server again, by the removal's own guard: the old one is what stays.
import type { StepRenderer } from './common';
import { removeCertificate } from './removeCertificate';

export const takeBackImport: StepRenderer<'take-back-import'> = (step, context) => ({
  ...removeCertificate({ ...step, kind: 'remove' }, context),
  purpose: 'Remove the new certificate again, if nothing uses it: its key is in a key storage provider',
  undo: 'import it again',
});
