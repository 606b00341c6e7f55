// plan.md: the plan in English, to be read in a pull request.
import type { Phase, Plan, PlannedPhase, Settled, Step } from '../model/plan';
import type { Rotation } from '../model/rotation';
import { code, forMarkdown } from '../model/untrustedText';
import { checkSentence } from './words/checks';
import { comparisonSentences } from './words/comparison';
import { kindNames, stepTitle } from './words/kinds';
import { classSentences, questionSentence, reasonSentence, refusalSentence, settledNotes } from './words/reasons';

export const phaseNames: Readonly<Record<Phase, string>> = {
  check: 'Check',
  stage: 'Stage',
  cutover: 'Cutover',
  organization: 'Organization',
  observe: 'Observe',
  remove: 'Remove',
};

/** Deterministic: the same plan gives the same text. */
export function planMarkdown(plan: Plan, rotation: Rotation): string {
  const { certificate, thumbprint } = rotation.to;
  const lines = [
    `# ${forMarkdown(plan.rotation)}`,
    '',
    `Replaces ${code(rotation.from.thumbprint)} by ${code(thumbprint)} (${code(certificate.subject)}, issued by ${code(certificate.issuer)}, valid ${certificate.notBefore} to ${certificate.notAfter}).`,
    '',
    classSentences[plan.class],
    '',
    ...section('Why there is no plan', plan.refusals.map(refusalSentence)),
    ...section('What changes with the certificate', comparisonSentences(plan.comparison)),
    ...section('Open questions', plan.questions.map(questionSentence)),
    ...plan.phases.flatMap(phaseLines),
    ...settledLines(plan.settled),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function section(title: string, sentences: readonly string[]): readonly string[] {
  if (sentences.length === 0) return [];
  return [`## ${title}`, '', ...sentences.map((sentence) => `- ${forMarkdown(sentence)}`), ''];
}

function phaseLines({ phase, server, deferred, steps }: PlannedPhase): readonly string[] {
  const of = server === undefined ? '' : `: ${forMarkdown(server)}`;
  return [
    `## ${phaseNames[phase]}${of}`,
    '',
    ...(deferred === true ? ['Deferred by decision.', ''] : []),
    ...steps.flatMap(stepLines),
  ];
}

function stepLines(step: Step): readonly string[] {
  const clauses = (title: string, checks: Step['before']): readonly string[] =>
    checks.length === 0 ? [] : [`  - ${title}: ${checks.map((check) => forMarkdown(checkSentence(check))).join('; ')}`];
  return [
    `- [ ] ${forMarkdown(stepTitle(step))} (${forMarkdown(step.id)})`,
    `  - Why: ${forMarkdown(reasonSentence(step.reason))}`,
    ...(step.needs.length === 0 ? [] : [`  - Needs: ${step.needs.map(forMarkdown).join(', ')}`]),
    ...clauses('Before', step.before),
    ...clauses('After', step.after),
    ...(step.script === null ? [] : [`  - Script: ${code(step.script)}`]),
    '',
  ];
}

function settledLines(settled: readonly Settled[]): readonly string[] {
  if (settled.length === 0) return [];
  return [
    '## Settled',
    '',
    ...settled.map(({ kind, target, check, note }) => {
      const where = target.connector ?? target.server;
      const title = `${kindNames[kind]}${where === undefined ? '' : ` of ${where}`}`;
      return `- ${forMarkdown(`${title}: ${note === undefined ? checkSentence(check) : settledNotes[note]}`)}`;
    }),
    '',
  ];
}
