// The worker: answers as the room itself does, can be ended, and gives no key back.
import assert from 'node:assert/strict';
import { inspection } from '../../src/pfx/inspection';
import { openInThread, startThread } from '../../src/pfx/openInThread';
import { openPfx } from '../../src/pfx/openPfx';
import { defaultLimits } from '../../src/pfx/outcome';
import { corpusFile, utf8 } from './corpus';

const now = '2026-11-22T20:14:00Z';

describe('opening in a worker', () => {
  it('answers what opening here answers', async () => {
    const answer = await openInThread({ bytes: corpusFile('shuffled.pfx'), password: utf8('secret'), now });
    assert.ok(answer.kind === 'answered');
    const here = await openPfx(corpusFile('shuffled.pfx'), utf8('secret'));
    assert.deepEqual(answer.view.inspection, inspection(here, now));
    assert.deepEqual(answer.view.chains[0]?.slice(0, 3), [0, 1, 2]);
    assert.equal(answer.written, null);
  });

  it('overwrites the password here, at once', async () => {
    const password = utf8('secret');
    const answer = openInThread({ bytes: corpusFile('openssl-default.pfx'), password, now });
    assert.deepEqual(password, new Uint8Array(6));
    assert.equal((await answer).kind, 'answered');
  });

  it('tells progress and ends when it is cancelled in the middle', async () => {
    const controller = new AbortController();
    let told = 0;
    const progress = () => {
      told++;
      controller.abort();
    };
    const request = { bytes: corpusFile('iterations-600000-3des.pfx'), password: utf8('secret'), now };
    assert.deepEqual(await openInThread(request, { signal: controller.signal, progress }), { kind: 'cancelled' });
    assert.equal(told, 1);
  });

  it('does not begin when it was cancelled before', async () => {
    const password = utf8('secret');
    const request = { bytes: corpusFile('openssl-default.pfx'), password, now };
    assert.deepEqual(await openInThread(request, { signal: AbortSignal.abort() }), { kind: 'cancelled' });
    assert.deepEqual(password, new Uint8Array(6));
  });

  it('opens two files at once without mixing them up', async () => {
    const [one, other] = await Promise.all([
      openInThread({ bytes: corpusFile('key-ec.pfx'), password: utf8('secret'), now }),
      openInThread({ bytes: corpusFile('key-pss.pfx'), password: utf8('wrong'), now }),
    ]);
    assert.ok(one.kind === 'answered' && other.kind === 'answered');
    assert.deepEqual([one.view.inspection.outcome, other.view.inspection.outcome], ['opened', 'wrong-password']);
  });

  it('answers from a thread that was started before the password was known', async () => {
    const thread = startThread();
    const answer = await thread.run({ bytes: corpusFile('key-ec.pfx'), password: utf8('secret'), now });
    assert.ok(answer.kind === 'answered');
    assert.equal(answer.view.inspection.outcome, 'opened');
  });

  it('says so when the thread is gone before the request', async () => {
    const thread = startThread();
    thread.dispose();
    const answer = await thread.run({ bytes: corpusFile('key-ec.pfx'), password: utf8('secret'), now });
    assert.deepEqual(answer, { kind: 'failed', message: 'the worker ended without an answer' });
  });

  it('obeys the limits it is given', async () => {
    const limits = { ...defaultLimits, iterations: 100 };
    const answer = await openInThread({ bytes: corpusFile('key-ec.pfx'), password: utf8('secret'), now, limits });
    assert.ok(answer.kind === 'answered');
    assert.equal(answer.view.inspection.outcome, 'refused');
  });

  it('writes a converted file under a new password', async () => {
    const conversion = { options: { target: 'windows-2016' }, newPassword: utf8('other') } as const;
    const answer = await openInThread({
      bytes: corpusFile('openssl-default.pfx'),
      password: utf8('secret'),
      now,
      conversion,
    });
    assert.ok(answer.kind === 'answered' && answer.written !== null);
    assert.deepEqual(conversion.newPassword, new Uint8Array(5));
    const again = await openPfx(answer.written, utf8('other'));
    assert.equal(inspection(again, now).importsOn.windowsServer2016, true);
  });

  it('gives no private key back, in no form', async () => {
    const opened = await openPfx(corpusFile('openssl-default.pfx'), utf8('secret'));
    assert.ok(opened.kind === 'opened');
    const key = Buffer.from(opened.keys[0]!.pkcs8);
    const answer = await openInThread({ bytes: corpusFile('openssl-default.pfx'), password: utf8('secret'), now });
    const told = JSON.stringify(answer);
    const middle = key.subarray(400, 430);
    for (const form of [
      middle.toString('hex'),
      middle.toString('base64').slice(4, 32),
      JSON.stringify([...middle]).slice(1, -1),
    ]) {
      assert.ok(!told.toLowerCase().includes(form.toLowerCase()));
    }
  });
});
