// What all steps of a server's cutover ask before they run.
import type { Check } from '../../model/plan';
import { continueAfterCanary } from '../decisions';
import type { PlannedServer, Planning } from '../planning';

/** The server answers, and it is its turn: the first one needs no word, the others wait for *Continue*. */
export function turnOf({ name, isCanary }: PlannedServer): readonly Check[] {
  return [
    { check: 'reached', server: name },
    ...(isCanary ? [] : [{ check: 'decided', question: continueAfterCanary, answer: 'yes' } as const]),
  ];
}

/** The new certificate serves SMTP on this server: only then a connector may name it. */
export function smtpEnabled({ name }: Pick<PlannedServer, 'name'>, { fresh }: Planning): Check {
  return { check: 'services-enabled', server: name, thumbprint: fresh.thumbprint, services: ['SMTP'] };
}
