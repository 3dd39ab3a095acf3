import type { Severity } from './severity.ts';

/** An open finding as a list for people shows it. */
export interface FindingLine {
  readonly tenantId: string;
  readonly spaceKey: string | null;
  readonly ruleId: string;
  readonly severity: Severity;
  /** Null where the finding is about no page. */
  readonly pageTitle: string | null;
  readonly pageUrl: string | null;
  readonly reason: string;
  readonly ownerName: string | null;
  /** The label this program put on the page for it; null where there is none. */
  readonly label: string | null;
}
