// The intent behind a rotation and every decision a person took in it: `rotation.json`.
import type { CertificateFacts } from './certificate';
import type { ServerName, Thumbprint, Time } from './names';

/** Which Windows versions can import a PFX: null where nothing can be said (the file was not opened). */
export interface ImportsOn {
  readonly windowsServer2016: boolean | null;
  readonly windowsServer2019: boolean | null;
  readonly windowsServer2022: boolean | null;
}

export interface Decision {
  /** `follow:receive-connector:SERVER2\Relay SERVER2`, `continue:after-canary`, `defer:SERVER3`, … */
  readonly question: string;
  readonly answer: string;
  readonly at: Time;
  readonly by: string;
}

export interface Rotation {
  readonly version: 1;
  /** The folder's name. */
  readonly name: string;
  readonly created: Time;
  /** `user@host` */
  readonly by: string;
  readonly config: { readonly path: string; readonly certificate: string };
  readonly from: { readonly thumbprint: Thumbprint };
  readonly to: {
    readonly thumbprint: Thumbprint;
    /** Public facts of the new certificate, as they were when its PFX was opened. */
    readonly certificate: CertificateFacts;
    readonly pfx: { readonly path: string; readonly sha256: string; readonly importsOn: ImportsOn };
  };
  /** The order of the cutover; the first is the canary. */
  readonly servers: readonly ServerName[];
  readonly baseline: { readonly path: string; readonly sha256: string };
  readonly decisions: readonly Decision[];
}
