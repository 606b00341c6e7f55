// Removes the new certificate from one server again, by the removal's own guard: the old one is what stays.
import type { StepRenderer } from './common';
import { removeCertificate } from './removeCertificate';

const removal: StepRenderer<'take-back-import'> = (step, context) => {
  const script = removeCertificate({ ...step, kind: 'remove' }, context);
  // the new one was imported from its PFX, which is the way back
  return { ...script, values: { ...script.values, backup: '' } };
};

export const takeBackImport: StepRenderer<'take-back-import'> = (step, context) => ({
  ...removal(step, context),
  purpose: 'Remove the new certificate again, if nothing uses it: its key is in a key storage provider',
  undo: 'import it again',
});
