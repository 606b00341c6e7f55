// All kinds of steps: a forgotten one does not compile.
import type { StepKind } from '../../model/plan';
import { backUp } from './backUp';
import { convert } from './convert';
import { deleteCopies } from './deleteCopies';
import { enableServices } from './enableServices';
import { hybridConfiguration } from './hybridConfiguration';
import { importCertificate } from './importCertificate';
import type { Kind } from './kind';
import { observe } from './observe';
import { otherServers } from './otherServers';
import { probe } from './probe';
import { receiveConnector } from './receiveConnector';
import { recycleIis } from './recycleIis';
import { removeCertificate } from './removeCertificate';
import { restartServices } from './restartServices';
import { restoreInternalTransportCertificate } from './restoreInternalTransportCertificate';
import { sendConnector } from './sendConnector';
import { setFriendlyName } from './setFriendlyName';
import { takeBackImport } from './takeBackImport';
import { takeSnapshot } from './takeSnapshot';
import { waitForReplication } from './waitForReplication';
import { watchQueues } from './watchQueues';

export const kinds: { readonly [K in StepKind]: Kind<K> } = {
  'take-snapshot': takeSnapshot,
  probe,
  'back-up': backUp,
  convert,
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
  observe,
  remove: removeCertificate,
  'delete-copies': deleteCopies,
  'other-servers': otherServers,
};
