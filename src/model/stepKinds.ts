// What each kind of step is: one row a kind, from which the planner, the order, the evidence and the window take the rest.
import type { Thumbprint, TlsCertificateName } from './names';
import type { Phase } from './phases';
import type { EndpointKind, Service } from './wanted';

type Nothing = unknown;

/** What a step of each kind carries besides what every step has; its texts are quoted into its script. */
export interface StepData {
  readonly 'take-snapshot': Nothing;
  readonly probe: { readonly endpoints: readonly EndpointKind[] };
  readonly 'back-up': Nothing;
  readonly convert: Nothing;
  /** The new certificate again: `replacement` is the old one, which goes on serving. */
  readonly 'take-back-import': { readonly tlsCertificateName: TlsCertificateName; readonly replacement: Thumbprint };
  readonly import: { readonly source: 'original' | 'converted'; readonly by: 'exchange' | 'pki' };
  readonly 'set-friendly-name': { readonly friendlyName: string; readonly previous: string | null };
  readonly 'restore-internal-transport-certificate': { readonly seconds: number };
  readonly 'enable-services': {
    readonly services: readonly Service[];
    readonly internalTransport: Thumbprint | null;
    readonly policy: 'keep' | 'ask';
    readonly requireSsl: boolean;
    readonly seconds: number;
  };
  readonly 'restart-services': { readonly services: readonly ('POP' | 'IMAP')[] };
  readonly 'recycle-iis': { readonly how: 'recycle' | 'reset' };
  readonly 'receive-connector': Renamed;
  readonly 'send-connector': Renamed;
  /** By hand: the text, the commands and the check are the plan's; the change is a person's. */
  readonly 'hybrid-configuration': Renamed;
  readonly 'wait-for-replication': { readonly minutes: number };
  readonly 'watch-queues': { readonly minutes: number };
  readonly observe: { readonly days: number };
  readonly remove: { readonly tlsCertificateName: TlsCertificateName; readonly replacement: Thumbprint };
  readonly 'delete-copies': Nothing;
  /** It says that the old certificate is still on servers which this rotation does not change. */
  readonly 'other-servers': Nothing;
}

interface Renamed {
  readonly from: TlsCertificateName;
  readonly to: TlsCertificateName;
}

export type StepKind = keyof StepData;

export type CutsOver =
  'server' | 'internal-transport' | 'receive-connector' | 'send-connector' | 'organization' | 'removal';

interface StepKindRow {
  /** The phases in which a step of this kind may be planned. */
  readonly phases: readonly [Phase, ...Phase[]];
  /** Its place within the phase: lower comes first. Part of the names of script files, so a place never changes. */
  readonly place: number;
  /** Who does it: a script, the extension itself, or nobody because it ends by itself. */
  readonly by: 'script' | 'extension' | 'nobody';
  /** Kinds of the same phase that must end first, on the same server or connector; null: it waits for no step. */
  readonly restsOn: readonly StepKind[] | null;
  /** It changes nothing that a later attempt would not find or do again: after a failure it may be tried at once. */
  readonly retriable: boolean;
  /** A person confirms each step of it, and it is never part of a bulk run. */
  readonly confirmed: boolean;
  /** The argument its script gets besides the run's id: files outside the rotation's folder are never named in a script. */
  readonly given?: 'pfx' | 'key-folder';
  /** What it changes for clients, by what the step is of; null: no client can tell. */
  readonly cutsOver: CutsOver | null;
  /** It puts right what a step of ours left behind: it comes first, and waits for no question and no other step. */
  readonly repairs?: true;
}

