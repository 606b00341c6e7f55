// What is to be said of an inspected file once its configuration is known: of the file, and of each certificate that is meant for a server.
import type { readingFindings } from '../../certificate/readingFindings';
import type { suitability } from '../../certificate/suitability';
import type { AdvisedFinding } from '../../model/certificate';
import { toTime } from '../../model/names';
import type { PfxView } from '../../pfx/view';
import type { Judge, Judgement } from './judgement';

/** What judging asks of the rooms, which are loaded late. */
export interface JudgingRooms {
  readonly suitability: typeof suitability;
  readonly readingFindings: typeof readingFindings;
}

export interface JudgedFile {
  /** One for each certificate of the view. */
  readonly certificates: readonly JudgedCertificate[];
  /** What stands beside the certificates and could not be read or is not shown. */
  readonly unread: readonly AdvisedFinding[];
  /** The rest of what the reader found; a certificate's own findings replace those made without the configuration. */
  readonly file: readonly AdvisedFinding[];
}

export interface JudgedCertificate {
  readonly judgement: Judgement | undefined;
  readonly findings: readonly AdvisedFinding[];
}

/** Notes of the reader that say what is not shown (pfx/words.ts). */
const unreadCodes = /^(?:certificate-unreadable|key-other-password|key-unsupported|key-unreadable|bag-skipped)$/;

export function judgedFile(rooms: JudgingRooms, view: PfxView, judge: Judge, now: Date): JudgedFile {
  const judged = view.facts.map((_, at) => judgedCertificate(rooms, view, at, judge, now));
  const known = new Set(judged.flatMap(({ isJudged, findings }) => (isJudged ? findings.map(({ code }) => code) : [])));
  const { findings } = view.inspection;
  const unread = findings.filter(({ code }) => unreadCodes.test(code));
  return {
    certificates: judged,
    unread,
    file: findings.filter((finding) => !unread.includes(finding) && !known.has(finding.code)),
  };
}

function judgedCertificate(
  rooms: JudgingRooms,
  view: PfxView,
  at: number,
  judge: Judge,
  now: Date,
): JudgedCertificate & { readonly isJudged: boolean } {
  const [facts, inspected, details] = [view.facts[at], view.inspection.certificates[at], view.details[at]];
  if (facts === undefined || inspected === undefined) {
    throw new RangeError(`no certificate ${at}`);
  }
  // issuers beside the key's owner are not judged: nobody enables them
  const isJudged = inspected.hasPrivateKey || (view.inspection.privateKeys === 0 && !facts.isCertificateAuthority);
  const judgement = isJudged ? judge(facts) : undefined;
  const suited = !isJudged
    ? []
    : rooms.suitability(facts, {
        now: toTime(now),
        // that the file holds no key is said of the file, once; a file of certificates never holds one
        hasPrivateKey: inspected.hasPrivateKey ? true : null,
        hostnames: judgement?.entry.hostnames ?? null,
        services: judgement?.entry.services ?? null,
        provider: inspected.hasPrivateKey ? view.providers[at] : undefined,
        replaces: judgement?.replaces ?? null,
      });
  return {
    isJudged,
    judgement,
    findings: [...suited, ...(details === undefined ? [] : rooms.readingFindings(details))],
  };
}
