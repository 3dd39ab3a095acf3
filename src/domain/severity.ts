/** Worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** 0 for the worst; sorts findings and compares against `--fail-on`. */
export const rank = (severity: Severity): number => SEVERITIES.indexOf(severity);

/** A warning ranks one severity below its rule, and never below `info`. */
export const oneBelow = (severity: Severity): Severity => SEVERITIES[rank(severity) + 1] ?? 'info';

export type BySeverity = Readonly<Record<Severity, number>>;

/** Nothing of any severity. */
export const noneBySeverity = (): Record<Severity, number> => ({ critical: 0, high: 0, medium: 0, low: 0, info: 0 });
