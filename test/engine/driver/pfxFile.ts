// The PFX of the new certificate as the editor treats it: opened and converted in the worker, by the product's own room.
import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { toTime } from '../../../src/model/names';
import { exchangeProvider } from '../../../src/pfx/exchangeProvider';
import { openInThread } from '../../../src/pfx/openInThread';
import { type PfxView } from '../../../src/pfx/view';
import { keyFolder, type Places } from './places';
import { type World } from './world';

export async function viewPfx(file: string, password: string): Promise<PfxView> {
  const answer = await openInThread({
    bytes: await fs.readFile(file),
    password: new TextEncoder().encode(password),
    now: toTime(new Date()),
  });
  assert.equal(answer.kind, 'answered');
  return answer.view;
}

/** The converted copy that the scripts for an older Windows read. */
export function copyOf({ keys }: Places, thumbprint: string): string {
  return path.join(keys, `${thumbprint}-converted.pfx`);
}

export async function convertCopy(places: Places, password: string, thumbprint: string): Promise<void> {
  const answer = await openInThread({
    bytes: await fs.readFile(places.pfx),
    password: new TextEncoder().encode(password),
    now: toTime(new Date()),
    conversion: { options: { target: 'windows-2016', provider: exchangeProvider } },
  });
  assert.ok(answer.kind === 'answered' && answer.written !== null);
  await keyFolder(places);
  await fs.writeFile(copyOf(places, thumbprint), answer.written, { mode: 0o600 });
}

/** A certificate of the lab with its key, in AES-256 or in what an older Windows reads. */
export async function writePfx(
  world: World,
  certificate: string,
  password: string,
  file: string,
  aes = true,
): Promise<void> {
  const { pfx } = (await world.call('certificate.pfx', { certificate, password, aes })) as { pfx: string };
  await fs.writeFile(file, Buffer.from(pfx, 'base64'));
}
