// What each kind of step is called, for titles in the plan, the report and the tree.
import type { Step, StepKind, StepOf } from '../../model/plan';

const titles: { readonly [K in StepKind]: (step: StepOf<K>) => string } = {
  'take-snapshot': () => 'Take a snapshot',
  probe: (step) => `Look at ${where(step)} from outside (${step.endpoints.join(', ')})`,
  'back-up': (step) => `Back up the old certificate of ${where(step)}`,
  convert: ({ reason }) =>
    reason.code === 'key-storage-provider'
      ? 'Convert the PFX, so that it names a provider that Exchange can use'
      : 'Convert the PFX for Windows Server 2016',
  'take-back-import': (step) => `Remove the new certificate from ${where(step)} again, before anything uses it`,
  import: (step) =>
    `Import the new certificate on ${where(step)}${step.source === 'converted' ? ', from the converted copy' : ''}`,
  'set-friendly-name': (step) => `Set the friendly name on ${where(step)} to ${step.friendlyName}`,
  'restore-internal-transport-certificate': (step) => `Restore the internal transport certificate of ${where(step)}`,
  'enable-services': (step) => `Enable the new certificate for ${step.services.join(', ')} on ${where(step)}`,
  'restart-services': (step) => `Restart ${step.services.join(' and ')} on ${where(step)}`,
  'recycle-iis': (step) =>
    step.how === 'reset' ? `Reset IIS on ${where(step)}` : `Recycle the application pools of ${where(step)}`,
  'receive-connector': (step) => `Set the certificate name of the receive connector ${connector(step)}`,
  'send-connector': (step) => `Set the certificate name of the send connector ${connector(step)}`,
  'hybrid-configuration': () => 'Set the certificate name of the hybrid configuration, by hand',
  'wait-for-replication': (step) => `Wait for replication, at most ${minutes(step.minutes)}`,
  'watch-queues': (step) => `Watch the queue of ${connector(step)} for ${minutes(step.minutes)}`,
  observe: (step) => `Observe for ${String(step.days)} ${step.days === 1 ? 'day' : 'days'}`,
  remove: (step) => `Remove the old certificate from ${where(step)}`,
  'delete-copies': () => 'Delete the backups and converted copies',
  'other-servers': () => 'See to the servers outside of this rotation, which still have the old certificate',
};

/** `Import the new certificate on SERVER4, from the converted copy`. Names in it may be a stranger's text. */
export function stepTitle(step: Step): string {
  const title = titles[step.kind] as (step: Step) => string;
  return title(step);
}

/** The kind alone, for what is settled. */
export const kindNames: Readonly<Record<StepKind, string>> = {
  'take-snapshot': 'Snapshot',
  probe: 'Look from outside',
  'back-up': 'Backup',
  convert: 'Conversion',
  'take-back-import': 'Import taken back',
  import: 'Import',
  'set-friendly-name': 'Friendly name',
  'restore-internal-transport-certificate': 'Internal transport certificate',
  'enable-services': 'Services',
  'restart-services': 'Restart of POP and IMAP',
  'recycle-iis': 'IIS',
  'receive-connector': 'Receive connector',
  'send-connector': 'Send connector',
  'hybrid-configuration': 'Hybrid configuration',
  'wait-for-replication': 'Replication',
  'watch-queues': 'Queue',
  observe: 'Observation',
  remove: 'Removal',
  'delete-copies': 'Backups and copies',
  'other-servers': 'Other servers',
};

function where({ target }: Step): string {
  return target.server ?? 'the organization';
}

function connector({ target }: Step): string {
  return target.connector ?? '';
}

function minutes(count: number): string {
  return `${String(count)} ${count === 1 ? 'minute' : 'minutes'}`;
}
