// What a configuration wants of a certificate in a file, and which installed certificate it would replace.
import type * as vscode from 'vscode';
import type { CertificateFacts } from '../../model/certificate';
import { coversHostname } from '../../model/hostnames';
import type { Found } from '../../model/found';
import type { WantedCertificate } from '../../model/wanted';
import { entriesNaming, judgesOf } from '../state/judgingConfig';
import { organizationRooms } from '../rooms';
import { readSnapshot } from '../state/snapshotStore';
import type { ConfigFile, Workspace } from '../workspace';

export interface Judgement {
  readonly config: vscode.Uri;
  readonly entry: WantedCertificate;
  /** The installed certificate of the entry, the youngest where there are several; null where none is known. */
  readonly replaces: CertificateFacts | null;
  /** Servers that have this very certificate; null where no snapshot tells. */
  readonly installedOn: readonly string[] | null;
}

export type Judged = Pick<Workspace, 'configs' | 'config' | 'found' | 'context'>;

export type Judge = (facts: CertificateFacts) => Judgement | undefined;

/** Answers for each certificate of the file what speaks for it; undefined where no configuration has a say. */
export async function judgeOf(workspace: Judged, uri: vscode.Uri): Promise<Judge> {
  const { naming, nearest } = await judgesOf(workspace.configs, uri);
  const config = naming[0] ?? nearest;
  const wanted = config?.parsed.wanted;
  if (config === undefined || wanted == null) {
    return () => undefined;
  }
  const entries = naming.length > 0 ? await entriesNaming(config, uri) : wanted.certificates;
  const found = await foundFor(workspace, config);
  const { installations, isOf } = await organizationRooms();
  return (facts) => {
    const entry = entryFor(entries, facts, naming.length > 0);
    if (entry === undefined) {
      return undefined;
    }
    const all = found === undefined ? [] : installations(found);
    const old = all
      .flatMap(({ certificate }) => (isOf(entry, certificate) === true ? (certificate.facts ?? []) : []))
      .filter(({ thumbprint }) => thumbprint !== facts.thumbprint)
      .toSorted((one, other) => (one.notBefore < other.notBefore ? 1 : -1));
    const same = all.find(({ certificate }) => certificate.thumbprint === facts.thumbprint);
    return {
      config: config.uri,
      entry,
      replaces: old[0] ?? null,
      installedOn: found === undefined ? null : (same?.servers ?? []),
    };
  };
}

/** The entry whose host names the certificate covers best; one that covers none is meant only where the file is named. */
function entryFor(
  entries: readonly WantedCertificate[],
  facts: CertificateFacts,
  isNamed: boolean,
): WantedCertificate | undefined {
  const [best] = entries
    .map((entry) => ({
      entry,
      covered: entry.hostnames.filter((hostname) => coversHostname(facts.dnsNames, hostname)).length,
    }))
    .toSorted((one, other) => other.covered - one.covered);
  return best === undefined || (!isNamed && best.covered === 0) ? undefined : best.entry;
}

async function foundFor(workspace: Judged, config: ConfigFile): Promise<Found | undefined> {
  if (workspace.config?.uri.toString() === config.uri.toString()) {
    return workspace.found;
  }
  const snapshot = await readSnapshot(workspace.context, config.uri);
  return snapshot === undefined ? undefined : (await organizationRooms()).foundFrom(snapshot);
}
