// When a certificate counts as expiring: one rule for views, Problems and the monitoring command.

export interface ExpiryThresholds {
  /** Days before the end from which it is a warning, and an error. */
  readonly warningDays: number;
  readonly errorDays: number;
}

/** For certificates of 47 days, which are renewed with a third of their life left. */
export const usualThresholds: ExpiryThresholds = { warningDays: 14, errorDays: 3 };
