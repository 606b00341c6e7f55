// From a step of the plan to its script: one renderer a kind, in a table that a forgotten kind does not compile with.
import type { Step, StepKind } from '../model/plan';
import type { Wanted } from '../model/wanted';
import { renderScript } from './script';
import type { ScriptContext } from './scriptContext';
import { backUp } from './steps/backUp';
import type { StepOf, StepRenderer } from './steps/common';
import { deleteCopies } from './steps/deleteCopies';
import { enableServices } from './steps/enableServices';
import { hybridConfiguration } from './steps/hybridConfiguration';
import { importCertificate } from './steps/importCertificate';
import { receiveConnector } from './steps/receiveConnector';
import { recycleIis } from './steps/recycleIis';
import { removeCertificate } from './steps/removeCertificate';
import { restartServices } from './steps/restartServices';
import { restoreInternalTransportCertificate } from './steps/restoreInternalTransportCertificate';
import { sendConnector } from './steps/sendConnector';
import { setFriendlyName } from './steps/setFriendlyName';
import { takeBackImport } from './steps/takeBackImport';
import { snapshotScript, takeSnapshot } from './steps/takeSnapshot';
import { waitForReplication } from './steps/waitForReplication';
import { watchQueues } from './steps/watchQueues';

/** null: no script, because a person or the extension does it. */
const renderers: { readonly [Kind in StepKind]: StepRenderer<Kind> | null } = {
  'take-snapshot': takeSnapshot,
  probe: null,
  'back-up': backUp,
  convert: null,
  'take-back-import': takeBackImport,
  import: importCertificate,
  'set-friendly-name': setFriendlyName,
  'restore-internal-transport-certificate': restoreInternalTransportCertificate,
  'enable-services': enableServices,
  'restart-services': restartServices,
  'recycle-iis': recycleIis,
  'receive-connector': receiveConnector,
  'send-connector': sendConnector,
  'hybrid-configuration': hybridConfiguration,
  'wait-for-replication': waitForReplication,
  'watch-queues': watchQueues,
  observe: null,
  remove: removeCertificate,
  'delete-copies': deleteCopies,
  'other-servers': null,
};

/**
 * The script of `step` as it is written to its file (ASCII, byte order mark, LF), or null for a kind without one.
 * The same step and context give the same bytes. Throws a RangeError for a value that can't be quoted.
 */
export function renderStep(step: Step, context: ScriptContext): string | null {
  return renderKind(step.kind, step, context);
}

/** Ties the kind to its renderer for the compiler; the table above holds each kind's own. */
function renderKind<Kind extends StepKind>(kind: Kind, step: StepOf<Kind>, context: ScriptContext): string | null {
  const render: StepRenderer<Kind> | null = renderers[kind];
  return render === null ? null : renderScript(render(step, context));
}

/** The script of a snapshot taken outside a rotation; its results say `snapshot` where a step's id stands. */
export function renderSnapshotScript(wanted: Wanted): string {
  return renderScript(snapshotScript('snapshot', wanted, null));
}