const table = {
  'take-snapshot': {
    phases: ['check'],
    place: 10,
    by: 'script',
    restsOn: [],
    retriable: true,
    confirmed: false,
    cutsOver: null,
  },
  /** Last wherever it is: it proves what came before it. */
  probe: {
    phases: ['check', 'cutover', 'remove'],
    place: 90,
    by: 'extension',
    restsOn: [],
    retriable: true,
    confirmed: false,
    cutsOver: null,
  },
  'back-up': {
    phases: ['stage'],
    place: 10,
    by: 'script',
    restsOn: [],
    retriable: true,
    confirmed: false,
    given: 'key-folder',
    cutsOver: null,
  },
  convert: {
    phases: ['stage'],
    place: 15,
    by: 'extension',
    restsOn: [],
    retriable: true,
    confirmed: false,
    cutsOver: null,
  },
  'take-back-import': {
    phases: ['stage'],
    place: 18,
    by: 'script',
    restsOn: [],
    retriable: false,
    confirmed: true,
    cutsOver: null,
  },
  import: {
    phases: ['stage'],
    place: 20,
    by: 'script',
    restsOn: ['back-up', 'take-back-import', 'convert'],
    retriable: false,
    confirmed: false,
    given: 'pfx',
    cutsOver: null,
  },
  'set-friendly-name': {
    phases: ['stage'],
    place: 30,
    by: 'script',
    restsOn: ['back-up', 'import'],
    retriable: false,
    confirmed: false,
    cutsOver: null,
  },
  'restore-internal-transport-certificate': {
    phases: ['cutover'],
    place: 10,
    by: 'script',
    restsOn: [],
    retriable: false,
    confirmed: false,
    cutsOver: 'internal-transport',
    repairs: true,
  },
  'enable-services': {
    phases: ['cutover'],
    place: 20,
    by: 'script',
    restsOn: [],
    retriable: false,
    confirmed: false,
    cutsOver: 'server',
  },
  'restart-services': {
    phases: ['cutover'],
    place: 30,
    by: 'script',
    restsOn: [],
    retriable: false,
    confirmed: false,
    cutsOver: 'server',
  },
  'recycle-iis': {
    phases: ['cutover'],
    place: 40,
    by: 'script',
    restsOn: [],
    retriable: false,
    confirmed: false,
    cutsOver: 'server',
  },
  'receive-connector': {
    phases: ['cutover'],
    place: 50,
    by: 'script',
    restsOn: [],
    retriable: false,
    confirmed: false,
    cutsOver: 'receive-connector',
  },
  'send-connector': {
    phases: ['organization'],
    place: 10,
    by: 'script',
    restsOn: [],
    retriable: false,
    confirmed: false,
    cutsOver: 'send-connector',
  },
  /** A person changes it; the script reads it back. */
  'hybrid-configuration': {
    phases: ['organization'],
    place: 20,
    by: 'script',
    restsOn: [],
    retriable: true,
    confirmed: true,
    cutsOver: 'organization',
  },
  'wait-for-replication': {
    phases: ['organization'],
    place: 30,
    by: 'script',
    restsOn: ['send-connector', 'hybrid-configuration'],
    retriable: true,
    confirmed: false,
    cutsOver: null,
  },
  'watch-queues': {
    phases: ['organization'],
    place: 40,
    by: 'script',
    restsOn: ['send-connector', 'wait-for-replication'],
    retriable: true,
    confirmed: false,
    cutsOver: null,
  },
  observe: {
    phases: ['observe'],
    place: 10,
    by: 'nobody',
    restsOn: [],
    retriable: true,
    confirmed: false,
    cutsOver: null,
  },
  remove: {
    phases: ['remove'],
    place: 10,
    by: 'script',
    restsOn: ['probe'],
    retriable: false,
    confirmed: true,
    given: 'key-folder',
    cutsOver: 'removal',
  },
  'delete-copies': {
    phases: ['remove'],
    place: 95,
    by: 'script',
    restsOn: ['probe', 'remove'],
    retriable: true,
    confirmed: true,
    given: 'key-folder',
    cutsOver: null,
  },
  'other-servers': {
    phases: ['remove'],
    place: 97,
    by: 'nobody',
    restsOn: null,
    retriable: true,
    confirmed: false,
    cutsOver: null,
  },
} as const satisfies Readonly<Record<StepKind, StepKindRow>>;

/** The kinds whose row has `Value` in `Column`. */
export type KindsWith<Column extends 'by' | 'confirmed', Value> = {
  [Kind in StepKind]: (typeof table)[Kind][Column] extends Value ? Kind : never;
}[StepKind];

export type PhaseOf<Kind extends StepKind> = (typeof table)[Kind]['phases'][number];

export const stepKinds: Readonly<Record<StepKind, StepKindRow>> = table;

/** The kinds that change `what` for clients, in the table's order. */
export function kindsThatCutOver(what: CutsOver): readonly StepKind[] {
  return allKinds.filter((kind) => stepKinds[kind].cutsOver === what);
}

const allKinds = Object.keys(table) as readonly StepKind[];
