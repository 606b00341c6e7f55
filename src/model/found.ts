// What is known of the organization now: the latest snapshot, with each certificate read and newer evidence laid over it.
import type { CertificateFacts } from './certificate';
import type { Observation } from './observation';
import type { Thumbprint, Time, TlsCertificateName } from './names';
import type { CertificateRow, ServerRow, Snapshot } from './snapshot';

/** A certificate in a server's store; `facts` is null where the DER was not told or can't be read. */
export interface InstalledCertificate extends CertificateRow {
  /** Issuer and subject as its server prints them, where it did. */
  readonly facts: CertificateFacts | null;
  /** The name that its DER lets expect, where the server prints another: what a file's name is compared with. */
  readonly expectedName?: TlsCertificateName;
}

export interface FoundServer extends Omit<ServerRow, 'certificates'> {
  readonly certificates: readonly InstalledCertificate[] | null;
}

export interface Backup {
  readonly server: string;
  readonly thumbprint: Thumbprint;
  /** Re-opened after it was written, and the same thumbprint found in it. */
  readonly verified: boolean;
  readonly at: Time;
}

export interface Found extends Omit<Snapshot, 'servers' | 'problems'> {
  readonly servers: readonly FoundServer[];
  /** The newest observation of each endpoint, in the order in which they were made. */
  readonly observations: readonly Observation[];
  /** Backups that believed results told of, not yet deleted. */
  readonly backups: readonly Backup[];
  /** Converted copies of the new PFX that are there, by thumbprint. */
  readonly copies: readonly Thumbprint[];
  /** When the mail services of a server were last restarted by a believed result of ours, by server name. */
  readonly restarted: Readonly<Record<string, Time>>;
  /** When a step of ours last changed something, or may have (it failed, or its end is unknown), by the step's id. */
  readonly changed: Readonly<Record<string, Time>>;
  /** When the queues were last watched to the end and stayed clear, by send connector; the same for replication by its name. */
  readonly watched: Readonly<Record<string, Time>>;
}
