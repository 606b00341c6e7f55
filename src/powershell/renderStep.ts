// From a step of the plan to its script: one renderer a kind, in a table that a forgotten kind does not compile with.
import type { Step, StepOf } from '../model/plan';
import { type KindsWith, stepKinds } from '../model/stepKinds';
import type { Wanted } from '../model/wanted';
import { renderScript, type Script } from './script';
import type { ScriptContext } from './scriptContext';
import { backUp } from './steps/backUp';
import type { StepRenderer } from './steps/common';
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

type ScriptedKind = KindsWith<'by', 'script'>;

const renderers: { readonly [Kind in ScriptedKind]: StepRenderer<Kind> } = {
  'take-snapshot': takeSnapshot,
  'back-up': backUp,
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
  remove: removeCertificate,
  'delete-copies': deleteCopies,
};

/**
 * The script of `step` as it is written to its file (ASCII, byte order mark, LF), or null for a kind without one.
 * The same step and context give the same bytes. Throws a RangeError for a value that can't be quoted.
 */
export function renderStep(step: Step, context: ScriptContext): string | null {
  return isScripted(step) ? renderScript(renderKind(step.kind, step, context)) : null;
}

/** Ties the kind to its renderer for the compiler; the table above holds each kind's own. */
function renderKind<Kind extends ScriptedKind>(kind: Kind, step: StepOf<Kind>, context: ScriptContext): Script {
  const render: StepRenderer<Kind> = renderers[kind];
  return render(step, context);
}

function isScripted(step: Step): step is StepOf<ScriptedKind> {
  return stepKinds[step.kind].by === 'script';
}

/** The script of a snapshot taken outside a rotation; its results say `snapshot` where a step's id stands. */
export function renderSnapshotScript(wanted: Wanted): string {
  return renderScript(snapshotScript('snapshot', wanted, null));
}
