// *Rotate certificate* without its quick pick: from the snapshot, the PFX and a person's answers to a rotation's intent.
import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { parseConfig } from '../../../src/config/parseConfig';
import { type NewRotation } from '../../../src/folder/createRotation';
import { rotationName } from '../../../src/folder/names';
import { sha256 } from '../../../src/folder/sha256';
import { type Thumbprint } from '../../../src/model/names';
import { type Plan } from '../../../src/model/plan';
import { plan } from '../../../src/plan/plan';
import { foundFrom } from '../../../src/snapshot/foundFrom';
import { parseSnapshot } from '../../../src/snapshot/parseSnapshot';
import { type Person } from './person';
import { viewPfx } from './pfxFile';
import { author, type Places } from './places';
import { latestSnapshot } from './snapshotScript';

export interface Intent {
  readonly folder: string;
  readonly rotation: NewRotation;
  /** The plan before any folder is there: its refusals end the matter. */
  readonly plan: Plan;
}

/** The rotation of `from` on `servers`, all of the configuration's where none are given. */
export async function makeIntent(
  places: Places,
  person: Person,
  from: Thumbprint,
  servers?: readonly string[],
): Promise<Intent> {
  const { wanted } = parseConfig(await fs.readFile(places.config, 'utf8'));
  const text = await latestSnapshot(places);
  const { snapshot } = parseSnapshot(text);
  const { inspection, facts } = await viewPfx(places.pfx, person.pfxPassword);
  const certificate = facts[inspection.certificates.findIndex(({ hasPrivateKey }) => hasPrivateKey)];
  const entry = wanted?.certificates[0]?.name;
  assert.ok(wanted !== null && snapshot !== null && certificate !== undefined && entry !== undefined);
  const { at: created, by } = author();
  const name = rotationName(created, entry, []);
  const folder = path.join(path.dirname(places.config), 'rotations', name);
  const relative = (file: string): string => path.relative(folder, file).split(path.sep).join('/');
  const pfx = {
    path: relative(places.pfx),
    sha256: sha256(await fs.readFile(places.pfx)),
    importsOn: inspection.importsOn,
  };
  const intent = {
    version: 1,
    name,
    created,
    by,
    config: { path: relative(places.config), certificate: entry },
    from: { thumbprint: from },
    to: { thumbprint: certificate.thumbprint, certificate, pfx },
    servers: servers ?? wanted.servers.map((server) => server.name),
  } as const;
  const found = foundFrom(snapshot);
  const inputs = { config: '', rotation: '', baseline: '', found: '', now: created };
  const open = { ...intent, baseline: { path: '', sha256: '' }, decisions: [] };
  const first = plan({ wanted, baseline: found, found, rotation: open, inputs });
  const decisions = first.questions.flatMap((question) => {
    const answer = person.answer(question);
    return answer === undefined ? [] : [{ question: question.id, answer, at: created, by }];
  });
  return { folder, plan: first, rotation: { ...intent, baseline: { snapshot, text }, decisions } };
}
