// Where things lie on the administrator's computer: the workspace, the key folder, the extension's own storage.
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { toTime } from '../../../src/model/names';
import { type Author } from '../../../src/folder/journal';
import { parseConfig } from '../../../src/config/parseConfig';
import { foundFrom } from '../../../src/snapshot/foundFrom';
import { parseSnapshot, readRows } from '../../../src/snapshot/parseSnapshot';

export interface Places {
  readonly workspace: string;
  readonly config: string;
  readonly pfx: string;
  readonly keys: string;
  readonly storage: string;
}

/** `config` and `pfx` lie within the workspace. */
export function placesIn(home: string, { config, pfx }: { readonly config: string; readonly pfx: string }): Places {
  const workspace = path.join(home, 'workspace');
  return {
    workspace,
    config: path.join(workspace, config),
    pfx: path.join(workspace, pfx),
    keys: path.join(home, 'keys'),
    storage: path.join(home, 'storage'),
  };
}

/** The key folder, made where it is missing. */
export async function keyFolder({ keys }: Places): Promise<string> {
  await fs.mkdir(keys, { recursive: true, mode: 0o700 });
  return keys;
}

/** A new folder for one run, in the extension's own storage. */
export async function makeRunFolder({ storage }: Places, run: string): Promise<string> {
  const folder = path.join(storage, 'runs', run);
  await fs.mkdir(path.dirname(folder), { recursive: true, mode: 0o700 });
  await fs.mkdir(folder, { mode: 0o700 });
  return folder;
}

export const by = 'admin@workstation';

export function author(): Author {
  return { at: toTime(new Date()), by };
}

/** The readers that a folder's files are read with. */
export const readers = { parseConfig, foundFrom, parseSnapshot, readRows };
