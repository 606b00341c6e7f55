// The workspace of a named organization: its configuration, the PFX of the new certificate, the old one's original.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type LabClient } from '../labClient';
import { samplePassword } from '../sample';
import { opensslPfx, windowsPfx } from '../sampleWorkspace';
import { configOf, fileHead, pfxFolder } from './configOf';
import { type Organization } from './readOrganization';

/** Where things lie in an organization's workspace, from its root. */
export interface OrganizationPaths {
  readonly config: string;
  readonly pfx: string;
  /** The old certificate's file, outside the configuration's glob. */
  readonly oldPfx: string;
}

export function organizationPaths(made: Organization): OrganizationPaths {
  const head = fileHead(made);
  return {
    config: 'exchange-certificates.yaml',
    pfx: `${pfxFolder}/${head}-2026.pfx`,
    oldPfx: `${pfxFolder}/archive/${head}-2025.pfx`,
  };
}

/** Fills `folder` for the organization that `lab` runs; the PFX files have `samplePassword`. */
export async function writeOrganizationWorkspace(
  lab: Pick<LabClient, 'call' | 'state'>,
  made: Organization,
  folder: string,
): Promise<void> {
  const { config, pfx, oldPfx } = organizationPaths(made);
  const { servers } = await lab.state();
  await mkdir(path.join(folder, path.dirname(oldPfx)), { recursive: true });
  await writeFile(path.join(folder, config), configOf(made, servers));
  await writeFile(path.join(folder, oldPfx), await windowsPfx(lab, 'A', samplePassword));
  await writeFile(
    path.join(folder, pfx),
    made.pfx === 'openssl'
      ? await opensslPfx(lab, 'B', samplePassword)
      : await windowsPfx(lab, 'B', samplePassword, made.pfx === 'aes'),
  );
}
