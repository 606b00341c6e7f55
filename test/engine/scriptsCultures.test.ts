// The product's scripts in German and Turkish Windows: other dates, other small letters, other texts, and the same results.
import assert from 'node:assert/strict';
import { type StepResult } from '../../src/model/result';
import { startEngine } from '../lab/engine';
import { sampleOrganization } from '../lab/sample';
import { snapshotText } from './scriptBed';
import { succeeded, useBed } from './scriptLab';
import { stepOf } from './scriptSteps';

describe('the scripts on Windows of another culture', function () {
  this.timeout(120_000);
  const engine = startEngine({ cultures: true });
  const lab = useBed(engine);
  afterEach(() => lab.close());
  after(() => engine.close());
  // one moment for all, so that certificates are the same
  const now = new Date();

  const begin = async (culture: string | null): Promise<void> => {
    const state = sampleOrganization(now);
    for (const certificate of Object.values(state.certificates)) {
      const [from, to] = certificate.days!;
      certificate.notBefore = new Date(Math.floor(now.getTime() / 1000) * 1000 + from * 86_400_000).toISOString();
      certificate.notAfter = new Date(Math.floor(now.getTime() / 1000) * 1000 + to * 86_400_000).toISOString();
      delete certificate.days;
    }
    await lab.begin({ ...state, settings: { culture, datesAsText: culture !== null } });
  };
  /** What a result tells, without when and by which run. */
  const told = (result: StepResult | null): unknown =>
    JSON.parse(
      JSON.stringify({
        before: result?.before,
        after: result?.after,
        outcome: result?.outcome,
        error: result?.error,
      }).replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME'),
    );
  const cutover = async () => {
    await lab.importNew('SERVER1');
    const enabled = await lab.bed.run(await lab.enable('SERVER1'));
    succeeded(enabled);
    const connector = await lab.bed.run(
      stepOf('receive-connector', {
        target: { server: 'SERVER1', connector: 'SERVER1\\Default Frontend SERVER1' },
        thumbprint: lab.bed.newThumbprint,
        from: lab.bed.oldName,
        to: lab.bed.newName,
      }),
    );
    return { enabled: told(enabled.result), connector: told(connector.result) };
  };

  for (const culture of ['de-DE', 'tr-TR']) {
    it(`take the same snapshot in ${culture} as in English`, async () => {
      await begin(null);
      const english = await lab.bed.runText(snapshotText(lab.bed));
      await lab.close();
      await begin(culture);
      const other = await lab.bed.runText(snapshotText(lab.bed));
      assert.equal(english.result?.outcome, 'done', JSON.stringify(english.errors));
      assert.deepEqual(told(other.result), told(english.result));
    });
    it(`import, enable and name the certificate in ${culture} as in English`, async () => {
      await begin(null);
      const english = await cutover();
      await lab.close();
      await begin(culture);
      assert.deepEqual(await cutover(), english);
    });
  }
});
