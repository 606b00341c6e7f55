// Each script reads the argument that the table of step kinds gives it, and no other.
import assert from 'node:assert/strict';
import type { Thumbprint } from '../../src/model/names';
import { stepKinds } from '../../src/model/stepKinds';
import { renderStep } from '../../src/powershell/renderStep';
import { allSteps } from '../engine/scriptSteps';
import { a, b, rotation, thumb, wanted } from '../plan/organization';

const internal: Thumbprint = thumb('1');
const context = { wanted: wanted(), rotation: rotation(), domainController: null, lastImport: null, lastBackUp: null };

describe('a script', () => {
  for (const step of allSteps(a.thumbprint, b.thumbprint, internal)) {
    const { given } = stepKinds[step.kind];
    it(`${step.kind} reads ${given ?? 'no file outside the folder'}`, () => {
      const script = renderStep(step, context) ?? '';
      const body = script.slice(script.indexOf('\n$result = '));
      assert.equal(/\$Pfx\b/.test(body), given === 'pfx');
      // an import is taken back by the removal's guard, which reads the folder only where there is a backup to find
      const isUnread = /^\$backup = ''$/m.test(script);
      assert.equal(/\$KeyFolder\b/.test(body) && !isUnread, given === 'key-folder');
    });
  }
});
