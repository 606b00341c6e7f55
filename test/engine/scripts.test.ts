import assert from 'node:assert/strict';
import { startEngine } from '../lab/engine';
import { openBed, type ScriptBed, snapshotText } from './scriptBed';

describe('scripts in the lab', function () {
  this.timeout(60_000);
  const engine = startEngine();
  let bed: ScriptBed;
  beforeEach(async () => {
    bed = await openBed(engine);
  });
  afterEach(() => bed.close());
  after(() => engine.close());

  it('takes a snapshot of every server', async () => {
    const ran = await bed.runText(snapshotText(bed));
    console.log(JSON.stringify(ran.errors, null, 1), ran.hostText, ran.warnings);
    assert.equal(ran.result?.outcome, 'done');
    console.log(JSON.stringify(ran.result, null, 1).slice(0, 6000));
  });
});
