// A step's id: what it does and where, so that its history survives a new plan.
import { hash } from 'node:crypto';
import type { StepKind, Target } from '../model/plan';
import type { Thumbprint } from '../model/names';

/**
 * First 8 hexadecimal digits of SHA-256 of `kind|target|thumbprint`. The parts are written as JSON, so that no name can
 * pass for another step's; server names count without regard to case, as Active Directory compares them.
 */
export function stepId(kind: StepKind, target: Target, thumbprint: Thumbprint): string {
  const where = [target.server?.toUpperCase() ?? '', target.connector?.toUpperCase() ?? ''];
  return hash('sha256', JSON.stringify([kind, ...where, thumbprint]), 'hex').slice(0, 8);
}
