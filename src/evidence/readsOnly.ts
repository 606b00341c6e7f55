// Which kinds of steps change nothing on a server or in the organization: they may be tried again at once.
import type { StepKind } from '../model/plan';

export const readsOnly: Readonly<Record<StepKind, boolean>> = {
  'take-snapshot': true,
  probe: true,
  'back-up': true,
  convert: true,
  'take-back-import': false,
  import: false,
  'set-friendly-name': false,
  'restore-internal-transport-certificate': false,
  'enable-services': false,
  'restart-services': false,
  'recycle-iis': false,
  'receive-connector': false,
  'send-connector': false,
  'hybrid-configuration': true,
  'wait-for-replication': true,
  'watch-queues': true,
  observe: true,
  remove: false,
  'delete-copies': true,
  'other-servers': true,
};
