import type { Severity } from './severity.ts';

/**
 * Every rule that the config may name, with its default severity, in the order of the catalogue. Rules that grade by
 * page (runbooks worse than others) stand here with the worse one.
 */
export const RULE_IDS = {
  'stale-runbook': 'high',
  'stale-page': 'low',
  'never-reviewed-runbook': 'medium',
  'review-date-passed': 'high',
  'untested-runbook': 'high',
  'incomplete-markers': 'medium',
  'archived-but-linked': 'medium',

  'missing-owner': 'high',
  'inactive-owner': 'high',
  'bus-factor-one': 'low',

  'missing-sections': 'high',
  'empty-escalation': 'high',
  'no-commands': 'low',

  'orphan-page': 'low',
  'empty-page': 'low',
  'broken-page-link': 'medium',
  'broken-anchor': 'info',
  'broken-include': 'medium',
  'duplicate-title': 'low',
  'deep-nesting': 'info',

  'missing-attachment': 'high',
  'unreferenced-attachment': 'info',
  'oversize-attachment': 'low',
  'dangerous-attachment': 'high',
  'secret-bearing-attachment': 'critical',

  'unreadable-runbook': 'critical',
  'uneditable-runbook': 'medium',
  'single-reader': 'medium',
  'restricted-to-inactive': 'high',
  'sensitive-page-open': 'critical',
  'anonymous-space': 'high',

  'secret-in-body': 'critical',

  'unresolved-comments': 'medium',
  'overdue-task': 'medium',

  'missing-label': 'low',
  'conflicting-labels': 'low',
  'label-typo': 'info',

  'token-expiring': 'high',
  'coverage-dropped': 'high',
  'tenant-not-audited': 'high',
} as const satisfies Record<string, Severity>;
