// What each kind of check is, apart from how it is judged and worded: one row a kind.
import type { Check } from './plan';

interface CheckKindRow {
  /** A person's decision or time will make it hold, so that a step waits for it and is not blocked by it. */
  readonly comesByItself: boolean;
  /** Seen at an endpoint from outside, and at once proof that the cutover serves clients. */
  readonly provesCutover: boolean;
}

const fact: CheckKindRow = { comesByItself: false, provesCutover: false };

export const checkKinds: Readonly<Record<Check['check'], CheckKindRow>> = {
  'snapshot-taken': fact,
  'certificate-installed': fact,
  'certificate-absent': fact,
  'copy-present': fact,
  'copies-deleted': fact,
  'backup-verified': fact,
  'friendly-name': fact,
  'services-enabled': fact,
  binding: fact,
  'internal-transport': fact,
  'services-restarted': fact,
  'receive-connector': fact,
  'send-connector': fact,
  'source-servers-ready': fact,
  'hybrid-configuration': fact,
  presents: { ...fact, provesCutover: true },
  observed: fact,
  watched: fact,
  'days-passed': { ...fact, comesByItself: true },
  reached: fact,
  unused: fact,
  decided: { ...fact, comesByItself: true },
};
