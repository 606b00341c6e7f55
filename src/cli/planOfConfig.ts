// The plan a new rotation would begin with, from a configuration, a snapshot and a PFX; nothing is written.
import * as path from 'node:path';
import { parseConfig } from '../config/parseConfig';
import { rotationName, snapshotPath } from '../folder/names';
import { pathBetween } from '../folder/pathBetween';
import { renderJson, renderLine } from '../folder/renderJson';
import { sha256 } from '../folder/sha256';
import { parseThumbprint, type Thumbprint, type Time } from '../model/names';
import type { Rotation } from '../model/rotation';
import { importsOn } from '../pfx/importsOn';
import { inspection } from '../pfx/inspection';
import { plan } from '../plan/plan';
import { foundFrom } from '../snapshot/foundFrom';
import { parseSnapshot } from '../snapshot/parseSnapshot';
import { ExitCode, pfxExit } from './command';
import { openWithPassword } from './openWithPassword';
import type { PlanMade } from './planMade';
import { dataError, PlanFailure } from './planFailure';
import { most, readInput, readInputText } from './readInput';

export interface ConfigInputs {
  readonly config: string;
  readonly snapshot: string;
  readonly certificate: string;
  readonly replace: string;
  readonly pfx: string;
  readonly hasPassword: boolean;
  readonly now: Time;
}

export async function planOfConfig(inputs: ConfigInputs): Promise<PlanMade> {
  const { config, certificate, now } = inputs;
  const from = parseThumbprint(inputs.replace);
  if (from === undefined) throw new PlanFailure(ExitCode.usage, `${inputs.replace}: not a thumbprint`);
  const configText = await readInputText(config, most.config);
  const { wanted } = parseConfig(configText);
  if (wanted === null) throw new PlanFailure(dataError, `${config}: the configuration has an error`);
  const snapshotText = await readInputText(inputs.snapshot, most.snapshot);
  const { snapshot } = parseSnapshot(snapshotText);
  if (snapshot === null) throw new PlanFailure(dataError, `${inputs.snapshot}: not a snapshot`);
  const found = foundFrom(snapshot);
  const rotation: Rotation = {
    version: 1,
    name: rotationName(now, certificate, []),
    created: now,
    by: '',
    config: { path: `../../${path.basename(config)}`, certificate },
    from: { thumbprint: from },
    to: await newCertificate(inputs),
    servers: wanted.servers.map(({ name }) => name),
    baseline: { path: snapshotPath(snapshot.taken), sha256: sha256(snapshotText) },
    decisions: [],
  };
  const hashes = {
    config: sha256(configText),
    rotation: sha256(renderJson(rotation)),
    baseline: rotation.baseline.sha256,
    found: sha256(renderLine(found)),
    now,
  };
  return { plan: plan({ wanted, baseline: found, found, rotation, inputs: hashes }), rotation, passedOver: [] };
}

/** The one certificate of the file that has its key there. */
async function newCertificate({ config, pfx, hasPassword, now }: ConfigInputs): Promise<Rotation['to']> {
  const bytes = await readInput(pfx, most.pfx);
  const found = await openWithPassword(bytes, hasPassword, pfx);
  if (found === undefined) throw new PlanFailure(ExitCode.interrupted, `${pfx}: no password was given`);
  const { outcome: opened, password } = found;
  password.fill(0);
  if (opened.kind !== 'opened') {
    const { outcome, message } = inspection(opened, now);
    throw new PlanFailure(pfxExit[outcome], `${pfx}: ${message}`);
  }
  const [leaf, ...others] = opened.certificates.filter(({ key }) => key !== null);
  if (leaf === undefined || others.length > 0) {
    throw new PlanFailure(
      dataError,
      `${pfx}: holds ${leaf === undefined ? 'no' : 'more than one'} certificate with its key`,
    );
  }
  const relative = pathBetween(path.dirname(path.resolve(config)), path.resolve(pfx), path);
  if (relative === undefined) {
    throw new PlanFailure(dataError, `${pfx}: lies on another drive or share than ${config}; copy it there`);
  }
  return {
    thumbprint: leaf.facts.thumbprint satisfies Thumbprint,
    certificate: leaf.facts,
    pfx: { path: `../../${relative}`, sha256: sha256(bytes), importsOn: importsOn(opened).importsOn },
  };
}
